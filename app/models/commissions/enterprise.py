"""Which enterprises have their staff evaluated, by which commissions and plans?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String, Text

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenIn
from app.core.declarations.reach import Linked, Via
from app.models.bodies.body import CREDIT_CODE, Body
from app.models.owners import OF_BODY, AnyBody, ByBody, ByCentre
from app.models.reference.centre import Centre
from app.models.reference.classification import Region


class Enterprise(Entity):
    """企业: an employer that has its staff evaluated."""

    __tablename__ = "enterprise"
    __label__ = "企业"
    __natural_key__ = ("credit_code",)
    __area__ = "filing"
    __reach__ = (
        ByCentre("city_centre_id"),
        Linked("Commission", "enterprise_id"),
        Linked("Batch", "enterprise_id"),
        AnyBody(),
    )
    __owner__ = (ByBody("registered_by_id"), ByCentre("city_centre_id"))

    name: Mapped[str] = field(
        String(120), "企业名称", unique=True, list=True, quick=True, search="contains"
    )
    credit_code: Mapped[str] = field(
        String(18),
        "统一社会信用代码",
        unique=True,
        list=True,
        quick=True,
        search="exact",
        code_like=True,
        sample=CREDIT_CODE,
    )
    region_id: Mapped[int] = key_to("region")
    region: Mapped[Region] = link("所在地区", list=True, bulk=True)
    city_centre_id: Mapped[int] = key_to("centre")
    city_centre: Mapped[Centre] = link("属地中心", list=True, bulk=True)
    registered_by_id: Mapped[int | None] = key_to("body", nullable=True)
    registered_by: Mapped[Body | None] = link(
        "登记机构", help="由评价机构登记的企业，该机构可以修改"
    )
    address: Mapped[str] = field(String(120), "单位地址", default="")
    contact: Mapped[str] = field(String(40), "联系人", default="", list=True)
    phone: Mapped[str] = field(String(40), "单位人资部门电话", default="", list=True)


class Commission(Stateful, Entity):
    """委托评价: an enterprise asks, the centre with authority commissions (流程一)."""

    __tablename__ = "commission"
    __label__ = "委托评价"
    __title__ = "no"
    __natural_key__ = ("enterprise", "body", "content")
    __area__ = "filing"
    __reach__ = (ByBody("body_id"), ByCentre("centre_id"), Linked("Batch", "commission_id"))
    __owner__ = (*OF_BODY, ByCentre("centre_id"))
    __open__ = OpenIn("draft", "returned")

    no: Mapped[str] = field(
        String(40), "委托编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    letter_no: Mapped[str] = field(
        String(60), "委托函文号", default="", list=True, quick=True, form=False
    )
    letter_date: Mapped[date | None] = field(
        Date, "委托函日期", nullable=True, list=True, search="range", form=False
    )
    enterprise_id: Mapped[int] = key_to("enterprise")
    enterprise: Mapped[Enterprise] = link("委托企业", list=True)
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("受托评价机构", list=True)
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("委托中心", help="按管理权限出具委托函的省、市中心", bulk=True)
    requested_on: Mapped[date | None] = field(Date, "提出日期", nullable=True, list=True)
    valid_to: Mapped[date | None] = field(
        Date, "委托有效期止", nullable=True, list=True, search="range", bulk=True
    )
    content: Mapped[str] = field(
        Text, "委托内容", default="", multiline=True, help="职业、工种、等级与人数"
    )
    promise: Mapped[bool] = field(
        Boolean, "企业已承诺兑现待遇", default=False, group="企业承诺", search="pick", bulk=True
    )
    remark: Mapped[str] = field(Text, "备注", default="", multiline=True, export=False, bulk=True)


class Plan(Stateful, Entity):
    """认定计划: what will be evaluated, published before sign-up (流程二)."""

    __tablename__ = "plan"
    __label__ = "认定计划"
    __title__ = "no"
    __natural_key__ = ("body", "year", "title")
    __area__ = "filing"
    __reach__ = (ByBody("body_id"), Via("body"), Linked("Batch", "plan_id"))
    __owner__ = OF_BODY
    __open__ = OpenIn("draft")

    no: Mapped[str] = field(
        String(40), "计划编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    title: Mapped[str] = field(String(120), "计划名称", list=True, quick=True, search="contains")
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    enterprise_id: Mapped[int | None] = key_to("enterprise", nullable=True)
    enterprise: Mapped[Enterprise | None] = link("企业", list=True)
    year: Mapped[int] = field(
        Integer, "年度", minimum=1900, maximum=2999, list=True, search="exact", bulk=True
    )
    planned_from: Mapped[date | None] = field(
        Date, "计划开始", nullable=True, group="评价安排", bulk=True
    )
    planned_to: Mapped[date | None] = field(
        Date, "计划结束", not_before="planned_from", nullable=True, group="评价安排", bulk=True
    )
    arrangement: Mapped[str] = field(
        Text, "评价安排", default="", multiline=True, group="评价安排", bulk=True
    )
    conditions: Mapped[str] = field(
        Text, "报名条件", default="", multiline=True, group="公布内容", bulk=True
    )
    content: Mapped[str] = field(
        Text, "评价内容", default="", multiline=True, group="公布内容", bulk=True
    )
    incentives: Mapped[str] = field(
        Text, "激励机制", default="", multiline=True, group="公布内容", bulk=True
    )
    published_on: Mapped[date | None] = field(
        Date, "公布日期", nullable=True, list=True, search="range", form=False
    )
    published_at_place: Mapped[str] = field(
        String(200), "公布方式", default="", group="公布内容", help="网址、公告栏等", bulk=True
    )
