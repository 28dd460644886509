"""How do code lists, the calendar, routes of eligibility and printed places behave?"""

from __future__ import annotations

from sqlalchemy import func, select

from app.behaviours.periods import period_problems
from app.core.declarations.behaviour import Behaviour, Behaviours
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.records import code_uses
from app.core.records.checks import FIRST_YEAR, LAST_YEAR
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind
from app.models import CalendarYear, CertificatePlace, EligibilityRoute
from app.models.certificates.certificate_place import PAGE, TEXT


def _calendar_year(session: AnySession, item: CalendarYear) -> list[Problem]:
    if FIRST_YEAR <= item.year <= LAST_YEAR:
        return []
    return [Problem("year_unreal", "年度须是四位数的年份，请核对", field="year")]


def _route(session: AnySession, item: EligibilityRoute) -> list[Problem]:
    found = period_problems(item.valid_from, item.valid_to, "valid_to", "施行期")
    lower = item.lower_level
    for name, missing in (
        ("years_since_lower", lower is None),
        ("years_since_title", not item.title_rank),
    ):
        if getattr(item, name) is not None and missing:
            label = describe(EligibilityRoute).field(name).label
            message = f"填了“{label}”，没有写明哪一种证书或职称，请一并填写"
            found.append(Problem("route_incomplete", message, field=name))
    if lower is not None and lower.order >= item.level.order:
        message = f"须持有的证书等级应低于{item.level.name}，请核对"
        found.append(Problem("lower_level_not_lower", message, field="lower_level"))
    for name in ("years", "years_since_lower", "years_since_title", "age"):
        number = getattr(item, name)
        if number is not None and not 0 <= number <= 60:
            label = describe(EligibilityRoute).field(name).label
            found.append(Problem("years_range", f"“{label}”应在0至60之间，请核对", field=name))
    return found


def _place(session: AnySession, item: CertificatePlace) -> list[Problem]:
    found = []
    edges = ("left", "top") if item.key != PAGE else ()
    for name, least, most in (
        *((name, 0, 500) for name in edges),
        ("width", 1, 500),
        ("height", 1, 500),
        ("size", 5, 120),
    ):
        if not least <= getattr(item, name) <= most:
            label = describe(CertificatePlace).field(name).label
            message = f"“{label}”应在{least}至{most}之间，请核对"
            found.append(Problem("place_range", message, field=name))
    if item.key == TEXT and not item.text:
        message = "打印内容是固定文字的，请填写“文字”"
        found.append(Problem("place_text_missing", message, field="text"))
    found += _off_the_paper(session, item)
    pages = select(func.count(CertificatePlace.id)).where(
        CertificatePlace.key == PAGE, CertificatePlace.id != (item.id or 0)
    )
    if item.key == PAGE and session.scalar(pages):
        message = "“纸张与整体偏移”已登记了一条，请修改那一条"
        found.append(Problem("place_page_twice", message, field="key"))
    return found


def _off_the_paper(session: AnySession, item: CertificatePlace) -> list[Problem]:
    """A place ends where the paper ends; the paper is A4, lying, until another size is set."""
    if item.key == PAGE:
        return []
    page = session.scalar(select(CertificatePlace).where(CertificatePlace.key == PAGE).limit(1))
    paper = (page.width, page.height) if page is not None else (297, 210)
    ends = ((item.left + item.width, "宽", "width"), (item.top + item.height, "高", "height"))
    return [
        Problem("place_range", f"超出纸张：纸{word} {size} 毫米，这一项到 {end} 毫米", field=name)
        for (end, word, name), size in zip(ends, paper, strict=True)
        if end > size
    ]


BEHAVIOURS: Behaviours = {
    CodeKind: Behaviour(check=code_uses.kind_problems),
    CodeItem: Behaviour(check=code_uses.item_problems, keeps=code_uses.in_use),
    CalendarYear: Behaviour(check=_calendar_year),
    EligibilityRoute: Behaviour(check=_route),
    CertificatePlace: Behaviour(check=_place),
}
