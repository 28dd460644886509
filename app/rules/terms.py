"""Which numbers may a centre change, and how far does the notice let it?"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Problem
from app.rules.rule import Rule

TERMS_BELOW_NOTICE = Rule(
    "terms_below_notice",
    "中心设定的期限不得比通知宽松：备案不少于5个工作日，公示不迟于7个工作日，"
    "纸质保管不少于3年，电子保管不少于5年",
    "terms_problems",
    clause="流程五、七、八",
)


@dataclass(frozen=True)
class Terms:
    """The periods of the procedure.

    Working days: ``filing_whole_days`` between submission and exam (流程五),
    ``publicity_begin_workdays`` from the last exam day to the opening of the publicity (流程七),
    ``publicity_workdays`` of publicity and ``results_workdays`` from its end to the filing of
    results (both inferred: the notice names neither). Years: what is kept on paper and
    electronically (流程八). ``minimum_age`` in full years on the exam day (inferred).
    """

    filing_whole_days: int = 5
    publicity_begin_workdays: int = 7
    publicity_workdays: int = 5
    results_workdays: int = 7
    paper_years: int = 3
    electronic_years: int = 5
    minimum_age: int = 16


NOTICE_TERMS = Terms()


def terms_problems(terms: Terms) -> list[Problem]:
    """Settings that would be laxer than the notice."""
    notice = NOTICE_TERMS
    checks = (
        ("备案提前工作日数", terms.filing_whole_days, notice.filing_whole_days, True),
        ("公示起始期限", terms.publicity_begin_workdays, notice.publicity_begin_workdays, False),
        ("纸质材料保管年数", terms.paper_years, notice.paper_years, True),
        ("电子材料保管年数", terms.electronic_years, notice.electronic_years, True),
    )
    return [
        TERMS_BELOW_NOTICE.broken(
            f"{label}设为{value}，通知要求不{'少' if at_least else '多'}于{bound}，请改回"
        )
        for label, value, bound, at_least in checks
        if (value < bound if at_least else value > bound)
    ]
