"""Which results are made public, and which objections and complaints are raised?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String, Text

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenIn, OpenWhile
from app.core.declarations.reach import Via
from app.models.bodies.body import Body
from app.models.filing.batch import Batch
from app.models.owners import ByCentre
from app.models.reference.centre import Centre
from app.models.sign_up.candidate import Candidate
from app.roles import CENTRE


class Publicity(Stateful, Entity):
    """公示: of a batch's results, for a period of working days (流程七)."""

    __tablename__ = "publicity"
    __label__ = "结果公示"
    __title__ = "no"
    __natural_key__ = ("batch", "place")
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = (OpenIn("draft", "open"), OpenWhile("batch", "publicising"))

    no: Mapped[str] = field(
        String(60), "公示编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    opens_on: Mapped[date | None] = field(
        Date, "公示开始", nullable=True, list=True, search="range", form=False
    )
    closes_on: Mapped[date | None] = field(
        Date,
        "公示截止",
        not_before="opens_on",
        nullable=True,
        list=True,
        search="range",
        form=False,
    )
    closed_on: Mapped[date | None] = field(Date, "结束日期", nullable=True, form=False)
    place: Mapped[str] = field(
        String(200), "公示方式", default="", list=True, help="网址、公告栏等", bulk=True
    )
    phone: Mapped[str] = field(String(40), "监督举报电话", default="", list=True, bulk=True)
    remark: Mapped[str] = field(Text, "备注", default="", multiline=True, bulk=True)


class Objection(Stateful, Entity):
    """异议: raised against a publicity; an open one keeps it from closing."""

    __tablename__ = "objection"
    __label__ = "公示异议"
    __title__ = "no"
    __natural_key__ = ("publicity", "raised_on", "raised_by", "content")
    __area__ = "objections"
    __reach__ = (Via("publicity"),)
    __open__ = OpenIn("received")

    no: Mapped[str] = field(
        String(60), "异议编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    publicity_id: Mapped[int] = key_to("publicity")
    publicity: Mapped[Publicity] = link("公示", fixed=True, list=True)
    # The body that an objection is about registers it, and must not reword it afterwards.
    raised_on: Mapped[date] = field(Date, "提出日期", fixed=True, list=True, search="range")
    raised_by: Mapped[str] = field(String(40), "提出人", default="", fixed=True, list=True)
    phone: Mapped[str] = field(String(40), "联系电话", default="", fixed=True, sensitive="phone")
    content: Mapped[str] = field(Text, "异议内容", fixed=True, multiline=True)
    candidate_id: Mapped[int | None] = key_to("candidate", nullable=True)
    candidate: Mapped[Candidate | None] = link(
        "涉及人员", fixed=True, list=True, help="对某一名参评人员的结果有异议的，选择该人员"
    )
    finding: Mapped[str] = field(Text, "核查情况", default="", by=CENTRE, multiline=True)


class Complaint(Stateful, Entity):
    """监督举报: about a body or a batch; seen by the centres only."""

    __tablename__ = "complaint"
    __label__ = "投诉举报"
    __title__ = "no"
    __natural_key__ = ("centre", "received_on", "content")
    __area__ = "supervision"
    __reach__ = (ByCentre("centre_id"),)
    __open__ = OpenIn("received", "investigating")

    no: Mapped[str] = field(
        String(60), "举报编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("受理中心", list=True)
    body_id: Mapped[int | None] = key_to("body", nullable=True)
    body: Mapped[Body | None] = link("被举报机构", fixed=True, list=True)
    batch_id: Mapped[int | None] = key_to("batch", nullable=True)
    batch: Mapped[Batch | None] = link("涉及批次", fixed=True, list=True)
    received_on: Mapped[date] = field(Date, "受理日期", fixed=True, list=True, search="range")
    channel: Mapped[str] = field(
        String(20), "举报渠道", codes="complaint_channel", fixed=True, search="pick", list=True
    )
    complainant: Mapped[str] = field(
        String(40), "举报人", default="", fixed=True, help="匿名的空着"
    )
    phone: Mapped[str] = field(String(40), "联系电话", default="", fixed=True, sensitive="phone")
    content: Mapped[str] = field(Text, "举报内容", fixed=True, multiline=True)
    finding: Mapped[str] = field(Text, "核查情况", default="", by=CENTRE, multiline=True)
