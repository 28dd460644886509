"""Which periods may a centre change, and within which limits of the notice?"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import Problem
from app.core.rule import Rule

TERMS_BELOW_NOTICE = Rule(
    "terms_below_notice",
    "中心设定的期限不得比通知宽松：备案不少于5个工作日（考试当日不算在“认定前”之内），"
    "公示不迟于7个工作日，纸质保管不少于3年，电子保管不少于5年",
    "terms_problems",
    clause="流程五、七、八",
    number="5-24",
)


@dataclass(frozen=True)
class Counting:
    """Whether boundary days count in a period; decided here only.

    ``submission_day_counts``: the submission day is one of the days before the exam.
    ``exam_day_counts``: so is the exam day. ``event_day_counts``: the day from which a period runs
    (last exam, opening and end of the publicity) is its first day. The notice does not say; by
    default none counts (inferred).
    """

    submission_day_counts: bool = False
    exam_day_counts: bool = False
    event_day_counts: bool = False


NOTICE_COUNTING = Counting()


@dataclass(frozen=True)
class Terms:
    """The periods of the procedure.

    Working days: ``filing_whole_days`` between submission and exam (流程五),
    ``publicity_begin_workdays`` from the last exam day to the opening of the publicity (流程七),
    ``publicity_workdays`` of publicity and ``results_workdays`` from its end to the filing of
    results (both inferred: the notice names neither). Years: what is kept on paper and
    electronically (流程八). ``minimum_age`` in full years on the exam day (inferred).
    Months: papers may be resat, and passed ones carried over, for ``retake_months`` after an exam
    day (the centre's choice).
    """

    filing_whole_days: int = 5
    publicity_begin_workdays: int = 7
    publicity_workdays: int = 5
    results_workdays: int = 7
    paper_years: int = 3
    electronic_years: int = 5
    minimum_age: int = 16
    retake_months: int = 12
    counting: Counting = NOTICE_COUNTING


NOTICE_TERMS = Terms()


def terms_problems(terms: Terms) -> list[Problem]:
    """Return a problem with each setting that is laxer than the notice."""
    checks = (
        ("备案提前工作日数（FILING_WORKDAYS）", "filing_whole_days", True),
        ("公示起始期限（PUBLICITY_BEGIN_WORKDAYS）", "publicity_begin_workdays", False),
        ("纸质材料保管年数（PAPER_YEARS）", "paper_years", True),
        ("电子材料保管年数（ELECTRONIC_YEARS）", "electronic_years", True),
    )
    compared = [
        (label, getattr(terms, name), getattr(NOTICE_TERMS, name), at_least)
        for label, name, at_least in checks
    ]
    found = [
        TERMS_BELOW_NOTICE.broken(
            f"设置项“{label}”设为{value}，通知要求不{'少' if at_least else '多'}于{bound}，请改回"
        )
        for label, value, bound, at_least in compared
        if (value < bound if at_least else value > bound)
    ]
    # 认定前5个工作日 excludes the exam day: if it counts, one more day is needed.
    before = terms.filing_whole_days - terms.counting.exam_day_counts
    if not found and before < NOTICE_TERMS.filing_whole_days:
        message = (
            f"设置项 COUNT_EXAM_DAY 把考试当日计入备案工作日数后，考试前只剩{before}个工作日，"
            f"通知要求考试前不少于{NOTICE_TERMS.filing_whole_days}个，"
            "请把 FILING_WORKDAYS 加1，或不设 COUNT_EXAM_DAY"
        )
        found.append(TERMS_BELOW_NOTICE.broken(message))
    return found
