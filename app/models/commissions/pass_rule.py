"""Which pass rules does a plan publish: papers, full marks, pass marks, weights?"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Integer, Numeric

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenWhile
from app.core.declarations.reach import Via
from app.models.commissions.enterprise import Plan
from app.models.reference.classification import Level, Occupation

MARKS = Numeric(4, 1)


class PlanPassRule(Entity):
    """合格规则: of a plan, for all or for one occupation or level; the closest row counts."""

    __tablename__ = "plan_pass_rule"
    __label__ = "合格规则"
    __title__ = "plan"
    __area__ = "filing"
    __reach__ = (Via("plan"),)
    __owner__ = (Via("plan"),)
    __open__ = OpenWhile("plan", "draft", called="公布的合格规则")

    plan_id: Mapped[int] = key_to("plan")
    plan: Mapped[Plan] = link("认定计划", list=True)
    occupation_id: Mapped[int | None] = key_to("occupation", nullable=True)
    occupation: Mapped[Occupation | None] = link("职业", list=True, help="空着的适用于各职业")
    level_id: Mapped[int | None] = key_to("level", nullable=True)
    level: Mapped[Level | None] = link("等级", list=True, help="空着的适用于各等级")
    theory_pass: Mapped[Decimal | None] = field(
        MARKS,
        "理论合格线",
        minimum=0,
        nullable=True,
        group="理论",
        list=True,
        help="不考这一科的空着",
    )
    theory_full: Mapped[Decimal] = field(MARKS, "理论满分", minimum=0, default=100, group="理论")
    theory_weight: Mapped[int | None] = field(
        Integer, "理论占比（%）", minimum=0, maximum=100, nullable=True, group="理论"
    )
    practical_pass: Mapped[Decimal | None] = field(
        MARKS,
        "实操合格线",
        minimum=0,
        nullable=True,
        group="实操",
        list=True,
        help="不考这一科的空着",
    )
    practical_full: Mapped[Decimal] = field(MARKS, "实操满分", minimum=0, default=100, group="实操")
    practical_weight: Mapped[int | None] = field(
        Integer, "实操占比（%）", minimum=0, maximum=100, nullable=True, group="实操"
    )
    review_pass: Mapped[Decimal | None] = field(
        MARKS,
        "评审合格线",
        minimum=0,
        nullable=True,
        group="综合评审",
        list=True,
        help="不设综合评审的空着",
    )
    review_full: Mapped[Decimal] = field(
        MARKS, "评审满分", minimum=0, default=100, group="综合评审"
    )
    review_weight: Mapped[int | None] = field(
        Integer, "评审占比（%）", minimum=0, maximum=100, nullable=True, group="综合评审"
    )
    total_pass: Mapped[Decimal | None] = field(
        MARKS,
        "总成绩合格线",
        minimum=0,
        maximum=100,
        nullable=True,
        group="总成绩",
        list=True,
        help="按占比折合为百分制；不看总成绩的空着",
    )
