"""What stands in the way of a move, and what follows from it, beyond the change of state?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.errors import Problem
from app.models import (
    ArchiveFile,
    Batch,
    Body,
    BodyScope,
    Certificate,
    Commission,
    Objection,
    Plan,
    Publicity,
)
from app.models.field import describe
from app.roles import Actor
from app.rules.credit_code import credit_code_problems
from app.rules.publicity import (
    publicity_begin_problems,
    publicity_close_problems,
    publicity_period_problems,
)
from app.rules.results import results_submission_problems, unscored_problems
from app.rules.retention import keep_until
from app.scope import AnySession
from app.services import certificates, filing, scoring
from app.services.numbering import next_value
from app.services.preparation import before_adding
from app.services.terms import calendar, terms
from app.workflow import engine
from app.workflow.tables import TABLES

Guard = Callable[[AnySession, Any], list[Problem]]
Effect = Callable[[AnySession, Actor, Any], None]


def problems_against(session: AnySession, record: Any, move: str) -> list[Problem]:
    """The rules that object to ``move`` on this record now; warnings are among them."""
    guard = _GUARDS.get((type(record).__name__, move))
    return [] if guard is None else guard(session, record)


def follow(session: AnySession, actor: Actor, record: Any, move: str) -> None:
    """Do what follows from a move that has just been taken; commits nothing."""
    effect = _EFFECTS.get((type(record).__name__, move))
    if effect is not None:
        effect(session, actor, record)


def publicity_of(session: AnySession, batch: Batch) -> Publicity | None:
    """The batch's latest publicity that was not cancelled."""
    return session.scalar(
        select(Publicity)
        .where(Publicity.batch_id == batch.id, Publicity.state != "cancelled")
        .order_by(Publicity.id.desc())
        .limit(1)
    )


# -- what stands in the way ----------------------------------------------------------------------


def _exam_not_reached(session: AnySession, batch: Batch) -> list[Problem]:
    if clock.today() >= batch.exam_date:
        return []
    message = f"认定日期是 {batch.exam_date}，还没有到，不能开始考评"
    return [Problem("exam_not_reached", message, field="exam_date", clause="流程六")]


def _unscored(session: AnySession, batch: Batch) -> list[Problem]:
    candidates = scoring.candidates_with_scores(session, batch)
    return unscored_problems(scoring.results(candidates))


def _publicise(session: AnySession, batch: Batch) -> list[Problem]:
    last = batch.exam_end or batch.exam_date
    days, today = calendar(session), clock.today()
    begin = publicity_begin_problems(last, today, days, terms())
    if begin and begin[0].severity == "error":
        return begin
    return begin + publicity_period_problems(
        today, days.due(today, terms().publicity_workdays), days, terms()
    )


def _submit_results(session: AnySession, batch: Batch) -> list[Problem]:
    publicity = publicity_of(session, batch)
    ended = publicity.closed_on if publicity is not None else None
    return [
        *results_submission_problems(ended, clock.today(), calendar(session), terms()),
        *_unscored(session, batch),
    ]


def _open_objections(session: AnySession, publicity: Publicity) -> int:
    return int(
        session.scalar(
            select(func.count())
            .select_from(Objection)
            .where(Objection.publicity_id == publicity.id, Objection.state == "received")
        )
        or 0
    )


def _close_publicity(session: AnySession, publicity: Publicity) -> list[Problem]:
    ends = publicity.closes_on or clock.today()
    return publicity_close_problems(clock.today(), ends, _open_objections(session, publicity))


def _submit_body(session: AnySession, body: Body) -> list[Problem]:
    found: list[Problem] = []
    scoped = session.scalar(
        select(func.count()).select_from(BodyScope).where(BodyScope.body_id == body.id)
    )
    if not scoped:
        message = "还没有登记备案范围，请先登记职业、工种和等级"
        found.append(Problem("scope_missing", message, clause="流程一"))
    if body.credit_code:
        found.extend(credit_code_problems(body.credit_code))
    return found


def _commission(session: AnySession, commission: Commission) -> list[Problem]:
    found: list[Problem] = []
    if not commission.promise:
        message = "企业尚未承诺兑现待遇，请取得承诺后勾选“企业已承诺兑现待遇”"
        found.append(Problem("promise_missing", message, field="promise", clause="流程一"))
    if commission.body.state != "registered":
        message = f"受托机构“{commission.body.name}”不在已备案状态，不能接受委托"
        found.append(Problem("body_not_registered", message, field="body", clause="流程一"))
    if commission.body.valid_to < clock.today():
        message = f"受托机构的备案已于 {commission.body.valid_to} 到期"
        found.append(Problem("body_not_valid", message, field="body", clause="流程一"))
    return found


def _publish(session: AnySession, plan: Plan) -> list[Problem]:
    names = ("arrangement", "conditions", "content", "incentives")
    missing = [describe(Plan).field(name).label for name in names if not getattr(plan, name)]
    if not missing:
        return []
    message = f"公布前请补全：{'、'.join(missing)}"
    return [Problem("plan_incomplete", message, field=names[0], clause="流程二")]


_GUARDS: dict[tuple[str, str], Guard] = {
    ("Batch", "submit"): filing.problems,
    ("Batch", "begin_exam"): _exam_not_reached,
    ("Batch", "score"): _unscored,
    ("Batch", "publicise"): _publicise,
    ("Batch", "submit_results"): _submit_results,
    ("Publicity", "close"): _close_publicity,
    ("Body", "submit"): _submit_body,
    ("Commission", "submit"): _commission,
    ("Commission", "commission"): _commission,
    ("Plan", "publish"): _publish,
}

# -- what follows --------------------------------------------------------------------------------


def _submitted(session: AnySession, actor: Actor, batch: Batch) -> None:
    batch.submitted_on = clock.today()


def _filed(session: AnySession, actor: Actor, batch: Batch) -> None:
    batch.filed_on = clock.today()


def _publicised(session: AnySession, actor: Actor, batch: Batch) -> None:
    publicity = Publicity(batch=batch, place="评价机构公告栏及网站")
    before_adding(session, actor, publicity)
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
    session.add_all(
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
    )


def _commissioned(session: AnySession, actor: Actor, commission: Commission) -> None:
    today = clock.today()
    number = next_value(session, f"委托函-{commission.centre.code}-{today.year}")
    mark = "冀" if commission.centre.level == "province" else commission.centre.name[:1]
    commission.letter_no = f"{mark}职鉴委〔{today.year}〕{number}号"
    commission.letter_date = today
    commission.valid_to = commission.valid_to or today.replace(month=12, day=31)


def _published(session: AnySession, actor: Actor, plan: Plan) -> None:
    plan.published_on = clock.today()


def _voided(session: AnySession, actor: Actor, certificate: Certificate) -> None:
    certificate.remark = f"{clock.today()} 作废，编号不再使用"


_EFFECTS: dict[tuple[str, str], Effect] = {
    ("Batch", "submit"): _submitted,
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
    ("Certificate", "void"): _voided,
}
