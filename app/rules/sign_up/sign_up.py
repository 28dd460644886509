"""May these people sit this exam: are they checked, approved and on no other roster?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.core.errors import Problem, Severity
from app.core.rule import INFERRED, Rule
from app.core.wording import fold, shown_day
from app.rules.exam.exam_facts import SessionFacts, Sitting
from app.rules.filing.filing_facts import Double, SignUp
from app.rules.reference.identity import birth_date
from app.rules.reference.level import NOTICE_LEVELS, LevelName, parse_level
from app.rules.sign_up.roster import (
    CandidateRow,
    candidate_problems,
    duplicate_problems,
    early_start_problems,
)

ROSTER_UNCHECKED = Rule(
    "roster_unchecked",
    "报名人员已由企业审核资格并签字盖章",
    "sign_up_problems",
    clause="流程三",
    remedy="企业审核盖章后，在批次中勾选“企业已审核报名”",
    number="3-04",
)
ROSTER_UNAPPROVED = Rule(
    "roster_unapproved",
    "报名人员已由评价机构核准",
    "sign_up_problems",
    clause="流程三",
    remedy="核准报名后，在批次中勾选“评价机构已核准报名”",
    number="3-05",
)
EMPLOYER_DIFFERS = Rule(
    "employer_differs",
    "评价委托企业的员工时，参评人员的工作单位是委托企业",
    "employer_problems",
    clause="流程一",
    basis=INFERRED,
    severity="warning",
    remedy="核对工作单位；确是其他单位的人员，由该单位另行委托",
    number="1-11",
)
CANDIDATE_OVERLAP = Rule(
    "candidate_overlap",
    "同一人不在考试时间重叠的另一批次中",
    "double_problems",
    clause="流程五",
    basis=INFERRED,
    remedy="与本人核实参加哪一场，从另一批次删去，或错开考试时间",
    number="5-23",
)
CANDIDATE_SAME_DAY = Rule(
    "candidate_same_day",
    "同一人在考试日期重叠、时间错开的另一批次中的，核对能否兼顾",
    "double_problems",
    basis=INFERRED,
    severity="warning",
    remedy="与本人核实能否参加两场考试",
    number="0-85",
)
CERTIFIED_ALREADY = Rule(
    "certified_already",
    "参评人员尚未取得同一职业、同一等级的证书",
    "certified_problems",
    clause="流程三",
    basis=INFERRED,
    severity="warning",
    remedy="核对申报等级；已取得证书的改报更高等级，或从名册删去",
    number="3-06",
)
LEVEL_NOT_ABOVE = Rule(
    "level_not_above",
    "申报等级高于现有证书等级（现有证书属于其他职业的除外）",
    "level_order_problems",
    basis=INFERRED,
    severity="warning",
    remedy="核对现有证书的职业和等级；同一职业的改报更高等级",
    number="0-86",
)
LEVEL_SKIPPED = Rule(
    "level_skipped",
    "申报等级比现有证书等级只高一级，或按标准可以越级申报",
    "level_order_problems",
    clause="流程三",
    basis="国家职业技能标准；" + INFERRED,
    severity="warning",
    remedy="核对现有证书等级和申报条件；越级申报的附上符合条件的证明",
    number="3-07",
)


def sign_up_problems(sign_up: SignUp) -> list[Problem]:
    """Object where the enterprise has not checked, or the body not approved, the applicants."""
    found = []
    if not sign_up.checked:
        message = "报名人员尚未由企业审核资格、签字盖章"
        found.append(ROSTER_UNCHECKED.broken(message, field="roster_checked"))
    if not sign_up.approved:
        message = "报名人员尚未经评价机构核准"
        found.append(ROSTER_UNAPPROVED.broken(message, field="roster_approved"))
    return found


def person_problems(
    people: Sequence[CandidateRow],
    exam_date: date | None,
    levels: Sequence[LevelName] = NOTICE_LEVELS,
    minimum_age: int = 16,
) -> list[Problem]:
    """Return the problems of each person, duplicates, and those that only a filing checks.

    The body's scope is judged by groups instead. Equal problems are merged, with all rows.
    """
    found: list[Problem] = []
    for person in people:
        found += candidate_problems(
            person, exam_date=exam_date, levels=levels, minimum_age=minimum_age
        )
        early = early_start_problems(person.years, birth_date(person.id_number), exam_date)
        found += [replace(problem, row=person.row) for problem in early]
    return merged([*found, *duplicate_problems(people)])


def employer_problems(people: Sequence[CandidateRow], enterprise: str) -> list[Problem]:
    """Warn of rows with an employer other than the commissioning enterprise."""
    wanted = fold(enterprise)
    others = [one for one in people if fold(one.employer) and fold(one.employer) != wanted]
    if not wanted or not others:
        return []
    names = "、".join(list(dict.fromkeys(str(one.employer) for one in others))[:3])
    message = f"{len(others)}名参评人员的工作单位（{names}等）不是委托企业“{enterprise}”"
    return [EMPLOYER_DIFFERS.broken(message, field="employer", rows=_rows(others))]


def double_problems(
    doubles: Sequence[Double], sittings: Mapping[int, Sequence[Sitting]]
) -> list[Problem]:
    """Return one problem per other batch with the candidates who are on both rosters.

    ``sittings`` maps serial number → the candidate's sittings in this batch. If both batches have
    times and none overlap, the person may manage both, so that is a warning.
    """
    apart: dict[tuple[Rule, str, Severity, date, date], list[int]] = {}
    for one in doubles:
        managed = _apart(sittings.get(one.row, ()), one.sittings)
        rule = CANDIDATE_SAME_DAY if managed else CANDIDATE_OVERLAP
        severity = "warning" if managed else one.severity
        key = (rule, one.batch, severity, one.first, one.last)
        apart.setdefault(key, []).append(one.row)
    return [
        rule.broken(
            f"{len(rows)}名参评人员也在{batch}的名册上，其考试日{_days(first, last)}与本批次"
            f"{'同日而时间错开' if rule is CANDIDATE_SAME_DAY else '重叠'}",
            field="candidates",
            rows=sorted(rows),
            severity=severity,
        )
        for (rule, batch, severity, first, last), rows in apart.items()
    ]


def certified_problems(certified: Sequence[int]) -> list[Problem]:
    """Object to candidates who hold a valid certificate of the same occupation and level."""
    if not certified:
        return []
    message = f"{len(certified)}名参评人员已取得同一职业、同一等级的证书"
    return [CERTIFIED_ALREADY.broken(message, field="candidates", rows=sorted(certified))]


def level_order_problems(
    people: Sequence[CandidateRow], levels: Sequence[LevelName] = NOTICE_LEVELS
) -> list[Problem]:
    """Warn of candidates who already hold the level applied for, or skip a level.

    Unknown levels are not compared. Candidates without a certificate are judged by the routes of
    the standard, not here.
    """
    order = {level.digit: place for place, level in enumerate(levels)}
    held, skipped = [], []
    for one in people:
        wanted = order.get(parse_level(one.level, levels) or "")
        has = order.get(parse_level(one.current_level, levels) or "")
        if wanted is None or has is None:
            continue
        if wanted <= has:
            held.append(one)
        elif wanted > has + 1:
            skipped.append(one)
    found = []
    if held:
        message = f"{len(held)}名参评人员的现有证书等级不低于申报等级"
        found.append(LEVEL_NOT_ABOVE.broken(message, field="level", rows=_rows(held)))
    if skipped:
        message = f"{len(skipped)}名参评人员的申报等级比现有证书等级高出不止一级"
        found.append(LEVEL_SKIPPED.broken(message, field="level", rows=_rows(skipped)))
    return found


def sittings_by_row(
    people: Iterable[CandidateRow], sessions: Iterable[SessionFacts]
) -> dict[int, list[Sitting]]:
    """Map serial number → the sittings of the candidate's group."""
    groups: dict[tuple[str | None, ...], list[Sitting]] = {}
    for one in sessions:
        groups.setdefault((one.occupation, one.work_type, one.level), []).extend(one.sittings)
    return {
        one.row: groups.get((one.occupation, one.work_type, one.level), [])
        for one in people
        if one.row is not None
    }


def merged(problems: Iterable[Problem]) -> list[Problem]:
    """Merge problems that are equal but for the row into one with all rows, in order."""
    rows: dict[Problem, set[int]] = {}
    for problem in problems:
        rows.setdefault(replace(problem, row=None, rows=()), set()).update(problem.numbers)
    return [
        replace(problem, row=min(found) if len(found) == 1 else None, rows=tuple(sorted(found)))
        for problem, found in rows.items()
    ]


def _apart(mine: Sequence[Sitting], theirs: Sequence[Sitting]) -> bool:
    timed = [[one for one in some if one.start is not None] for some in (mine, theirs)]
    if not all(timed):
        return False
    return not any(one.meets(other) for one in timed[0] for other in timed[1])


def _days(first: date, last: date) -> str:
    return shown_day(first) if first == last else f"{shown_day(first)}至{shown_day(last)}"


def _rows(people: Iterable[CandidateRow]) -> list[int]:
    return sorted(one.row for one in people if one.row is not None)
