"""Which rows tell a right scope from a wrong one? Four bodies, two cities, every table.

``KESHI`` is approved by the province and sits in 唐山, but also evaluates in 保定; ``BAODING`` is
approved by and sits in 保定; ``QUIET`` is approved by 唐山, sits in 保定
and has no batch; ``LONELY`` is 唐山's business alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import scope
from app.core.declarations.base import Entity, entities
from app.core.declarations.reach import EVERYONE
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from app.models import (
    ArchiveFile,
    Batch,
    Body,
    Candidate,
    Certificate,
    CertificateChange,
    CertificateCounter,
    CertificateSegment,
    Complaint,
    Destruction,
    Inspection,
    Material,
    Objection,
    PlanPassRule,
    Publicity,
    PublishedResult,
    Score,
    Site,
    SpotCheckDraw,
    SpotCheckEntry,
    WorkHistory,
)
from app.roles import (
    AUDITOR,
    BODY_CLERK,
    CITY_ADMIN,
    CITY_CLERK,
    PROVINCE_ADMIN,
    PROVINCE_CLERK,
    SYSTEM_ADMIN,
)
from tests import factories, procedure

DAY = date(2021, 4, 24)


def scoped_models() -> list[type[Entity]]:
    """Every table that not everybody sees, by name."""
    found = [model for model in entities() if model.__reach__ != EVERYONE]
    return sorted(found, key=lambda model: model.__name__)


@dataclass
class World:
    """The actors by kind, and every row of every scoped table."""

    actors: dict[str, Actor] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)

    def ids(self, model: type[Entity]) -> set[int]:
        """The ids of all rows of a table."""
        return {row.id for row in self.rows[model.__name__]}


def build(session: AnySession) -> World:
    """Write the world; rows are read back as the system sees them, detached from the session."""
    with scope.acting(session, SYSTEM):
        bodies = _bodies(session)
        _batches(session, bodies)
        _pool(session)
        world = World(_actors(session, bodies))
        session.expire_all()
        for model in scoped_models():
            world.rows[model.__name__] = list(session.scalars(select(model)).unique())
            for row in world.rows[model.__name__]:
                for relation in model.__mapper__.relationships.keys():  # noqa: SIM118 - not a dict
                    getattr(row, relation)
        session.expunge_all()
    return world


def _bodies(session: AnySession) -> list[Body]:
    here, there = factories.TANGSHAN, factories.BAODING
    found = [
        factories.body(session, "KESHI", city=here),
        factories.body(session, "BAODING", at=there, city=there),
        factories.body(session, "QUIET", at=here, city=there),
        factories.body(session, "LONELY", city=here),
    ]
    for body in found:
        session.add_all(
            [
                Site(body=body, name="实训楼", region=body.region),
                Destruction(no=f"XH-{body.code}", state="draft", body=body, centre=body.centre),
                CertificateCounter(body=body, year=2020, level=factories.level(session, "1")),
            ]
        )
        plan = factories.plan(session, body)
        session.add(PlanPassRule(plan=plan, theory_pass=60))
        procedure.agreement(session, body)
        factories.assessor(session, body, centre=body.centre)
        factories.supervisor(session, body, centre=body.centre)
    session.commit()
    return found


def _batches(session: AnySession, bodies: list[Body]) -> None:
    keshi, baoding, quiet, _ = bodies
    other_city = factories.centre(session, factories.BAODING).region
    for number, (body, values) in enumerate(
        ((keshi, {}), (keshi, {"region": other_city}), (baoding, {}))
    ):
        employer = factories.enterprise(session, f"第{number}机械厂", city=body.city_centre.code)
        letter = factories.commission(session, body, employer, centre=body.centre)
        batch = procedure.ready_batch(session, body, seed=number, **values, commission=letter)
        _hang(session, batch, number)
    lonely = factories.enterprise(session, "无批次厂", city=factories.BAODING)
    factories.commission(session, quiet, lonely, centre=factories.centre(session))
    factories.enterprise(session, "唐山独立厂", city=factories.TANGSHAN)


def _hang(session: AnySession, batch: Batch, number: int) -> None:
    """One row of every table that hangs on a batch."""
    person = session.scalars(select(Candidate).where(Candidate.batch_id == batch.id)).first()
    assert person is not None
    shown = Publicity(no=f"GS-{number}", batch=batch, state="open")
    segment = CertificateSegment(
        batch=batch,
        body=batch.body,
        year=2021,
        level=person.level,
        first_serial=number * 10 + 1,
        last_serial=number * 10 + 1,
        first_number=f"N{number}",
        last_number=f"N{number}",
        count=1,
    )
    certificate = Certificate(
        number=f"N{number}", state="reserved", batch=batch, candidate=person,
        body=batch.body, segment=segment, occupation=person.occupation,
        work_type=person.work_type, level=person.level, holder=person.name,
        id_number=person.id_number, issued_on=DAY,
    )  # fmt: skip
    watcher = factories.supervisor(session, None, centre=batch.city_centre)
    province = factories.centre(session, factories.PROVINCE)
    draw = SpotCheckDraw(
        no=f"CQ-{number}", centre=batch.city_centre, drawn_on=DAY, first_day=DAY, last_day=DAY,
        wanted=1, population=1, seed="1", complaint_weight=1, finding_weight=1,
    )  # fmt: skip
    session.add_all(
        [
            SpotCheckEntry(
                draw=draw, rank=1, batch=batch, complaints=0, findings=0, weight=1, lot="0.5"
            ),
            WorkHistory(candidate=person, started="2015-07", place="车间"),
            Material(batch=batch, kind="other", filename="a.txt", content=b"a"),
            Score(batch=batch, candidate=person),
            shown,
            PublishedResult(
                publicity=shown, candidate=person, serial=1, name=person.name,
                id_number=person.id_number, occupation="车工", work_type="车工", level="四级",
                result="合格", passed=True,
            ),
            Objection(
                no=f"YY-{number}", publicity=shown, raised_on=DAY, content="年限",
                state="received",
            ),
            ArchiveFile(
                batch=batch, kind="roster", title="名册", carrier="paper",
                archived_on=DAY, keep_until=DAY,
            ),
            Inspection(
                no=f"DD-{number}", kind="supervision", batch=batch, state="planned",
                centre=batch.city_centre, supervisor=watcher, inspected_on=DAY,
            ),
            Inspection(
                no=f"DD-D{number}", kind="spot_check", batch=batch, state="done",
                centre=province, inspected_on=DAY,
            ),
            Inspection(
                no=f"DD-P{number}", kind="spot_check", batch=batch, state="planned",
                centre=province, inspected_on=DAY,
            ),
            Complaint(
                no=f"JB-{number}", centre=batch.city_centre, body=batch.body, batch=batch,
                received_on=DAY, channel="telephone", content="x", state="received",
            ),
            segment,
            certificate,
            CertificateChange(
                no=f"BG-{number}", state="draft", certificate=certificate, batch=batch,
                centre=batch.centre, kind="reissue", reason="lost", detail="遗失",
            ),
        ]
    )  # fmt: skip
    session.commit()


def _pool(session: AnySession) -> None:
    """Cards that belong to no body."""
    for code in (factories.TANGSHAN, factories.BAODING):
        factories.assessor(session, None, centre=factories.centre(session, code))


def _actors(session: AnySession, bodies: list[Body]) -> dict[str, Actor]:
    keshi, baoding, quiet, _ = bodies
    province, here, there, far = (
        factories.centre(session, code)
        for code in (factories.PROVINCE, factories.TANGSHAN, factories.BAODING, "130100")
    )
    return {
        "system": SYSTEM,
        "system administrator": factories.actor(SYSTEM_ADMIN, at=province),
        "provincial administrator": factories.actor(PROVINCE_ADMIN, at=province),
        "provincial clerk": factories.actor(PROVINCE_CLERK, at=province),
        "provincial auditor": factories.actor(AUDITOR, at=province),
        "city of the place": factories.actor(CITY_ADMIN, at=here),
        "clerk of the city": factories.actor(CITY_CLERK, at=here),
        "auditor of the city": factories.actor(AUDITOR, at=here),
        "other city": factories.actor(CITY_ADMIN, at=there),
        "city without business": factories.actor(CITY_ADMIN, at=far),
        "body": factories.actor(BODY_CLERK, body=keshi),
        "other body": factories.actor(BODY_CLERK, body=baoding),
        "body without batches": factories.actor(BODY_CLERK, body=quiet),
        "person of no place": factories.actor(CITY_ADMIN),
        "nobody": Actor(id=None, username="", name=""),
    }
