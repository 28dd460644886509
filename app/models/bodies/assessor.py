"""Which assessors and supervisors are registered, with which cards?"""

from __future__ import annotations

from datetime import date

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Column, Date, ForeignKey, String, Table

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link, links
from app.core.declarations.reach import OpenWhenNull, Via
from app.models.bodies.body import Body
from app.models.owners import ByBody, ByCentre
from app.models.reference.centre import Centre
from app.models.reference.classification import Occupation

assessor_occupation = Table(
    "assessor_occupation",
    Model.metadata,
    Column("assessor_id", ForeignKey("assessor.id", ondelete="CASCADE"), primary_key=True),
    Column("occupation_id", ForeignKey("occupation.id"), primary_key=True, index=True),
)


class Assessor(Entity):
    """考评员: examines in the occupations of the card."""

    __tablename__ = "assessor"
    __label__ = "考评员"
    __area__ = "filing"
    __reach__ = (ByBody(), ByCentre(), Via("body"), OpenWhenNull("body_id"))
    __owner__ = (ByBody(), ByCentre())

    name: Mapped[str] = field(
        String(40), "姓名", list=True, quick=True, search="contains", index=True
    )
    card_no: Mapped[str] = field(
        String(40), "考评员证号", unique=True, list=True, quick=True, search="prefix"
    )
    id_number: Mapped[str] = field(
        String(30), "身份证号", default="", sensitive="id_number", search="exact"
    )
    phone: Mapped[str] = field(String(40), "联系电话", default="", sensitive="phone", list=True)
    employer: Mapped[str] = field(String(120), "工作单位", default="", list=True, bulk=True)
    occupations: Mapped[list[Occupation]] = links(
        "考评职业", secondary=assessor_occupation, bulk=True
    )
    body_id: Mapped[int | None] = key_to("body", nullable=True)
    body: Mapped[Body | None] = link("所属评价机构", list=True, help="空着表示全省共用", bulk=True)
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("发证中心", bulk=True)
    valid_from: Mapped[date] = field(Date, "有效期起", bulk=True)
    valid_to: Mapped[date] = field(
        Date, "有效期止", not_before="valid_from", list=True, search="range", bulk=True
    )


class Supervisor(Entity):
    """督导员: watches an examination on behalf of a centre."""

    __tablename__ = "supervisor"
    __label__ = "督导员"
    __area__ = "supervisors"
    __reach__ = (ByBody(), ByCentre(), Via("body"), OpenWhenNull("body_id"))
    __owner__ = (ByBody(), ByCentre())

    name: Mapped[str] = field(
        String(40), "姓名", list=True, quick=True, search="contains", index=True
    )
    card_no: Mapped[str] = field(
        String(40), "督导员证号", unique=True, list=True, quick=True, search="prefix"
    )
    id_number: Mapped[str] = field(
        String(30), "身份证号", default="", sensitive="id_number", search="exact"
    )
    phone: Mapped[str] = field(String(40), "联系电话", default="", sensitive="phone", list=True)
    employer: Mapped[str] = field(String(120), "工作单位", default="", list=True, bulk=True)
    body_id: Mapped[int | None] = key_to("body", nullable=True)
    body: Mapped[Body | None] = link("所属评价机构", help="空着表示全省共用", bulk=True)
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("发证中心", list=True, bulk=True)
    valid_from: Mapped[date] = field(Date, "有效期起", bulk=True)
    valid_to: Mapped[date] = field(
        Date, "有效期止", not_before="valid_from", list=True, search="range", bulk=True
    )
