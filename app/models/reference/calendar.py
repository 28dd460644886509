"""Which days does the centre count differently from the published calendar?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field


class WorkdayOverride(Entity):
    """工作日调整: a day that a centre declares working or free."""

    __tablename__ = "workday_override"
    __label__ = "工作日调整"
    __title__ = "day"

    day: Mapped[date] = field(Date, "日期", unique=True, list=True, search="range")
    working: Mapped[bool] = field(
        Boolean,
        "上班",
        default=False,
        list=True,
        search="pick",
        help="勾选为上班，不勾为放假",
        bulk=True,
    )
    note: Mapped[str] = field(String(80), "说明", default="", list=True, quick=True, bulk=True)


class CalendarYear(Entity):
    """日历年度: a year whose holidays the centre has entered completely by hand."""

    __tablename__ = "calendar_year"
    __label__ = "自录日历年度"
    __title__ = "year"

    year: Mapped[int] = field(
        Integer,
        "年度",
        minimum=1900,
        maximum=2999,
        unique=True,
        list=True,
        search="exact",
        help="登记后，该年按“周末休息＋工作日调整”计算；未登记又无国务院日历的年度拒绝计算",
    )
    source: Mapped[str] = field(String(160), "依据", list=True, help="国务院办公厅通知的文号")
