"""Is somebody eligible, by which route, and what is missing?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from app.rules.sign_up.eligibility_facts import (
    Route,
)

Answer = Literal["met", "unmet", "unknown"]


@dataclass(frozen=True)
class Condition:
    """One thing that a route asks for: ``text`` says how the person stands to it.

    ``lack`` is the same without the person's own figures, ``evidence`` what would settle it.
    """

    answer: Answer
    text: str
    lack: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class RouteVerdict:
    """How one route stands for the person."""

    route: Route
    conditions: tuple[Condition, ...]

    @property
    def answer(self) -> Answer:
        """Met when all conditions are; unmet as soon as one certainly is."""
        answers = {one.answer for one in self.conditions}
        return "unmet" if "unmet" in answers else "unknown" if "unknown" in answers else "met"

    @property
    def evidence(self) -> tuple[str, ...]:
        """What would settle the route where it cannot be told."""
        return tuple(dict.fromkeys(one.evidence for one in self.conditions if one.evidence))

    @property
    def lacks(self) -> tuple[str, ...]:
        """What certainly stands against the route."""
        return tuple(one.lack for one in self.conditions if one.answer == "unmet")


@dataclass(frozen=True)
class Verdict:
    """The answer for one person and level, with every route that came into question."""

    level: str
    routes: tuple[RouteVerdict, ...]
    answer: Literal["eligible", "none", "unknown"] = field(init=False)

    def __post_init__(self) -> None:
        answers = {one.answer for one in self.routes}
        found = "eligible" if "met" in answers else "unknown" if "unknown" in answers else "none"
        object.__setattr__(self, "answer", found if self.routes else "unknown")

    @property
    def route(self) -> RouteVerdict | None:
        """The first route by which the person is eligible; one without social insurance before."""
        met = [one for one in self.routes if one.answer == "met"]
        return min(met, key=lambda one: one.route.insurance) if met else None

    @property
    def open_routes(self) -> tuple[RouteVerdict, ...]:
        """The routes that cannot be told."""
        return tuple(one for one in self.routes if one.answer == "unknown")

    @property
    def evidence(self) -> tuple[str, ...]:
        """Everything of which one piece may settle the question."""
        return tuple(dict.fromkeys(text for one in self.open_routes for text in one.evidence))

    @property
    def sentence(self) -> str:
        """The answer in words that a candidate can read."""
        if not self.routes:
            return f"报名日没有登记{self.level}的申报条件，不能判断，请中心先登记申报条件。"
        if self.route is not None:
            one = self.route.route
            return f"可以申报{self.level}：符合{one.name}“{one.wording}”。"
        if self.answer == "none":
            reasons = "；".join(f"{one.route.name}：{'，'.join(one.lacks)}" for one in self.routes)
            return f"不能申报{self.level}：{len(self.routes)}条申报条件都不符合（{reasons}）。"
        ways = "、".join(f"{one.route.name}" for one in self.open_routes)
        return (
            f"暂不能确定能否申报{self.level}：可能符合{ways}，"
            f"还需要其中一条的材料——{'；'.join(map(_needs, self.open_routes))}。"
        )


def _needs(one: RouteVerdict) -> str:
    return f"{one.route.name}：{'、'.join(one.evidence)}"
