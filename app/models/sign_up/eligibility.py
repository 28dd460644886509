"""By which dated routes of the national standards may one apply for a level?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.models.reference.classification import Level, Occupation

CONDITIONS = "条件"
EVIDENCE = "材料"

ROUTE_KINDS = (("standard", "标准条件"), ("contest", "竞赛晋升"), ("direct", "直接认定"))
TITLES = (("", "不要求"), ("junior", "初级"), ("middle", "中级"), ("senior", "高级"))
GRADUATES = (
    ("", "不要求"),
    ("vocational", "技工学校、职业学校毕业"),
    ("any_school", "技工院校、职业院校或高等学校毕业"),
    ("senior_technical", "高级技工学校、技师学院毕业"),
    ("senior_class", "技工院校高级工班及以上毕业"),
    ("college", "大专及以上毕业"),
)


class EligibilityRoute(Entity):
    """申报条件: one way to a level, in force for a time, general or of one occupation."""

    __tablename__ = "eligibility_route"
    __label__ = "申报条件"
    __title__ = "wording"

    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link("申报等级", foreign_keys="EligibilityRoute.level_id", list=True)
    order: Mapped[int] = field(Integer, "条次", list=True, width=60)
    wording: Mapped[str] = field(
        String(300), "条件表述", list=True, quick=True, search="contains", help="申报人看到的原文"
    )
    kind: Mapped[str] = field(
        String(10), "途径", default="standard", choices=ROUTE_KINDS, list=True, search="pick"
    )
    occupation_id: Mapped[int | None] = key_to("occupation", nullable=True)
    occupation: Mapped[Occupation | None] = link(
        "职业", list=True, help="空着的是通用条件；某职业在某等级有自己的条件时，不再看通用条件"
    )
    edition: Mapped[str] = field(String(60), "版本", list=True, search="contains", bulk=True)
    valid_from: Mapped[date] = field(Date, "施行日期", list=True, search="range", bulk=True)
    valid_to: Mapped[date | None] = field(
        Date,
        "停用日期",
        not_before="valid_from",
        nullable=True,
        list=True,
        search="range",
        help="最后适用的一天",
        bulk=True,
    )
    years: Mapped[int | None] = field(
        Integer, "从事本职业满（年）", minimum=0, maximum=60, nullable=True, group=CONDITIONS
    )
    lower_level_id: Mapped[int | None] = key_to("level", nullable=True)
    lower_level: Mapped[Level | None] = link(
        "须持有的证书等级", foreign_keys="EligibilityRoute.lower_level_id", group=CONDITIONS
    )
    years_since_lower: Mapped[int | None] = field(
        Integer, "取得该证书后满（年）", minimum=0, maximum=60, nullable=True, group=CONDITIONS
    )
    graduate: Mapped[str] = field(
        String(20), "毕业要求", default="", choices=GRADUATES, group=CONDITIONS
    )
    in_field: Mapped[bool] = field(Boolean, "须本专业或相关专业", default=False, group=CONDITIONS)
    final_year: Mapped[bool] = field(Boolean, "应届毕业生可报", default=False, group=CONDITIONS)
    title_rank: Mapped[str] = field(
        String(10), "职称要求", default="", choices=TITLES, group=CONDITIONS
    )
    years_since_title: Mapped[int | None] = field(
        Integer, "取得职称后满（年）", minimum=0, maximum=60, nullable=True, group=CONDITIONS
    )
    age: Mapped[int | None] = field(
        Integer, "年满（周岁）", minimum=0, maximum=60, nullable=True, group=CONDITIONS
    )
    apprenticeship: Mapped[bool] = field(Boolean, "学徒期满", default=False, group=CONDITIONS)
    insurance: Mapped[bool] = field(
        Boolean,
        "凭工作年限申报",
        default=False,
        group=EVIDENCE,
        help="社会培训评价组织的参评人员按此条申报的，须有社保证明（通知第二条）",
    )
    evidence: Mapped[str] = field(
        String(200), "应提供的材料", default="", group=EVIDENCE, help="用顿号分开"
    )
    remark: Mapped[str] = field(String(200), "备注", default="")
