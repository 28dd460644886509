"""Which batches does the province check unannounced, by draws that anyone can recompute?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import Issued
from app.core.declarations.reach import Via
from app.models.filing.batch import Batch
from app.models.owners import ByCentre
from app.models.reference.centre import Centre
from app.models.supervision.inspection import Inspection

HOW = "抽取办法"


class SpotCheckDraw(Entity):
    """抽查抽取: a random choice of batches, weighted, with the seed that makes it repeatable."""

    __tablename__ = "spot_check_draw"
    __label__ = "抽查抽取"
    __title__ = "no"
    __area__ = "draws"
    __reach__ = (ByCentre("centre_id"),)
    __open__ = Issued()

    no: Mapped[str] = field(
        String(60), "抽取编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("抽取中心", list=True)
    drawn_on: Mapped[date] = field(Date, "抽取日期", list=True, search="range")
    first_day: Mapped[date] = field(Date, "考试日期起", list=True, group=HOW)
    last_day: Mapped[date] = field(Date, "考试日期止", not_before="first_day", list=True, group=HOW)
    wanted: Mapped[int] = field(Integer, "抽取批次数", minimum=1, list=True, group=HOW)
    population: Mapped[int] = field(
        Integer, "可抽批次数", minimum=0, list=True, group=HOW, help="抽取时已备案或正在考评的批次"
    )
    seed: Mapped[str] = field(
        String(80), "随机种子", list=True, group=HOW, help="用同一种子重算，结果必定相同"
    )
    complaint_weight: Mapped[int] = field(
        Integer, "每件举报加权", minimum=0, group=HOW, help="近两年涉及该机构的举报，每件增加的权重"
    )
    finding_weight: Mapped[int] = field(
        Integer,
        "每次责令整改加权",
        minimum=0,
        group=HOW,
        help="近两年对该机构的责令整改，每次增加的权重",
    )


class SpotCheckEntry(Entity):
    """抽查候选批次: one batch of a draw with its weight, and whether it was chosen."""

    __tablename__ = "spot_check_entry"
    __label__ = "抽查候选批次"
    __title__ = "batch"
    __area__ = "draws"
    __reach__ = (Via("draw"),)
    __open__ = Issued()

    draw_id: Mapped[int] = key_to("spot_check_draw")
    draw: Mapped[SpotCheckDraw] = link("抽查抽取", list=True)
    rank: Mapped[int] = field(Integer, "名次", minimum=0, list=True)
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    complaints: Mapped[int] = field(Integer, "举报件数", minimum=0, list=True)
    findings: Mapped[int] = field(Integer, "责令整改次数", minimum=0, list=True)
    weight: Mapped[int] = field(Integer, "权重", minimum=0, list=True)
    lot: Mapped[str] = field(
        String(40), "签号", list=True, help="由种子和批次编号算出，除以权重后小者先中"
    )
    chosen: Mapped[bool] = field(Boolean, "抽中", default=False, list=True, search="pick")
    inspection_id: Mapped[int | None] = key_to("inspection", nullable=True)
    inspection: Mapped[Inspection | None] = link("督导检查", list=True)
