"""Which files does the archive index list, where and until when are they kept (流程八)?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenIn, OpenWhile
from app.core.declarations.reach import Via
from app.models.filing.batch import Batch


class ArchiveFile(Stateful, Entity):
    """资料存档: one file of a batch; paper at least 3 years, electronic at least 5."""

    __tablename__ = "archive_file"
    __label__ = "资料存档"
    __title__ = "title"
    __natural_key__ = ("batch", "kind", "title")
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = (OpenIn("kept"), OpenWhile("batch", "certified", "archived"))

    state: Mapped[str] = field(
        String(30),
        "状态",
        default="kept",
        index=True,
        list=True,
        search="pick",
        form=False,
        width=90,
    )
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    kind: Mapped[str] = field(
        String(40), "资料种类", codes="archive_kind", list=True, search="pick", bulk=True
    )
    title: Mapped[str] = field(String(120), "题名", list=True, quick=True, search="contains")
    carrier: Mapped[str] = field(
        String(20), "载体", codes="carrier", list=True, search="pick", bulk=True
    )
    quantity: Mapped[int] = field(Integer, "份数", minimum=0, default=1, list=True)
    place: Mapped[str] = field(String(120), "存放位置", default="", list=True, bulk=True)
    archived_on: Mapped[date] = field(Date, "归档日期", list=True, search="range", form=False)
    keep_until: Mapped[date] = field(Date, "保管期限至", list=True, search="range", form=False)
    destroyed_on: Mapped[date | None] = field(
        Date, "销毁日期", nullable=True, search="range", form=False
    )
    remark: Mapped[str] = field(String(200), "备注", default="", bulk=True)
