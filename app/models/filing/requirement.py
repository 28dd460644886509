"""What does a centre require of a filing: which materials, how many examiners?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.models.reference.classification import Occupation

FOR_WHOM = "适用范围"
IN_FORCE = "生效期间"
THEORY = "理论考试"
PRACTICAL = "实操考试与综合评审"
SEVERITIES = (("error", "错误（须改正后才能报送）"), ("warning", "提醒（不阻止报送）"))


class MaterialRequirement(Entity):
    """资料要求: a kind of material that a filing of some bodies must carry (流程五)."""

    __tablename__ = "material_requirement"
    __label__ = "资料要求"

    code: Mapped[str] = field(String(40), "编号", unique=True, list=True, search="exact")
    name: Mapped[str] = field(String(80), "要求", list=True, quick=True, search="contains")
    kind: Mapped[str] = field(
        String(40), "资料种类", codes="material_kind", list=True, search="pick"
    )
    per: Mapped[str] = field(
        String(20),
        "份数",
        default="batch",
        list=True,
        search="pick",
        choices=(("batch", "每批次一份"), ("candidate", "每名参评人员一份")),
        help="每人一份的，合订成一个文件上传到批次也算",
    )
    severity: Mapped[str] = field(
        String(10), "级别", default="error", list=True, search="pick", choices=SEVERITIES, bulk=True
    )
    clause: Mapped[str] = field(
        String(60), "依据", default="", list=True, help="如“流程五”；中心自定的空着"
    )
    body_kind: Mapped[str] = field(
        String(20),
        "机构类型",
        default="",
        codes="body_kind",
        group=FOR_WHOM,
        list=True,
        search="pick",
        help="空着为各类机构",
    )
    target: Mapped[str] = field(
        String(40),
        "评价对象",
        default="",
        codes="evaluation_target",
        group=FOR_WHOM,
        list=True,
        search="pick",
        help="空着为各种对象",
    )
    whom: Mapped[str] = field(
        String(20),
        "参评人员",
        default="",
        group=FOR_WHOM,
        search="pick",
        choices=(("holding", "已持有证书的"), ("without", "没有证书、按年限等直接申报的")),
        help="空着为所有人；批次里没有这样的人就不要求",
    )
    valid_from: Mapped[date] = field(Date, "生效日期", group=IN_FORCE, list=True, search="range")
    valid_to: Mapped[date | None] = field(
        Date,
        "失效日期",
        not_before="valid_from",
        nullable=True,
        group=IN_FORCE,
        list=True,
        help="以报送日为准；一直有效的空着",
    )


class StaffingRule(Entity):
    """考务人员配备: how many invigilators and assessors an examination needs."""

    __tablename__ = "staffing_rule"
    __label__ = "考务人员配备"

    code: Mapped[str] = field(String(40), "编号", unique=True, list=True, search="exact")
    name: Mapped[str] = field(String(80), "名称", list=True, quick=True, search="contains")
    occupation_id: Mapped[int | None] = key_to("occupation", nullable=True)
    occupation: Mapped[Occupation | None] = link(
        "职业", list=True, help="空着为通用；职业标准另有规定的单列一条"
    )
    severity: Mapped[str] = field(
        String(10),
        "人数不足的级别",
        default="warning",
        list=True,
        search="pick",
        choices=SEVERITIES,
        bulk=True,
    )
    theory_ratio: Mapped[int] = field(
        Integer, "每名监考至多监考人数", minimum=0, default=15, group=THEORY, list=True
    )
    theory_least: Mapped[int] = field(
        Integer, "每个考场至少监考人数", minimum=0, default=2, group=THEORY, list=True
    )
    practical_least: Mapped[int] = field(
        Integer, "实操至少考评员数", minimum=0, default=3, group=PRACTICAL, list=True
    )
    practical_ratio: Mapped[int] = field(
        Integer, "每名考评员至多考评人数", minimum=0, default=0, group=PRACTICAL, help="0 为不限"
    )
    practical_odd: Mapped[bool] = field(
        Boolean, "实操考评员须为单数", default=True, group=PRACTICAL
    )
    review_least: Mapped[int] = field(
        Integer,
        "综合评审至少考评员数",
        minimum=0,
        default=3,
        group=PRACTICAL,
        help="技师、高级技师等另有评审",
    )
    review_odd: Mapped[bool] = field(Boolean, "评审考评员须为单数", default=True, group=PRACTICAL)
    own_employer: Mapped[str] = field(
        String(10),
        "考评员与参评人员同单位",
        default="warning",
        group=PRACTICAL,
        choices=(*SEVERITIES, ("allowed", "允许")),
        help="用人单位评价本单位员工的不检查",
    )
    supervisor_rooms: Mapped[int] = field(
        Integer,
        "每名督导员至多同时督导考场数",
        minimum=0,
        default=0,
        group="督导",
        help="0 为不限：一名督导员可以巡视本批次的各个考场",
    )
    valid_from: Mapped[date] = field(Date, "生效日期", group=IN_FORCE, list=True, search="range")
    valid_to: Mapped[date | None] = field(
        Date,
        "失效日期",
        not_before="valid_from",
        nullable=True,
        group=IN_FORCE,
        help="以考试日为准；一直有效的空着",
    )
