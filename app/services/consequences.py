"""What follows from a move, beyond the change of state? In the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.records.numbering import next_value
from app.core.records.preparation import before_adding, take_numbers
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import ArchiveFile, Batch, Commission, Inspection, Plan, Publicity
from app.rules.archive.retention import keep_until
from app.services.archive import destructions
from app.services.certificates import certificate_changes, certificates
from app.services.filing import late_filing
from app.services.reference.terms import calendar, terms
from app.services.supervision import supervision
from app.workflow.tables import TABLES

Effect = Callable[[AnySession, Actor, Any], None]


def follow(session: AnySession, actor: Actor, record: Any, move: str) -> None:
    """Do what follows from a move that has just been taken; commits nothing."""
    effect = _EFFECTS.get((type(record).__name__, move))
    if effect is not None:
        effect(session, actor, record)


def _submitted(session: AnySession, actor: Actor, batch: Batch) -> None:
    batch.submitted_on = clock.today()


def _late_allowed(session: AnySession, actor: Actor, batch: Batch) -> None:
    late_filing.allow(session, actor, batch, engine.last_note(session, batch))


def _late_revoked(session: AnySession, actor: Actor, batch: Batch) -> None:
    late_filing.revoke(batch)


def _filed(session: AnySession, actor: Actor, batch: Batch) -> None:
    batch.filed_on = clock.today()
    supervision.plan(session, actor, batch)


def _batch_suspended(session: AnySession, actor: Actor, inspection: Inspection) -> None:
    supervision.suspend(session, actor, inspection, inspection.batch)


def _body_suspended(session: AnySession, actor: Actor, inspection: Inspection) -> None:
    supervision.suspend(session, actor, inspection, inspection.batch.body)


def _publicised(session: AnySession, actor: Actor, batch: Batch) -> None:
    publicity = Publicity(batch=batch, place="评价机构公告栏及网站")
    before_adding(session, actor, publicity)
    take_numbers(session, [publicity])
    session.add(publicity)
    session.flush()
    table = TABLES["Publicity"]
    engine.born(session, table, [publicity], actor)
    engine.step(session, table, publicity, table.move("open"), actor)
    _opened(session, actor, publicity)


def _opened(session: AnySession, actor: Actor, publicity: Publicity) -> None:
    publicity.opens_on = clock.today()
    publicity.closes_on = calendar(session).due(clock.today(), terms().publicity_workdays)


def _closed(session: AnySession, actor: Actor, publicity: Publicity) -> None:
    publicity.closed_on = clock.today()


def _results_sent(session: AnySession, actor: Actor, batch: Batch) -> None:
    batch.results_on = clock.today()


def _registered(session: AnySession, actor: Actor, batch: Batch) -> None:
    batch.registered_on = clock.today()
    certificates.reserve(session, actor, batch, clock.today())


def _certified(session: AnySession, actor: Actor, batch: Batch) -> None:
    certificates.issue(session, actor, batch)


#: 存档目录 of a finished batch: kind of paper, carrier, title.
INDEX: tuple[tuple[str, str, str], ...] = (
    ("commission", "paper", "委托函"),
    ("plan", "electronic", "认定计划及公布材料"),
    ("application", "paper", "职业技能等级认定申报表及报名材料"),
    ("application", "electronic", "报名资料电子件"),
    ("roster", "paper", "职业技能等级认定人员名册备案表"),
    ("arrangement", "paper", "考务安排表"),
    ("paper", "paper", "试卷及评分标准"),
    ("agreement", "paper", "试卷印制保密协议"),
    ("answer", "paper", "答卷及评分记录"),
    ("score", "electronic", "成绩册"),
    ("media", "electronic", "考场录像"),
    ("publicity", "electronic", "结果公示材料"),
    ("result", "paper", "职业技能等级认定结果备案表"),
    ("certificate", "electronic", "证书发放记录"),
)


def _archived(session: AnySession, actor: Actor, batch: Batch) -> None:
    today = clock.today()
    batch.archived_on = today
    known = set(
        session.execute(
            select(ArchiveFile.kind, ArchiveFile.carrier).where(ArchiveFile.batch_id == batch.id)
        )
    )
    files = [
        ArchiveFile(
            batch=batch,
            kind=kind,
            carrier=carrier,
            title=f"{batch.no} {title}",
            archived_on=today,
            keep_until=keep_until(today, "paper" if carrier == "paper" else "electronic", terms()),
        )
        for kind, carrier, title in INDEX
        if (kind, carrier) not in known
    ]
    session.add_all(files)
    session.flush()
    engine.born(session, TABLES["ArchiveFile"], files, actor)


def _commissioned(session: AnySession, actor: Actor, commission: Commission) -> None:
    today = clock.today()
    number = next_value(session, f"委托函-{commission.centre.code}-{today.year}")
    mark = "冀" if commission.centre.level == "province" else commission.centre.name[:1]
    commission.letter_no = f"{mark}职鉴委〔{today.year}〕{number}号"
    commission.letter_date = today
    commission.valid_to = commission.valid_to or today.replace(month=12, day=31)


def _published(session: AnySession, actor: Actor, plan: Plan) -> None:
    plan.published_on = clock.today()


_EFFECTS: dict[tuple[str, str], Effect] = {
    ("Batch", "submit"): _submitted,
    ("Batch", "allow_late"): _late_allowed,
    ("Batch", "revoke_late"): _late_revoked,
    ("Batch", "file"): _filed,
    ("Batch", "publicise"): _publicised,
    ("Batch", "submit_results"): _results_sent,
    ("Batch", "register"): _registered,
    ("Batch", "certify"): _certified,
    ("Batch", "archive"): _archived,
    ("Publicity", "open"): _opened,
    ("Publicity", "close"): _closed,
    ("Commission", "commission"): _commissioned,
    ("Plan", "publish"): _published,
    ("CertificateChange", "submit"): certificate_changes.sent_in,
    ("CertificateChange", "approve"): certificate_changes.allowed,
    ("Destruction", "submit"): destructions.sent_in,
    ("Destruction", "approve"): destructions.allowed,
    ("Destruction", "execute"): destructions.carried_out,
    ("Inspection", "suspend_batch"): _batch_suspended,
    ("Inspection", "suspend_body"): _body_suspended,
}
