"""How are the shared codes shown: regions, occupations, levels, code lists, the calendar?"""

from __future__ import annotations

from app.models import (
    CalendarYear,
    Centre,
    CodeItem,
    CodeKind,
    Level,
    Occupation,
    Region,
    WorkdayOverride,
    WorkType,
)
from app.views.base import EntityView
from app.views.interface import EntityInterface


class RegionView(EntityView):
    datamodel = EntityInterface(Region)


class CentreView(EntityView):
    datamodel = EntityInterface(Centre)


class WorkTypeView(EntityView):
    datamodel = EntityInterface(WorkType)
    within = ("occupation",)


class OccupationView(EntityView):
    datamodel = EntityInterface(Occupation)
    related_views = (WorkTypeView,)
    # Classes above depth 4 are headings of the dictionary: nobody is evaluated in them.
    offered = {"depth": 4}


class LevelView(EntityView):
    datamodel = EntityInterface(Level)


class CodeItemView(EntityView):
    datamodel = EntityInterface(CodeItem)


class CodeKindView(EntityView):
    datamodel = EntityInterface(CodeKind)
    related_views = (CodeItemView,)


class WorkdayOverrideView(EntityView):
    datamodel = EntityInterface(WorkdayOverride)
    order = ("-day",)
    description = "中心按通知调整的上班日和放假日，优先于国务院公布的放假安排。"


class CalendarYearView(EntityView):
    datamodel = EntityInterface(CalendarYear)
    order = ("-year",)
