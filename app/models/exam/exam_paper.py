"""Which papers are used in the exam, and who printed them under which agreement?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String, Text

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import AlwaysOpen, OpenWhile
from app.core.declarations.reach import Linked, Via
from app.models.bodies.body import Body
from app.models.filing.batch import Batch
from app.models.owners import OF_BODY, ByBody
from app.models.reference.classification import Level, WorkType


class PrintingAgreement(Entity):
    """印刷保密协议: a fixed, qualified printer bound to confidence (流程四)."""

    __tablename__ = "printing_agreement"
    __label__ = "印刷保密协议"
    __title__ = "no"
    __area__ = "filing"
    __reach__ = (ByBody(), Via("body"), Linked("ExamPaper", "agreement_id"))
    __owner__ = OF_BODY
    __open__ = AlwaysOpen("an agreement is renewed while batches that were printed under it go on")

    no: Mapped[str] = field(String(60), "协议编号", unique=True, list=True, quick=True)
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    printer: Mapped[str] = field(String(120), "印制单位", list=True, quick=True, search="contains")
    qualification: Mapped[str] = field(String(120), "印制资质", default="", list=True, bulk=True)
    signed_on: Mapped[date] = field(Date, "签订日期", list=True)
    valid_to: Mapped[date | None] = field(
        Date, "有效期止", nullable=True, list=True, search="range", bulk=True
    )


class ExamPaper(Entity):
    """试卷: where the questions come from and who prints them."""

    __tablename__ = "exam_paper"
    __label__ = "试卷"
    __title__ = "work_type"
    __natural_key__ = ("batch", "work_type", "level")
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = OpenWhile("batch", "draft", "returned")

    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    work_type_id: Mapped[int] = key_to("work_type")
    work_type: Mapped[WorkType] = link("工种", list=True)
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link("等级", list=True)
    source: Mapped[str] = field(
        String(20), "试卷来源", codes="paper_source", list=True, search="pick", bulk=True
    )
    adapted: Mapped[str] = field(
        Text, "调整说明", default="", multiline=True, help="结合企业岗位实际作了哪些调整"
    )
    agreement_id: Mapped[int | None] = key_to("printing_agreement", nullable=True)
    agreement: Mapped[PrintingAgreement | None] = link("印刷保密协议", list=True, bulk=True)
    copies: Mapped[int] = field(Integer, "印数", minimum=0, default=0, list=True, bulk=True)
    sealed: Mapped[bool] = field(
        Boolean, "已密封", default=False, list=True, search="pick", bulk=True
    )
