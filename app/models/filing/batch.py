"""Which batches are filed, and how far is each on its way from draft to archive?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String, Text
from sqlalchemy.orm import mapped_column

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenIn
from app.models.bodies.body import Body
from app.models.commissions.enterprise import Commission, Enterprise, Plan
from app.models.owners import ByBody, ByCentre
from app.models.reference.centre import Centre
from app.models.reference.classification import Region

FILING = "备案事项"
PROMISE = "承诺与监督"
CONTACT = "填报信息"
LATE = "逾期报送"

#: Kinds of a batch's next deadline (流程五, 流程七), by their key in ``app.rules.deadlines``.
NEXT_DUE = (
    ("latest_submission", "报送备案"),
    ("publicity_begin", "开始公示"),
    ("publicity_end", "公示期满"),
    ("results_due", "报送结果"),
)


class Batch(Stateful, Entity):
    """认定批次: one filing, the unit that moves through the procedure."""

    __tablename__ = "batch"
    __label__ = "认定批次"
    __title__ = "no"
    __natural_key__ = ("body", "name", "exam_date")
    __area__ = "filing"
    __reach__ = (ByBody(), ByCentre("city_centre_id"), ByCentre("centre_id"))
    __open__ = OpenIn("draft", "returned")
    __hidden__ = Entity.__hidden__ | {"suspended_from", "late_by_id"}

    no: Mapped[str] = field(
        String(60), "批次编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    next_due: Mapped[date | None] = field(
        Date,
        "下一期限",
        nullable=True,
        index=True,
        list=True,
        search="range",
        form=False,
        due="next_due_kind",
        width=230,
        help="按工作日历推算，随状态、认定日期、公示和日历自动更新",
    )
    next_due_kind: Mapped[str] = field(
        String(20),
        "期限事项",
        default="",
        search="pick",
        form=False,
        choices=NEXT_DUE,
    )
    name: Mapped[str] = field(
        String(120), "批次名称", list=True, quick=True, search="contains", width=220
    )
    body_id: Mapped[int] = key_to("body")
    # Fixed, because the number, the approving centre and the roster depend on it.
    body: Mapped[Body] = link("评价机构", fixed=True, list=True)
    enterprise_id: Mapped[int | None] = key_to("enterprise", nullable=True)
    enterprise: Mapped[Enterprise | None] = link("委托企业", list=True)
    commission_id: Mapped[int | None] = key_to("commission", nullable=True)
    commission: Mapped[Commission | None] = link("委托", help="评价其他企业的员工时必填")
    plan_id: Mapped[int | None] = key_to("plan", nullable=True)
    plan: Mapped[Plan | None] = link("认定计划", help="报送备案前须已公布", bulk=True)
    region_id: Mapped[int | None] = key_to("region", nullable=True)
    region: Mapped[Region | None] = link(
        "评价所在地区",
        group=FILING,
        fills_itself=True,
        help="空着取机构所在地区；不在机构所在城市的，须是其考点或委托企业的所在地。"
        "由哪个市中心审核由此确定，首次报送后只能由中心更改",
    )
    city_centre_id: Mapped[int] = key_to("centre")
    # Follows from the region, so that no one picks who reviews.
    city_centre: Mapped[Centre] = link(
        "评价所在地中心", foreign_keys="Batch.city_centre_id", group=FILING, form=False
    )
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link(
        "批准备案中心", foreign_keys="Batch.centre_id", group=FILING, form=False
    )
    exam_date: Mapped[date] = field(
        Date, "认定日期", list=True, search="range", group=FILING, bulk=True
    )
    exam_end: Mapped[date | None] = field(
        Date,
        "结束日期",
        not_before="exam_date",
        nullable=True,
        group=FILING,
        help="只考一天的空着",
        bulk=True,
    )
    place: Mapped[str] = field(String(120), "评价地点", default="", group=FILING, bulk=True)
    target: Mapped[str] = field(
        String(40),
        "评价对象",
        default="commissioned",
        codes="evaluation_target",
        group=FILING,
        search="pick",
        bulk=True,
    )
    mode: Mapped[str] = field(
        String(40),
        "评价方式",
        default="exam",
        codes="evaluation_mode",
        group=FILING,
        search="pick",
        bulk=True,
    )
    promise_public: Mapped[bool] = field(
        Boolean, "待遇承诺已公开", default=False, group=PROMISE, bulk=True
    )
    complaint_phone: Mapped[str] = field(
        String(40), "监督举报电话", default="", group=PROMISE, bulk=True
    )
    roster_checked: Mapped[bool] = field(
        Boolean,
        "企业已审核报名",
        default=False,
        group=PROMISE,
        help="报名资格由企业审核并盖章（流程三）",
        bulk=True,
    )
    roster_approved: Mapped[bool] = field(
        Boolean, "评价机构已核准报名", default=False, group=PROMISE, bulk=True
    )
    contact: Mapped[str] = field(String(40), "填报人", default="", group=CONTACT, bulk=True)
    phone: Mapped[str] = field(String(40), "填报人电话", default="", group=CONTACT, bulk=True)
    submitted_on: Mapped[date | None] = field(
        Date, "报送日期", nullable=True, list=True, search="range", form=False, group=FILING
    )
    filed_on: Mapped[date | None] = field(
        Date, "备案日期", nullable=True, search="range", form=False, group=FILING
    )
    results_on: Mapped[date | None] = field(
        Date, "结果报送日期", nullable=True, form=False, group=FILING
    )
    registered_on: Mapped[date | None] = field(
        Date, "上网备案日期", nullable=True, form=False, group=FILING
    )
    archived_on: Mapped[date | None] = field(
        Date, "归档日期", nullable=True, form=False, group=FILING
    )
    late_reason: Mapped[str] = field(
        Text, "批准逾期报送的原因", default="", form=False, group=LATE, multiline=True
    )
    late_exam: Mapped[date | None] = field(
        Date,
        "批准所对应的认定日期",
        nullable=True,
        form=False,
        group=LATE,
        help="认定日期改动后批准即失效",
    )
    late_on: Mapped[date | None] = field(
        Date, "逾期批准日期", nullable=True, form=False, group=LATE
    )
    late_by: Mapped[str] = field(String(120), "逾期批准人", default="", form=False, group=LATE)
    late_by_id: Mapped[int | None] = mapped_column(Integer)
    suspended_from: Mapped[str] = field(String(30), "暂停前状态", default="", form=False)
    remark: Mapped[str] = field(Text, "备注", default="", multiline=True, export=False, bulk=True)
