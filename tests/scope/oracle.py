"""Who should see this row? Told from the rows themselves, in Python, table by table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.roles import Actor
from app.roles import PROVINCE_ADMIN, PROVINCE_CLERK, SYSTEM_ADMIN
from tests.scope.world import World

Claim = Callable[["Oracle", Any], bool]


class Oracle:
    """The rows that one actor should see."""

    def __init__(self, world: World, actor: Actor) -> None:
        self.world = world
        self.all = actor.all_rows or bool(
            actor.roles & {SYSTEM_ADMIN, PROVINCE_ADMIN, PROVINCE_CLERK}
            or (actor.roles == {"auditor"} and getattr(actor, "centre_level", "") == "province")
        )
        self.body = getattr(actor, "body_id", None)
        self.centre = None if self.body else getattr(actor, "centre_id", None)
        self.placed = self.body is not None or self.centre is not None

    def sees(self, row: Any) -> bool:
        """Whether the actor should see the row."""
        return self.all or (self.placed and CLAIMS[type(row).__name__](self, row))

    def ids(self, name: str) -> set[int]:
        """The ids of the rows of a table that the actor should see."""
        return {row.id for row in self.world.rows[name] if self.sees(row)}

    def mine(self, *centres: int | None) -> bool:
        return self.centre is not None and self.centre in centres

    def own(self, body_id: int | None) -> bool:
        return self.body is not None and self.body == body_id

    def body_seen(self, body_id: int | None) -> bool:
        return body_id in self.ids("Body")

    def batch_seen(self, batch_id: int) -> bool:
        return batch_id in self.ids("Batch")

    def sees_any(self, name: str, column: str, value: int) -> bool:
        """Whether the actor should see a row of another table that refers to this one."""
        rows = (row for row in self.world.rows[name] if getattr(row, column) == value)
        return any(self.sees(row) for row in rows)


def _of_body(oracle: Oracle, row: Any) -> bool:
    return oracle.body_seen(row.body_id)


def _of_batch(oracle: Oracle, row: Any) -> bool:
    return oracle.batch_seen(row.batch_id)


def _card(oracle: Oracle, row: Any) -> bool:
    """Cards of the common pool are for everybody; the rest for the issuer and the employer."""
    return row.body_id is None or oracle.mine(row.centre_id) or oracle.body_seen(row.body_id)


def _body(oracle: Oracle, row: Any) -> bool:
    here = oracle.mine(row.centre_id, row.city_centre_id)
    return oracle.own(row.id) or here or oracle.sees_any("Batch", "body_id", row.id)


def _batch(oracle: Oracle, row: Any) -> bool:
    return oracle.own(row.body_id) or oracle.mine(row.centre_id, row.city_centre_id)


def _commission(oracle: Oracle, row: Any) -> bool:
    direct = oracle.own(row.body_id) or oracle.mine(row.centre_id)
    return direct or oracle.sees_any("Batch", "commission_id", row.id)


def _enterprise(oracle: Oracle, row: Any) -> bool:
    """A public register to all bodies; centres see their city's and those in their business."""
    if oracle.body is not None or oracle.mine(row.city_centre_id):
        return True
    return oracle.sees_any("Commission", "enterprise_id", row.id) or oracle.sees_any(
        "Batch", "enterprise_id", row.id
    )


def _inspection(oracle: Oracle, row: Any) -> bool:
    """A spot check that is still to come is known to its centre alone."""
    secret = row.kind == "spot_check" and row.state == "planned"
    return oracle.mine(row.centre_id) or (not secret and _of_batch(oracle, row))


CLAIMS: dict[str, Claim] = {
    "Batch": _batch,
    "Body": _body,
    "BodyScope": _of_body,
    "BodyNumberRule": _of_body,
    "CertificateChange": _of_batch,
    "Destruction": lambda o, row: o.own(row.body_id) or o.mine(row.centre_id),
    "Site": _of_body,
    "CertificateCounter": _of_body,
    "Plan": lambda o, row: _of_body(o, row) or o.sees_any("Batch", "plan_id", row.id),
    "Commission": _commission,
    "Enterprise": _enterprise,
    "PlanPassRule": lambda o, row: row.plan_id in o.ids("Plan"),
    "SpotCheckDraw": lambda o, row: o.mine(row.centre_id),
    "SpotCheckEntry": lambda o, row: o.mine(row.draw.centre_id),
    "PrintingAgreement": lambda o, row: (
        _of_body(o, row) or o.sees_any("ExamPaper", "agreement_id", row.id)
    ),
    "Assessor": _card,
    "Supervisor": _card,
    "Candidate": _of_batch,
    "WorkHistory": lambda o, row: o.batch_seen(row.candidate.batch_id),
    "Score": _of_batch,
    "ExamSession": _of_batch,
    "ExamPaper": _of_batch,
    "Material": _of_batch,
    "Publicity": _of_batch,
    "Objection": lambda o, row: o.batch_seen(row.publicity.batch_id),
    "PublishedResult": lambda o, row: o.batch_seen(row.publicity.batch_id),
    "ArchiveFile": _of_batch,
    "Inspection": _inspection,
    "Certificate": _of_batch,
    "CertificateSegment": _of_batch,
    "Complaint": lambda o, row: o.mine(row.centre_id),
}
