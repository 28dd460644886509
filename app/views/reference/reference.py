"""How are the shared codes shown: regions, occupations, levels, code lists, the calendar?"""

from __future__ import annotations

from typing import Any

from app.core.views.addresses import page_url
from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.models import (
    CalendarYear,
    Centre,
    EligibilityRoute,
    Level,
    MaterialRequirement,
    Occupation,
    Region,
    StaffingRule,
    WorkdayOverride,
    WorkType,
)


class RegionView(EntityView):
    """行政区划."""

    datamodel = EntityInterface(Region)


class CentreView(EntityView):
    """鉴定中心."""

    datamodel = EntityInterface(Centre)


class WorkTypeView(EntityView):
    """工种."""

    datamodel = EntityInterface(WorkType)
    within = ("occupation",)


class OccupationView(EntityView):
    """职业."""

    datamodel = EntityInterface(Occupation)
    related_views = (WorkTypeView,)
    # Entries above depth 4 are headings of the dictionary, not occupations to evaluate.
    offered = {"depth": 4}


class LevelView(EntityView):
    """技能等级."""

    datamodel = EntityInterface(Level)


class EligibilityRouteView(EntityView):
    """申报条件."""

    datamodel = EntityInterface(EligibilityRoute)
    order = ("level_id", "valid_from", "order")
    facts = ("level", "edition", "valid_from", "valid_to")
    description = "以报名日施行的为准；某职业有自己的条件时，在该职业下登记，不再看通用条件。"


def year_buttons() -> list[dict[str, Any]]:
    """Return the button for importing a whole year, if the user may use it."""
    url = page_url("CalendarImportView.upload")
    return [{"label": "导入年度放假安排", "url": url, "icon": "upload"}] if url else []


class WorkdayOverrideView(EntityView):
    """工作日调整."""

    datamodel = EntityInterface(WorkdayOverride)
    order = ("-day",)
    description = "中心按通知调整的上班日和放假日，优先于国务院公布的放假安排。"

    def list_buttons(self, listing: Listing) -> list[dict[str, Any]]:
        return [*super().list_buttons(listing), *year_buttons()]


class CalendarYearView(EntityView):
    """自录日历年度."""

    datamodel = EntityInterface(CalendarYear)
    order = ("-year",)

    def list_buttons(self, listing: Listing) -> list[dict[str, Any]]:
        return [*super().list_buttons(listing), *year_buttons()]


class MaterialRequirementView(EntityView):
    """资料要求."""

    datamodel = EntityInterface(MaterialRequirement)
    description = "报送时应附哪些报名资料。报送前检查按此逐项核对，改动从下一次检查起生效。"


class StaffingRuleView(EntityView):
    """考务人员配备."""

    datamodel = EntityInterface(StaffingRule)
    description = "每场考试应配多少监考人员和考评员；职业标准另有规定的，为该职业单列一条。"
