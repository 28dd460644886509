"""How do marks, the publicity of results and the objections to it behave (流程六, 流程七)?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.behaviours.numbers import this_year
from app.core import clock
from app.core.declarations.behaviour import Behaviour, Behaviours, Numbered, procedure_of
from app.core.declarations.field import describe
from app.core.declarations.procedure import Move, Procedure, State
from app.core.errors import Problem
from app.core.records.preparation import before_adding, take_numbers
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import Batch, Objection, Publicity, Score
from app.roles import CENTRE, FILERS
from app.rules.results.publicity import publicity_close_problems
from app.rules.results.score_sheet import carried_problems
from app.rules.results.scoring import HUNDRED, PaperState, contradiction_problems, mark_problems
from app.services.publicities import publicity_of
from app.services.reference.terms import calendar, terms
from app.services.results import published, scoring


def _judged(session: AnySession, actor: Actor, item: Any) -> None:
    if item.candidate is not None:
        if item.batch is None:  # a different batch that was given is refused later, not replaced
            item.batch = item.candidate.batch
        scoring.judge(session, item)


def _score(session: AnySession, item: Score) -> list[Problem]:
    found: list[Problem] = []
    person = item.candidate
    asked = scoring.outcomes(session, person.batch).pass_rule(person).papers
    carried = scoring.carried(person)
    for name in scoring.PAPERS:
        mark = getattr(item, name)
        state: PaperState = getattr(item, f"{name}_state") or "normal"
        full = asked[name].full if name in asked else HUNDRED
        found.extend(replace(one, field=name) for one in mark_problems(mark, name, full))
        label = describe(Score).field(name).label
        if mark is not None or state != "normal":
            earlier = carried.get(name)
            found.extend(carried_problems(f"“{label}”", name, earlier, "本次不填"))
        found.extend(contradiction_problems(mark, state, name, label))
    return found


def _fill_in(session: AnySession, actor: Actor, item: Publicity) -> None:
    if item.batch is not None and not item.phone:
        item.phone = item.batch.complaint_phone


def unsettled(session: AnySession, of: ColumnElement[bool]) -> int:
    """Count the objections matching ``of`` that are not answered, or upheld without consequence."""
    waiting = Objection.state.in_(("received", "upheld"))
    counted = select(func.count()).select_from(Objection).where(of, waiting)
    return int(session.scalar(counted) or 0)


def _closing(session: AnySession, publicity: Publicity) -> list[Problem]:
    ends = publicity.closes_on or clock.today()
    waiting = unsettled(session, Objection.publicity_id == publicity.id)
    return publicity_close_problems(clock.today(), ends, waiting)


def _opened(session: AnySession, actor: Actor, publicity: Publicity) -> None:
    publicity.opens_on = clock.today()
    publicity.closes_on = calendar(session).due(clock.today(), terms().publicity_workdays)
    published.publish(session, publicity)


def _closed(session: AnySession, actor: Actor, publicity: Publicity) -> None:
    publicity.closed_on = clock.today()


def _cancelled(session: AnySession, actor: Actor, publicity: Publicity) -> None:
    """Take the batch back to the marks: without a publicity it could go nowhere."""
    batch = publicity.batch
    if batch.state == "publicising" and publicity_of(session, batch) is None:
        procedure = procedure_of("Batch")
        note = engine.last_note(session, publicity)
        engine.take(session, procedure, batch, procedure.move("reopen_scores"), actor, note)


def cancel_publicities(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Cancel what is public of the batch, for the reason of the batch's own last step."""
    note = engine.last_note(session, batch)
    running = select(Publicity).where(
        Publicity.batch_id == batch.id, Publicity.state.in_(("draft", "open"))
    )
    for publicity in session.scalars(running).all():
        engine.take(session, PUBLICITY, publicity, PUBLICITY.move("cancel"), actor, note)


def _correcting(session: AnySession, raised: Objection) -> list[Problem]:
    return published.correction_problems(session, raised)


PUBLICITY = Procedure(
    entity="Publicity",
    label="结果公示",
    states=(
        State("draft", "待公示", "grey", "尚未开始"),
        State("open", "公示中", "teal", "接受异议", waiting=True),
        State("closed", "公示结束", "green", "期满且无未处理的异议"),
        State("cancelled", "已取消", "red", "公示取消"),
    ),
    moves=(
        Move(
            "open", "开始公示", ("draft",), "open", FILERS, primary=True,
            confirm="开始 {n} 个公示",
            follows=_opened,
        ),
        Move(
            "close", "结束公示", ("open",), "closed", FILERS, note="optional", primary=True,
            confirm="结束 {n} 个公示",
            asks=_closing, follows=_closed,
        ),
        Move(
            "cancel", "取消公示", ("draft", "open"), "cancelled", CENTRE, note="required",
            danger=True, confirm="取消 {n} 个公示，批次退回更正成绩",
            follows=_cancelled,
        ),
    ),
)  # fmt: skip

OBJECTION = Procedure(
    entity="Objection",
    label="公示异议",
    states=(
        State("received", "待核查", "blue", "等待核查", waiting=True),
        State("upheld", "异议成立", "orange", "等待更正结果，或写明维持的理由", waiting=True),
        State("rejected", "异议不成立", "green", "核查后不成立"),
        State("corrected", "结果已更正", "green", "结果已按异议更正"),
        State("kept", "维持结果", "green", "异议成立，但结果经研究维持，理由见办理意见"),
    ),
    moves=(
        Move(
            "uphold", "认定成立", ("received",), "upheld", CENTRE, note="required",
            confirm="认定 {n} 条异议成立",
        ),
        Move(
            "reject", "认定不成立", ("received",), "rejected", CENTRE, note="required",
            confirm="认定 {n} 条异议不成立",
        ),
        Move(
            "correct", "登记已更正", ("upheld",), "corrected", CENTRE, note="optional",
            primary=True, confirm="确认 {n} 条异议所涉结果已经更正",
            asks=_correcting,
        ),
        Move(
            "keep", "维持结果", ("upheld",), "kept", CENTRE, note="required",
            confirm="维持 {n} 条异议所涉结果，理由写入办理意见",
        ),
    ),
)  # fmt: skip


def begin_publicity(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Create the batch's publicity and open it today."""
    publicity = Publicity(batch=batch, place="评价机构公告栏及网站")
    before_adding(session, actor, publicity)
    take_numbers(session, [publicity])
    session.add(publicity)
    session.flush()
    engine.born(session, PUBLICITY, [publicity], actor)
    engine.make(session, PUBLICITY, publicity, PUBLICITY.move("open"), actor)
    _opened(session, actor, publicity)


BEHAVIOURS: Behaviours = {
    Score: Behaviour(saving=_judged, check=_score),
    Publicity: Behaviour(procedure=PUBLICITY, adding=_fill_in, numbering=Numbered(this_year("GS"))),
    Objection: Behaviour(procedure=OBJECTION, numbering=Numbered(this_year("YY"))),
}
