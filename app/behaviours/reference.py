"""How do code lists, the calendar, routes of eligibility and printed places behave?"""

from __future__ import annotations

from sqlalchemy import select

from app.core.declarations.behaviour import Behaviour, Behaviours
from app.core.declarations.field import describe
from app.core.declarations.limits import FIRST_YEAR, LAST_YEAR
from app.core.errors import Problem
from app.core.records import code_uses
from app.core.refusals.records import YEAR_UNREAL
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind
from app.models import CalendarYear, CertificatePlace, EligibilityRoute
from app.models.certificates.certificate_place import PAGE, TEXT
from app.rules.certificates import place
from app.rules.reference.period import period_problems
from app.rules.sign_up import route


def _calendar_year(session: AnySession, item: CalendarYear) -> list[Problem]:
    if FIRST_YEAR <= item.year <= LAST_YEAR:
        return []
    return [YEAR_UNREAL.saying("年度须是四位数的年份，请核对", field="year")]


def _route(session: AnySession, item: EligibilityRoute) -> list[Problem]:
    found = period_problems(item.valid_from, item.valid_to, "valid_to", "施行期")
    lower = item.lower_level
    labels = {one.name: one.label for one in describe(EligibilityRoute).fields}
    for name, named in (
        ("years_since_lower", lower is not None),
        ("years_since_title", bool(item.title_rank)),
    ):
        years = getattr(item, name)
        found += route.incomplete_problems(years, name, labels[name], of_something=named)
    order = lower.order if lower is not None else None
    found += route.lower_level_problems(order, item.level.order, item.level.name)
    for name in ("years", "years_since_lower", "years_since_title", "age"):
        found += route.years_problems(getattr(item, name), name, labels[name])
    return found


def _place(session: AnySession, item: CertificatePlace) -> list[Problem]:
    described = describe(CertificatePlace)
    # The page may be moved to the left and upwards, so these two have no limit of their own.
    edges = ("left", "top") if item.key != PAGE else ()
    measures = [(name, described.field(name).label, 0, 500) for name in edges]
    measures += [
        (one.name, one.label, one.minimum, one.maximum)
        for one in described.fields
        if one.minimum is not None and one.maximum is not None
    ]
    found = place.range_problems((one, getattr(item, one[0])) for one in measures)
    if item.key == TEXT:
        found += place.text_problems(item.text or "")
    pages = select(CertificatePlace).where(
        CertificatePlace.key == PAGE, CertificatePlace.id != (item.id or 0)
    )
    page = session.scalar(pages.limit(1))
    if item.key == PAGE:
        return found + place.page_problems(int(page is not None))
    size = (page.width, page.height) if page is not None else place.USUAL_PAGE
    return found + place.edge_problems(item.left + item.width, item.top + item.height, size)


BEHAVIOURS: Behaviours = {
    CodeKind: Behaviour(check=code_uses.kind_problems),
    CodeItem: Behaviour(check=code_uses.item_problems, keeps=code_uses.in_use),
    CalendarYear: Behaviour(check=_calendar_year),
    EligibilityRoute: Behaviour(check=_route),
    CertificatePlace: Behaviour(check=_place),
}
