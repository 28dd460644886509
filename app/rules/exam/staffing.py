"""Are there enough assessors, invigilators, supervisors and seats at each examination?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from math import ceil

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.core.wording import fold
from app.rules.exam.exam_facts import Card, Part, SessionFacts, rows_of
from app.rules.filing.filing_facts import SiteFacts, StaffingNorm
from app.rules.results.scoring import REVIEW_LEVELS

_STANDARD = "国家职业技能标准通行要求；" + CENTRE

ASSESSORS_MISSING = Rule(
    "assessors_missing",
    "每场考试都已指定考评员",
    "assessor_count_problems",
    clause="流程六",
    basis="附件3",
    remedy="在考务安排中填写这一场的考评员",
    number="6-15",
)
ASSESSORS_FEW = Rule(
    "assessors_few",
    "实操和综合评审的考评员人数、单数和配比符合“考务人员配备”",
    "assessor_count_problems",
    basis=_STANDARD,
    severity="warning",
    remedy="增加或调整考评员；职业标准另有规定的，由中心在“考务人员配备”中为该职业登记",
    number="0-44",
)
INVIGILATORS_FEW = Rule(
    "invigilators_few",
    "理论考场的监考人数符合“考务人员配备”（考务安排表无此栏，填了监考人数才检查）",
    "invigilator_problems",
    basis=_STANDARD,
    severity="warning",
    remedy="增加监考人员后，在考务安排中改正监考人数",
    number="0-45",
)
SUPERVISOR_ROOMS = Rule(
    "supervisor_rooms",
    "一名督导员同时督导的考场数不超过“考务人员配备”的设定（未设定的不检查）",
    "supervisor_room_problems",
    basis=CENTRE,
    severity="warning",
    remedy="增派督导员，或错开各考场的时间",
    number="0-46",
)
SITE_CAPACITY = Rule(
    "site_capacity",
    "同一考点同时应考的人数不超过登记的容纳人数",
    "capacity_problems",
    basis=INFERRED,
    severity="warning",
    remedy="分场次考试、增加考点，或在“考点”中改正容纳人数",
    number="0-47",
)


def norm_for(
    norms: Iterable[StaffingNorm], occupation: str, day: date | None
) -> StaffingNorm | None:
    """Return the norm in force on ``day``: the occupation's own, else the general one."""
    fitting = [
        norm
        for norm in norms
        if norm.occupation in ("", occupation)
        and (day is None or norm.valid_from is None or norm.valid_from <= day)
        and (day is None or norm.valid_to is None or day <= norm.valid_to)
    ]
    ranked = sorted(fitting, key=lambda n: (n.occupation != "", n.valid_from or date.min))
    return ranked[-1] if ranked else None


def assessor_count_problems(
    sessions: Sequence[SessionFacts], norms: Sequence[StaffingNorm]
) -> list[Problem]:
    """Object to sessions without assessors, and to too few or an even number of them.

    Levels and work types of one occupation that sit together count as one examination: candidates
    and assessors are added up. Where a level has 综合评审, the same assessors must suffice for it,
    since the form has no separate column.
    """
    bare = [one for one in sessions if not one.assessors]
    found = []
    if bare:
        message = f"{len(bare)}场考试未指定考评员（{_works(bare)}）"
        found.append(ASSESSORS_MISSING.broken(message, field="assessors", rows=rows_of(bare)))
    for together in _together(sessions, "practical").values():
        crew = {card.key: card for one in together for card in one.assessors}
        norm = norm_for(norms, together[0].occupation, together[0].day)
        if not crew or norm is None:
            continue
        shortage = _shortage(len(crew), together, norm)
        if shortage:
            message = f"{_works(together)}的考评员有{len(crew)}名，{shortage}"
            found.append(
                ASSESSORS_FEW.broken(
                    message, field="assessors", rows=rows_of(together), severity=norm.severity
                )
            )
    return found


