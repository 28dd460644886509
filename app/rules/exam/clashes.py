"""Is a room, an assessor or a supervisor needed by two examinations at the same time?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.core.errors import Problem, Severity
from app.core.rule import INFERRED, Rule
from app.core.wording import fold
from app.rules.exam.exam_facts import Elsewhere, SessionFacts, Sitting, rows_of

_OTHER_TIME = "调整其中一场的时间，或换考场、换人"

ROOM_CLASH = Rule(
    "room_clash",
    "同一考场同一时间只考一个职业（同一职业的工种、等级可以同场）",
    "room_problems",
    clause="流程六",
    basis=INFERRED,
    remedy=_OTHER_TIME,
    number="6-02",
)
ROOM_CLASH_POSSIBLE = Rule(
    "room_clash_possible",
    "与其他机构同一时间用同一名称的考场，核对是否同一处",
    "room_problems",
    basis=INFERRED,
    severity="warning",
    remedy="与考点核对该时段的安排；确是同一考场的，调整时间或地点",
    number="0-35",
)
ASSESSOR_CLASH = Rule(
    "assessor_clash",
    "一名考评员同一时间只在一处考评（同一职业同场考评的除外）",
    "assessor_problems",
    clause="流程六",
    basis=INFERRED,
    remedy=_OTHER_TIME,
    number="6-03",
)
ASSESSOR_CLASH_POSSIBLE = Rule(
    "assessor_clash_possible",
    "考评员在一场理论考试时段另有考试、或同一职业分在两处考评的，核对是否到场",
    "assessor_problems",
    basis=INFERRED,
    severity="warning",
    remedy="确认考评员能够到场；需要同时到两处的，换人或调整时间",
    number="0-36",
)
SUPERVISOR_CLASH = Rule(
    "supervisor_clash",
    "一名督导员同一时间只督导一个批次",
    "supervisor_clash_problems",
    clause="流程六",
    basis=INFERRED,
    remedy=_OTHER_TIME,
    number="6-04",
)

_Use = tuple[SessionFacts, Sitting]
_Keys = Callable[[SessionFacts, Sitting], Iterable[Hashable]]


def room_problems(
    sessions: Sequence[SessionFacts], elsewhere: Sequence[Elsewhere] = ()
) -> list[Problem]:
    """Return a problem per room used by two occupations at once, and per other batch.

    Rooms are compared by name. Equal names of different bodies may mean different rooms, so those
    are warnings.
    """
    found = []
    for uses in _uses(sessions, _rooms).values():
        rows = rows_of(_meeting(uses, lambda a, b: a[0].occupation != b[0].occupation))
        if rows:
            message = f"考场“{uses[0][1].place}”同一时间安排了不同职业的考试"
            found.append(ROOM_CLASH.broken(message, field="sessions", rows=rows))
    wanted: dict[_Other, list[_Use]] = {}
    for (_, other, _), uses in _crossing(sessions, elsewhere, _rooms).items():
        wanted.setdefault(other, []).extend(uses)
    for other, uses in wanted.items():
        rule = ROOM_CLASH if other.same_body else ROOM_CLASH_POSSIBLE
        places = "、".join(dict.fromkeys(sitting.place for _, sitting in uses))
        message = f"{other.batch}同一时间也在用考场“{places}”"
        severity = other.severity if other.same_body else "warning"
        rows = rows_of(session for session, _ in uses)
        found.append(rule.broken(message, field="sessions", rows=rows, severity=severity))
    return found


def assessor_problems(
    sessions: Sequence[SessionFacts], elsewhere: Sequence[Elsewhere] = ()
) -> list[Problem]:
    """Return the problems with assessors who would be needed in two places at once.

    The arrangement does not say who invigilates the theory paper, so only two practical sittings
    clash; an overlap with a theory paper, or of two places of one occupation, is a warning. People
    with the same clash share one problem.
    """
    names: dict[Hashable, str] = {c.key: c.name for one in sessions for c in one.assessors}
    clashes: dict[tuple[Rule, str, Severity, tuple[int, ...]], list[str]] = {}
    for key, uses in _uses(sessions, _assessors).items():
        sure = rows_of(_meeting(uses, _two_jobs_at_work))
        rows = sure or rows_of(_meeting(uses, _two_places))
        rule = ASSESSOR_CLASH if sure else ASSESSOR_CLASH_POSSIBLE
        if rows:
            clashes.setdefault((rule, "两处考试", rule.severity, rows), []).append(names[key])
    met = _crossing(sessions, elsewhere, _assessors)
    for (key, other, practical), uses in met.items():
        if not practical and (key, other, True) in met:
            continue
        rule = ASSESSOR_CLASH if practical else ASSESSOR_CLASH_POSSIBLE
        severity = other.severity if practical else "warning"
        rows = rows_of(session for session, _ in uses)
        where = f"{other.batch}的考试里"
        clashes.setdefault((rule, where, severity, rows), []).append(names[key])
    return [
        rule.broken(
            f"考评员“{'”“'.join(who)}”同一时间{'' if where == '两处考试' else '也'}排在{where}",
            field="assessors",
            rows=rows,
            severity=severity,
        )
        for (rule, where, severity, rows), who in clashes.items()
    ]


def supervisor_clash_problems(
    sessions: Sequence[SessionFacts], elsewhere: Sequence[Elsewhere]
) -> list[Problem]:
    """Return a problem per supervisor and other batch that needs them at the same time.

    Within a batch a supervisor may watch several rooms; ``staffing`` limits how many.
    """
    names: dict[Hashable, str] = {c.key: c.name for one in sessions for c in one.supervisors}
    crossing: dict[tuple[Hashable, _Other], list[SessionFacts]] = {}
    for (key, other, _), uses in _crossing(sessions, elsewhere, _supervisors).items():
        crossing.setdefault((key, other), []).extend(session for session, _ in uses)
    return [
        SUPERVISOR_CLASH.broken(
            f"督导员“{names[key]}”同一时间也在督导{other.batch}",
            field="supervisors",
            rows=rows_of(met),
            severity=other.severity,
        )
        for (key, other), met in crossing.items()
    ]


@dataclass(frozen=True)
class _Other:
    batch: str
    severity: Severity
    same_body: bool


def _rooms(session: SessionFacts, sitting: Sitting) -> Iterable[Hashable]:
    return [fold(sitting.place)] if fold(sitting.place) else []


def _assessors(session: SessionFacts, sitting: Sitting) -> Iterable[Hashable]:
    return [card.key for card in session.assessors]


def _supervisors(session: SessionFacts, sitting: Sitting) -> Iterable[Hashable]:
    return [card.key for card in session.supervisors]


def _uses(sessions: Iterable[SessionFacts], keys: _Keys) -> dict[Hashable, list[_Use]]:
    """Map room or person → the sittings that need it."""
    found: dict[Hashable, list[_Use]] = {}
    for session in sessions:
        for sitting in session.sittings:
            for key in keys(session, sitting):
                found.setdefault(key, []).append((session, sitting))
    return found


def _meeting(uses: Sequence[_Use], apart: Callable[[_Use, _Use], bool]) -> list[SessionFacts]:
    """Return the sessions that overlap with another one although ``apart`` forbids it."""
    met: list[SessionFacts] = []
    for one, other in combinations(uses, 2):
        if one[0] is not other[0] and one[1].meets(other[1]) and apart(one, other):
            met += [one[0], other[0]]
    return met


def _two_jobs_at_work(one: _Use, other: _Use) -> bool:
    both_practical = one[1].part == other[1].part == "practical"
    return both_practical and one[0].occupation != other[0].occupation


def _two_places(one: _Use, other: _Use) -> bool:
    same_job = one[0].occupation == other[0].occupation
    return not same_job or fold(one[1].place) != fold(other[1].place)


def _crossing(
    sessions: Sequence[SessionFacts], elsewhere: Sequence[Elsewhere], keys: _Keys
) -> dict[tuple[Hashable, _Other, bool], list[_Use]]:
    """Map (room or person, other batch, both practical) → our sittings that overlap with it."""
    mine = _uses(sessions, keys)
    found: dict[tuple[Hashable, _Other, bool], list[_Use]] = {}
    for there in elsewhere:
        other = _Other(there.batch, there.severity, there.same_body)
        for theirs in there.session.sittings:
            for key in keys(there.session, theirs):
                for session, sitting in mine.get(key, ()):
                    if sitting.meets(theirs):
                        both = sitting.part == theirs.part == "practical"
                        found.setdefault((key, other, both), []).append((session, sitting))
    return found
