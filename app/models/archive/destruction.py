"""What was destroyed after its retention, by whom, how and before which witnesses?"""

from __future__ import annotations

from datetime import date

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Column, Date, ForeignKey, String, Table, Text

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link, links
from app.core.declarations.opening import OpenIn
from app.models.archive.archive import ArchiveFile
from app.models.bodies.body import Body
from app.models.owners import ByBody, ByCentre
from app.models.reference.centre import Centre

HANDLING = "申请与审批"
METHODS = (
    ("shred", "粉碎"),
    ("pulp", "化浆"),
    ("burn", "焚毁"),
    ("erase", "电子数据清除"),
    ("mixed", "纸质粉碎并清除电子数据"),
)

destruction_file = Table(
    "destruction_file",
    Model.metadata,
    Column("destruction_id", ForeignKey("destruction.id", ondelete="CASCADE"), primary_key=True),
    Column("file_id", ForeignKey("archive_file.id"), primary_key=True, index=True),
)


class Destruction(Stateful, Entity):
    """档案销毁: a list of files of one body, applied for by one and allowed by another.

    The record itself is kept for ever: only a draft can be deleted.
    """

    __tablename__ = "destruction"
    __label__ = "档案销毁"
    __title__ = "no"
    __area__ = "filing"
    __reach__ = (ByBody(), ByCentre("centre_id"))
    __open__ = OpenIn("draft")

    no: Mapped[str] = field(
        String(40), "销毁编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("审批中心", form=False)
    files: Mapped[list[ArchiveFile]] = links(
        "销毁的资料",
        secondary=destruction_file,
        order_by="ArchiveFile.id",
        help="在“到期可销毁”中勾选后办理“申请销毁”，可一次选入",
    )
    method: Mapped[str] = field(
        String(20), "销毁方式", choices=METHODS, default="shred", list=True, search="pick"
    )
    place: Mapped[str] = field(String(120), "销毁地点", default="")
    reason: Mapped[str] = field(Text, "销毁理由", default="保管期满", multiline=True)
    witnesses: Mapped[str] = field(
        String(120), "监销人", default="", list=True, help="到场监督销毁的人，至少两人，用、分开"
    )
    destroyed_on: Mapped[date | None] = field(
        Date, "销毁日期", nullable=True, list=True, search="range", form=False
    )
    applied_by: Mapped[str] = field(
        String(80), "申请人", default="", group=HANDLING, form=False, list=True
    )
    applied_on: Mapped[date | None] = field(
        Date, "申请日期", nullable=True, group=HANDLING, form=False, search="range"
    )
    approved_by: Mapped[str] = field(
        String(80), "批准人", default="", group=HANDLING, form=False, list=True
    )
    approved_on: Mapped[date | None] = field(
        Date, "批准日期", nullable=True, group=HANDLING, form=False, search="range"
    )
    carried_out_by: Mapped[str] = field(
        String(80), "经手人", default="", group=HANDLING, form=False
    )
