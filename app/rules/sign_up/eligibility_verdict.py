"""Is a person eligible, by which route, and what is missing?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.rules.sign_up.eligibility_facts import (
    Route,
)

Answer = Literal["met", "unmet", "unknown"]


@dataclass(frozen=True)
class Condition:
    """A requirement of a route and the person's answer, put into words by ``text``.

    ``reason`` is the same without the person's own figures; ``evidence`` would decide an unknown
    one.
    """

    answer: Answer
    text: str
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class RouteVerdict:
    """The person's answers to the requirements of one route."""

    route: Route
    conditions: tuple[Condition, ...]

    @property
    def answer(self) -> Answer:
        """Met if all conditions are met; unmet if any is unmet; otherwise unknown."""
        answers = {one.answer for one in self.conditions}
        return "unmet" if "unmet" in answers else "unknown" if "unknown" in answers else "met"

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence that would decide an unknown route."""
        return tuple(dict.fromkeys(one.evidence for one in self.conditions if one.evidence))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The requirements that are certainly not met."""
        return tuple(one.reason for one in self.conditions if one.answer == "unmet")


@dataclass(frozen=True)
class Verdict:
    """The answer for one person and level, with every route considered."""

    level: str
    routes: tuple[RouteVerdict, ...]
    answer: Literal["eligible", "none", "unknown"] = field(init=False)

    def __post_init__(self) -> None:
        answers = {one.answer for one in self.routes}
        found = "eligible" if "met" in answers else "unknown" if "unknown" in answers else "none"
        object.__setattr__(self, "answer", found if self.routes else "unknown")

    @property
    def route(self) -> RouteVerdict | None:
        """The first route that is met, preferring one that needs no social insurance."""
        met = [one for one in self.routes if one.answer == "met"]
        return min(met, key=lambda one: one.route.insurance) if met else None

    @property
    def open_routes(self) -> tuple[RouteVerdict, ...]:
        """The routes whose answer is unknown."""
        return tuple(one for one in self.routes if one.answer == "unknown")

    @property
    def evidence(self) -> tuple[str, ...]:
        """All evidence of which one piece may decide the question."""
        return tuple(dict.fromkeys(text for one in self.open_routes for text in one.evidence))

    @property
    def sentence(self) -> str:
        """The answer as a Chinese sentence for the candidate."""
        if not self.routes:
            return f"报名日没有登记{self.level}的申报条件，不能判断，请中心先登记申报条件。"
        if self.route is not None:
            one = self.route.route
            return f"可以申报{self.level}：符合{one.name}“{one.wording}”。"
        if self.answer == "none":
            reasons = "；".join(
                f"{one.route.name}：{'，'.join(one.reasons)}" for one in self.routes
            )
            return f"不能申报{self.level}：{len(self.routes)}条申报条件都不符合（{reasons}）。"
        ways = "、".join(f"{one.route.name}" for one in self.open_routes)
        return (
            f"暂不能确定能否申报{self.level}：可能符合{ways}，"
            f"还需要其中一条的材料——{'；'.join(map(_needs, self.open_routes))}。"
        )


def _needs(one: RouteVerdict) -> str:
    return f"{one.route.name}：{'、'.join(one.evidence)}"
