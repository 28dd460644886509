"""May this body evaluate this work type at this level on this day?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.core.errors import Problem
from app.core.rule import Rule
from app.core.wording import fold, shown_day
from app.rules.reference.level import NOTICE_LEVELS, LevelName, level_name

WORK_TYPE_MISSING = Rule(
    "work_type_missing",
    "申报工种必须填写",
    "work_type_problems",
    "流程五",
    "附件1、附件2",
    remedy="补填申报工种",
    number="5-01",
)
WORK_TYPE_NOT_APPROVED = Rule(
    "work_type_out_of_scope",
    "申报工种在评价机构的备案范围内",
    "work_type_problems",
    clause="流程一",
    remedy="改正申报工种，或由机构先办理范围备案",
    number="1-01",
)
OCCUPATION_MISMATCH = Rule(
    "occupation_mismatch",
    "申报职业与申报工种按备案范围相符",
    "work_type_problems",
    clause="流程一",
    remedy="改正申报职业或申报工种",
    number="1-02",
)
LEVEL_NOT_APPROVED = Rule(
    "level_out_of_scope",
    "申报等级不超出评价机构对该工种的备案等级",
    "approved_level_problems",
    clause="流程一",
    remedy="改正申报等级，或由机构先办理范围备案",
    number="1-04",
)
BODY_NOT_REGISTERED = Rule(
    "body_not_registered",
    "评价机构已备案且未被暂停、注销",
    "body_problems",
    clause="流程一",
    remedy="由备案中心办理或恢复机构备案后再报送",
    number="1-05",
)
BODY_NOT_VALID = Rule(
    "body_not_valid",
    "评价机构的备案在所有考试日都有效",
    "body_problems",
    clause="流程一",
    remedy="调整考试日期，或先办理延续备案",
    number="1-06",
)


@dataclass(frozen=True)
class ApprovedItem:
    """One approved row: a work type of an occupation and the digits of its approved levels.

    ``valid_from`` and ``valid_to`` (inclusive) bound a row added or withdrawn after the body's own
    approval; None: no bound of its own.
    """

    occupation: str
    work_type: str
    levels: frozenset[str]
    valid_from: date | None = None
    valid_to: date | None = None

    @cached_property
    def key(self) -> tuple[str, str]:
        """Normalised (occupation, work type) for comparison; cached, as rosters compare often."""
        occupation = fold(self.occupation)
        return occupation, fold(self.work_type) or occupation


@dataclass(frozen=True)
class BodyFacts:
    """A body's registration; ``registered`` is False while it is suspended."""

    name: str
    registered: bool
    valid_from: date | None
    valid_to: date | None


def find_items(
    occupation: str | None, work_type: str | None, approved: Iterable[ApprovedItem], on: date | None
) -> list[ApprovedItem]:
    """Return the rows in force on ``on`` for the work type and, where given, the occupation.

    An occupation without work types is listed under its own name in both columns, so that either
    may be left out.
    """
    job, work = fold(occupation), fold(work_type) or fold(occupation)
    return [
        item
        for item in approved
        if item.key[1] == work
        and (not job or item.key[0] == job)
        and is_in_force(item.valid_from, item.valid_to, on)
    ]


def nearest_work_type(work_type: str | None, approved: Iterable[ApprovedItem]) -> str:
    """Return the approved work type that was most likely meant (普车 → 普通车工), or ''."""
    written = fold(work_type)
    names = sorted({item.work_type or item.occupation for item in approved})
    shortened = [name for name in names if written and _is_shortening(written, name)]
    if len(shortened) == 1:
        return shortened[0]
    return next(iter(difflib.get_close_matches(written, shortened or names, 1, 0.5)), "")


def work_type_problems(
    occupation: str | None,
    work_type: str | None,
    approved: Sequence[ApprovedItem],
    *,
    on: date | None = None,
    suggestion: str = "",
) -> list[Problem]:
    """Return at most one problem with the pair of occupation and work type.

    ``suggestion`` is the work type likely meant, where the caller knows better than the spelling
    tells, e.g. from earlier corrections of the same enterprise.
    """
    if not fold(work_type) and not fold(occupation):
        return [WORK_TYPE_MISSING.broken("缺少申报工种，请补填", field="work_type")]
    if find_items(occupation, work_type, approved, on):
        return []
    choices = {item.work_type for item in approved if item.key[0] == fold(occupation)}
    if not fold(work_type) and choices:
        message = f"缺少申报工种，请补填（职业“{occupation}”下有{'、'.join(sorted(choices))}）"
        return [WORK_TYPE_MISSING.broken(message, field="work_type")]
    elsewhere = find_items(None, work_type or occupation, approved, on)
    if elsewhere:
        right = "、".join(sorted({item.occupation for item in elsewhere}))
        message = f"工种“{work_type}”属于职业“{right}”，申报职业却填“{occupation}”，请改正"
        return [OCCUPATION_MISMATCH.broken(message, field="occupation")]
    written = work_type or occupation
    meant = suggestion or nearest_work_type(written, approved)
    advice = f"是否应为“{meant}”？" if meant else ""
    message = f"工种“{written}”不在评价机构的备案范围内，{advice}请改正后重新导入，或先办理范围备案"
    return [WORK_TYPE_NOT_APPROVED.broken(message, field="work_type")]


def approved_level_problems(
    occupation: str | None,
    work_type: str | None,
    level: str,
    approved: Sequence[ApprovedItem],
    *,
    on: date | None = None,
    levels: Sequence[LevelName] = NOTICE_LEVELS,
) -> list[Problem]:
    """Object where the work type is in scope, but not at ``level`` (a digit)."""
    items = find_items(occupation, work_type, approved, on)
    levels_approved = frozenset[str]().union(*(item.levels for item in items))
    if not items or level in levels_approved:
        return []
    names = "、".join(entry.name for entry in levels if entry.digit in levels_approved) or "无"
    message = (
        f"评价机构对“{work_type or occupation}”备案的等级为{names}，"
        f"不含{level_name(level, levels)}，请改正申报等级，或先办理范围备案"
    )
    return [LEVEL_NOT_APPROVED.broken(message, field="level")]


def body_problems(body: BodyFacts, exam_days: Iterable[date]) -> list[Problem]:
    """Return at most one problem with the body's registration for exams on those days."""
    if not body.registered:
        message = f"“{body.name}”的备案未生效或已暂停、注销，不能组织认定，请先办理机构备案"
        return [BODY_NOT_REGISTERED.broken(message, field="body")]
    outside = [day for day in exam_days if not is_in_force(body.valid_from, body.valid_to, day)]
    if not outside:
        return []
    bounds = "至".join(
        shown_day(day) if day else "（未填）" for day in (body.valid_from, body.valid_to)
    )
    message = (
        f"“{body.name}”的备案有效期为{bounds}，考试日{shown_day(min(outside))}不在其内，"
        "请调整考试日期或先办理延续备案"
    )
    return [BODY_NOT_VALID.broken(message, field="body")]


def is_in_force(valid_from: date | None, valid_to: date | None, on: date | None) -> bool:
    """Return whether ``on`` is within the two days; None leaves that side open."""
    if on is None:
        return True
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def _is_shortening(short: str, name: str) -> bool:
    letters = iter(fold(name))
    return all(letter in letters for letter in short)