def invigilator_problems(
    sessions: Sequence[SessionFacts], norms: Sequence[StaffingNorm]
) -> list[Problem]:
    """Object to theory rooms with too few invigilators; rows without a number are skipped."""
    found = []
    for together in _together(sessions, "theory").values():
        written = [one.invigilators for one in together if one.invigilators is not None]
        norm = norm_for(norms, together[0].occupation, together[0].day)
        if not written or norm is None:
            continue
        heads = sum(one.count for one in together)
        by_ratio = ceil(heads / norm.theory_ratio) if norm.theory_ratio else 0
        need = max(norm.theory_least, by_ratio)
        if max(written) < need:
            message = f"{_works(together)}理论考试{heads}人，监考{max(written)}名，至少需要{need}名"
            found.append(
                INVIGILATORS_FEW.broken(
                    message, field="invigilators", rows=rows_of(together), severity=norm.severity
                )
            )
    return found


def supervisor_room_problems(
    sessions: Sequence[SessionFacts], norms: Sequence[StaffingNorm]
) -> list[Problem]:
    """Object to supervisors who watch more rooms at once than the norm allows."""
    by_person: dict[int, tuple[Card, list[SessionFacts]]] = {}
    for one in sessions:
        for card in one.supervisors:
            by_person.setdefault(card.key, (card, []))[1].append(one)
    found = []
    for card, ones in by_person.values():
        bounds = [norm_for(norms, one.occupation, one.day) for one in ones]
        most = min((n.supervisor_rooms for n in bounds if n and n.supervisor_rooms), default=0)
        rooms = _most_rooms(ones)
        if most and len(rooms) > most:
            message = f"督导员“{card.name}”同时督导{len(rooms)}个考场，超过{most}个"
            watched = [one for one in ones if rooms & {fold(s.place) for s in one.sittings}]
            found.append(
                SUPERVISOR_ROOMS.broken(message, field="supervisors", rows=rows_of(watched))
            )
    return found


def capacity_problems(
    sessions: Sequence[SessionFacts], sites: Sequence[SiteFacts]
) -> list[Problem]:
    """Object to sites with fewer seats than people sitting there at once.

    A session is at a site if its place contains the name of the site.
    """
    found = []
    for site in sites:
        held = [
            (one, sitting)
            for one in sessions
            for sitting in one.sittings
            if site.capacity and fold(site.name) and fold(site.name) in fold(sitting.place)
        ]
        for _, moment in held:
            there = {id(one): one for one, sitting in held if sitting.meets(moment)}
            heads = sum(one.count for one in there.values())
            if heads > site.capacity:
                message = f"考点“{site.name}”同时应考{heads}人，登记的容纳人数是{site.capacity}人"
                rows = rows_of(there.values())
                found.append(SITE_CAPACITY.broken(message, field="sessions", rows=rows))
                break
    return found


def _together(
    sessions: Sequence[SessionFacts], part: Part
) -> Mapping[tuple[object, ...], list[SessionFacts]]:
    """Group sessions of one occupation that start together in one room; others stay alone."""
    found: dict[tuple[object, ...], list[SessionFacts]] = {}
    for at, one in enumerate(sessions):
        sitting = one.of_part(part)
        placed = sitting is not None and sitting.start is not None and fold(sitting.place)
        key: tuple[object, ...] = (at,)
        if sitting is not None and placed:
            key = (one.occupation, sitting.start, fold(sitting.place))
        found.setdefault(key, []).append(one)
    return found


def _shortage(crew: int, together: Sequence[SessionFacts], norm: StaffingNorm) -> str:
    """Return what is wrong with the number of assessors, in words, or ''."""
    heads = sum(one.count for one in together)
    review = any(one.level in REVIEW_LEVELS for one in together)
    need = max(norm.practical_least, norm.review_least if review else 0)
    if norm.practical_ratio:
        need = max(need, ceil(heads / norm.practical_ratio))
    if crew < need:
        return f"{heads}名考生至少需要{need}名"
    if crew % 2 == 0 and (norm.practical_odd or (review and norm.review_odd)):
        return "应为单数"
    return ""


def _most_rooms(sessions: Sequence[SessionFacts]) -> set[str]:
    """Return the rooms in use at the busiest moment of these sessions."""
    sittings = [s for one in sessions for s in one.sittings if s.start is not None and s.place]
    moments: set[datetime] = {s.start for s in sittings if s.start is not None}
    at_once = (
        {fold(s.place) for s in sittings if s.start is not None and s.start <= moment < s.until}
        for moment in sorted(moments)
    )
    return max(at_once, key=len, default=set())


def _works(sessions: Iterable[SessionFacts]) -> str:
    return "、".join(dict.fromkeys(one.work_type or one.occupation for one in sessions))
