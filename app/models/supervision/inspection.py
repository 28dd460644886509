"""Which inspections were made, by city or province, and what was found (流程六)?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String, Text

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenIn
from app.core.declarations.reach import NotYet, Via
from app.models.bodies.assessor import Supervisor
from app.models.filing.batch import Batch
from app.models.owners import ByCentre
from app.models.reference.centre import Centre

#: The only state in which what was inspected and found may change: then it is reported.
PLANNED = ("planned",)


class Inspection(Stateful, Entity):
    """督导检查: the city's supervision of a batch or the province's unannounced check."""

    __tablename__ = "inspection"
    __label__ = "督导检查"
    __title__ = "no"
    __natural_key__ = ("batch", "kind", "inspected_on")
    __area__ = "supervision"
    # A spot check is unannounced: until it is carried out, only those who planned it see it.
    __reach__ = (
        NotYet(Via("batch"), (("kind", "spot_check"), ("state", "planned"))),
        ByCentre("centre_id"),
    )
    __owner__ = (ByCentre("centre_id"),)
    __open__ = OpenIn("planned", "done", "rectifying")

    no: Mapped[str] = field(
        String(60), "督导编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    kind: Mapped[str] = field(
        String(20), "督导类型", codes="inspection_kind", fixed=True, list=True, search="pick"
    )
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", fixed=True, list=True)
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("督导中心", fixed=True, list=True)
    supervisor_id: Mapped[int | None] = key_to("supervisor", nullable=True)
    supervisor: Mapped[Supervisor | None] = link("督导员", open_in=PLANNED, list=True, bulk=True)
    inspected_on: Mapped[date] = field(
        Date, "督导日期", open_in=PLANNED, list=True, search="range", bulk=True
    )
    place: Mapped[str] = field(String(120), "地点", default="", open_in=PLANNED, bulk=True)
    findings: Mapped[str] = field(
        Text, "发现的问题", default="", open_in=PLANNED, multiline=True, group="督导结论"
    )
    # An order follows from what was found, and sets the term: nobody prolongs it afterwards.
    rectify_by: Mapped[date | None] = field(
        Date,
        "整改期限",
        nullable=True,
        open_in=(*PLANNED, "done"),
        list=True,
        search="range",
        group="督导结论",
        bulk=True,
    )
    rectification: Mapped[str] = field(
        Text, "整改情况", default="", multiline=True, group="督导结论"
    )
