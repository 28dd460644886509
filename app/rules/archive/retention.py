"""Until when must a batch's documents be kept, and may they be destroyed now?"""

from __future__ import annotations

from datetime import date
from typing import Literal

from app.core.errors import Problem
from app.core.rule import Rule
from app.core.wording import shown_day
from app.rules.terms import NOTICE_TERMS, Terms

Medium = Literal["paper", "electronic"]

RETENTION_NOT_OVER = Rule(
    "retention_not_over",
    "保管期（纸质不少于3年，电子不少于5年，自批次结束起）未满，不得销毁或删除",
    "retention_problems",
    clause="流程八",
    number="8-02",
)
RETENTION_KEPT = Rule(
    "retention_kept",
    "已归档批次的人员、成绩、资料、考务、试卷、公示和存档目录，保管期内不得删除，期满后按程序销毁",
    "deletion_problems",
    clause="流程八",
    number="8-03",
)


def keep_until(ended: date, medium: Medium, terms: Terms = NOTICE_TERMS) -> date:
    """Return the last day of retention (流程八) on ``medium`` for a batch that ended then."""
    years = terms.paper_years if medium == "paper" else terms.electronic_years
    try:
        return ended.replace(year=ended.year + years)
    except ValueError:
        # 29 February: the period must not be shorter than n years, so take 1 March.
        return date(ended.year + years, 3, 1)


def retention_problems(kept_until: date, today: date) -> list[Problem]:
    """Object to destroying something on or before the last day of its retention."""
    if today > kept_until:
        return []
    message = f"保管期到{shown_day(kept_until)}止，尚未届满，不能销毁或删除"
    return [RETENTION_NOT_OVER.broken(message, field="keep_until")]


def deletion_problems(kept_until: date, today: date) -> list[Problem]:
    """Object to deleting by hand what belongs to an archived batch.

    ``kept_until`` is the last day of the batch's longest retention. Deletion is refused after it as
    well, because destruction needs an application and an approval.
    """
    if today > kept_until:
        message = (
            f"所属批次已归档，保管期已于{shown_day(kept_until)}届满，"
            "不能直接删除，请用“档案销毁”申请并由另一人批准"
        )
    else:
        message = f"所属批次已归档，须保管到{shown_day(kept_until)}，在此之前不能删除"
    return [RETENTION_KEPT.broken(message, field="keep_until")]
