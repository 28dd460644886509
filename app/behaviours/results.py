"""How do marks, the publicity of results and the objections to it behave (流程六, 流程七)?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.behaviours.numbers import this_year
from app.core import clock
from app.core.declarations.behaviour import Behaviour, Behaviours, Numbered
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
from app.services.reference.terms import calendar, terms
from app.services.results import scoring


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


def received(session: AnySession, of: ColumnElement[bool]) -> int:
    """Count the objections matching the condition ``of`` that have not been answered."""
    waiting = select(func.count()).select_from(Objection).where(of, Objection.state == "received")
    return int(session.scalar(waiting) or 0)


def _closing(session: AnySession, publicity: Publicity) -> list[Problem]:
    ends = publicity.closes_on or clock.today()
    waiting = received(session, Objection.publicity_id == publicity.id)
    return publicity_close_problems(clock.today(), ends, waiting)


def _opened(session: AnySession, actor: Actor, publicity: Publicity) -> None:
    publicity.opens_on = clock.today()
    publicity.closes_on = calendar(session).due(clock.today(), terms().publicity_workdays)


def _closed(session: AnySession, actor: Actor, publicity: Publicity) -> None:
    publicity.closed_on = clock.today()


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
            danger=True, confirm="取消 {n} 个公示",
        ),
    ),
)  # fmt: skip

OBJECTION = Procedure(
    entity="Objection",
    label="公示异议",
    states=(
        State("received", "待核查", "blue", "等待核查", waiting=True),
        State("upheld", "异议成立", "orange", "须更正结果"),
        State("rejected", "异议不成立", "green", "核查后不成立"),
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
