"""Do the results still say what was made public?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule

_NAMES_SHOWN = 5

RESULT_NOT_PUBLIC = Rule(
    "result_not_public",
    "报送、审核、上网和发证的结果与最近一次公示的一致",
    "unpublished_problems",
    "流程七",
    INFERRED,
    number="7-30",
    remedy="请“再次公示”结果有改动的人员，公示期满后再报送",
)
NOTHING_TO_PUBLISH = Rule(
    "nothing_to_publish",
    "再次公示只用于公示后改动了的结果",
    "republishing_problems",
    "流程七",
    INFERRED,
    number="7-31",
    remedy="结果没有改动的，直接“报送结果”",
)


OBJECTION_UNCORRECTED = Rule(
    "objection_uncorrected",
    "异议成立的，所涉结果更正以后才登记已更正",
    "correction_problems",
    "流程七",
    INFERRED,
    number="7-32",
    remedy="请市中心“退回改成绩”，更正后再登记；经研究不改的，“维持结果”并写明理由",
)


@dataclass(frozen=True)
class PublicResult:
    """One person's result: ``now``, and in the latest publicity that names the person.

    ``public`` is empty if no publicity names the person, and "合格" or "不合格" where the words of
    an old publicity were not kept; ``exact`` is False then.
    """

    name: str
    now: str
    public: str
    exact: bool = True

    @property
    def agrees(self) -> bool:
        """Whether the result is the one that was made public."""
        if self.exact:
            return self.now == self.public
        return (self.now == "合格") == (self.public == "合格")


def changed(results: Iterable[PublicResult]) -> list[PublicResult]:
    """Return those whose result differs from what was made public."""
    return [one for one in results if not one.agrees]


def unpublished_problems(results: Sequence[PublicResult]) -> list[Problem]:
    """Return one problem that names the first people with another result than the public one."""
    found = changed(results)
    if not found:
        return []
    named = "、".join(f"{one.name}（{_difference(one)}）" for one in found[:_NAMES_SHOWN])
    more = "等" if len(found) > _NAMES_SHOWN else ""
    message = f"有{len(found)}人的结果与公示的不同：{named}{more}"
    return [RESULT_NOT_PUBLIC.broken(message, field="scores")]


def republishing_problems(results: Sequence[PublicResult]) -> list[Problem]:
    """Object to publishing again where every result is the public one."""
    if changed(results):
        return []
    return [NOTHING_TO_PUBLISH.broken("现在的结果与公示的完全一致，不用再次公示", field="scores")]


def correction_problems(concerned: Sequence[PublicResult]) -> list[Problem]:
    """Object to calling an objection settled while all whom it concerns stand as published."""
    if changed(concerned):
        return []
    whom = f"{concerned[0].name}的结果" if len(concerned) == 1 else "公示的结果"
    return [OBJECTION_UNCORRECTED.broken(f"{whom}还没有改动，与公示的一致", field="candidate")]


def _difference(one: PublicResult) -> str:
    return f"公示{one.public}，现为{one.now}" if one.public else f"未公示，现为{one.now}"
