"""Which bodies evaluate, with which approved scope and at which sites?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String, Text, UniqueConstraint

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import AlwaysOpen
from app.core.declarations.reach import Linked, Via
from app.models.owners import OF_BODY, ByBody, ByCentre
from app.models.reference.centre import Centre
from app.models.reference.classification import Level, Occupation, Region, WorkType

REGISTRATION = "备案信息"
#: An example of a unified social credit code; it belongs to no organisation.
CREDIT_CODE = "91350100M000100Y43"
CONTACT = "联系方式"


class Body(Stateful, Entity):
    """职业技能等级认定机构（评价机构）."""

    __tablename__ = "body"
    __label__ = "评价机构"
    __area__ = "bodies"
    __reach__ = (
        ByBody("id"),
        ByCentre("centre_id"),
        ByCentre("city_centre_id"),
        Linked("Batch", "body_id"),
    )

    __owner__ = (ByCentre("centre_id"),)
    __open__ = AlwaysOpen(
        "the centre keeps the particulars of a body up to date whatever its standing"
    )

    code: Mapped[str] = field(
        String(40), "机构备案编号", unique=True, list=True, quick=True, search="prefix"
    )
    name: Mapped[str] = field(
        String(120), "机构名称", list=True, quick=True, search="contains", index=True
    )
    kind: Mapped[str] = field(String(20), "机构类型", list=True, search="pick", codes="body_kind")
    credit_code: Mapped[str] = field(
        String(18),
        "统一社会信用代码",
        default="",
        search="exact",
        code_like=True,
        sample=CREDIT_CODE,
    )
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link(
        "备案中心", foreign_keys="Body.centre_id", list=True, group=REGISTRATION
    )
    city_centre_id: Mapped[int] = key_to("centre")
    city_centre: Mapped[Centre] = link(
        "属地中心", foreign_keys="Body.city_centre_id", group=REGISTRATION, bulk=True
    )
    region_id: Mapped[int] = key_to("region")
    region: Mapped[Region] = link("所在地区", group=REGISTRATION, bulk=True)
    valid_from: Mapped[date] = field(Date, "有效期起", list=True, group=REGISTRATION, bulk=True)
    valid_to: Mapped[date] = field(
        Date,
        "有效期止",
        not_before="valid_from",
        list=True,
        search="range",
        group=REGISTRATION,
        bulk=True,
    )
    contact: Mapped[str] = field(
        String(40), "联系人", default="", list=True, group=CONTACT, bulk=True
    )
    phone: Mapped[str] = field(String(40), "联系电话", default="", group=CONTACT, bulk=True)
    complaint_phone: Mapped[str] = field(
        String(40), "监督举报电话", default="", group=CONTACT, bulk=True
    )
    address: Mapped[str] = field(String(120), "地址", default="", group=CONTACT)
    remark: Mapped[str] = field(Text, "备注", default="", multiline=True, export=False, bulk=True)


class BodyScope(Entity):
    """备案范围: one occupation and work type, up to a highest level."""

    __tablename__ = "body_scope"
    __label__ = "备案范围"
    __title__ = "work_type"
    __area__ = "bodies"
    __reach__ = (Via("body"),)
    __owner__ = (Via("body"),)
    __open__ = AlwaysOpen("the centre grants and narrows the scope at any time")
    __table_args__ = (UniqueConstraint("body_id", "work_type_id"),)

    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    occupation_id: Mapped[int] = key_to("occupation")
    occupation: Mapped[Occupation] = link("职业", list=True)
    work_type_id: Mapped[int] = key_to("work_type")
    work_type: Mapped[WorkType] = link("工种", list=True)
    lowest_level_id: Mapped[int] = key_to("level")
    lowest_level: Mapped[Level] = link(
        "最低等级", foreign_keys="BodyScope.lowest_level_id", list=True, bulk=True
    )
    highest_level_id: Mapped[int] = key_to("level")
    highest_level: Mapped[Level] = link(
        "最高等级", foreign_keys="BodyScope.highest_level_id", list=True, bulk=True
    )


class Site(Entity):
    """考点: where examinations are held."""

    __tablename__ = "site"
    __label__ = "考点"
    __natural_key__ = ("body", "name")
    __area__ = "filing"
    __reach__ = (Via("body"),)
    __owner__ = OF_BODY
    __open__ = AlwaysOpen("a body opens and gives up sites at any time")

    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    name: Mapped[str] = field(String(80), "考点名称", list=True, quick=True, search="contains")
    region_id: Mapped[int] = key_to("region")
    region: Mapped[Region] = link("所在地区", list=True, bulk=True)
    address: Mapped[str] = field(String(120), "地址", default="", list=True)
    capacity: Mapped[int] = field(
        Integer, "容纳人数", minimum=0, default=0, list=True, search="range", bulk=True
    )
    contact: Mapped[str] = field(String(40), "联系人", default="", list=True, bulk=True)
    phone: Mapped[str] = field(String(40), "联系电话", default="", list=True, bulk=True)
