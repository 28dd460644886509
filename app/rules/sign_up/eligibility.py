"""May this person apply for this level, by which route, and which evidence is missing?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.rules.reference.gender_and_age import age_on
from app.rules.reference.level import NOTICE_LEVELS, LevelName, level_name
from app.rules.sign_up.eligibility_facts import (
    GRADUATES,
    TITLE_NAMES,
    TITLE_RANKS,
    Graduates,
    Kind,
    Person,
    Route,
)
from app.rules.sign_up.eligibility_verdict import Answer, Condition, RouteVerdict, Verdict

SELF_SETTLED: Mapping[Kind, str] = {
    "contest": "竞赛获奖证书及晋升的文件依据",
    "direct": "直接认定的文件依据",
}


def verdict(
    person: Person,
    level: str,
    routes: Sequence[Route],
    levels: Sequence[LevelName] = NOTICE_LEVELS,
) -> Verdict:
    """Return the verdict for a level (a digit) by the routes in force on the sign-up day.

    Routes by competition or direct recognition count only if ``person.kinds`` includes them.
    """
    judged = tuple(
        RouteVerdict(route, tuple(_conditions(person, route, levels)))
        for route in routes
        # Competition and direct recognition are open only to batches of that kind of evaluation.
        if route.kind == "standard" or route.kind in person.kinds
    )
    return Verdict(level_name(level, levels), judged)


def _conditions(person: Person, route: Route, levels: Sequence[LevelName]) -> list[Condition]:
    """Return the person's answer to each requirement of the route, in order."""
    asked: tuple[tuple[object, Callable[[], Condition]], ...] = (
        (route.age is not None, lambda: _age(person, route.age or 0)),
        (route.lower, lambda: _lower(person, route.lower, levels)),
        (route.title, lambda: _title(person, route.title)),
        (route.graduate, lambda: _graduate(person, route)),
        (route.graduate and route.in_field, lambda: _field_of_study(person)),
        (route.apprenticeship, lambda: _apprenticeship(person)),
        (route.years is not None, lambda: _years(person, route.years or 0)),
        (
            route.lower and route.years_since_lower is not None,
            lambda: _since_lower(person, route, levels),
        ),
        (route.title and route.years_since_title is not None, lambda: _since_title(person, route)),
        (route.kind != "standard", lambda: _settled(person, route.kind)),
    )
    found = [condition() for wanted, condition in asked if wanted]
    # A route without requirements has not been entered completely: do not let everyone pass.
    return found or [Condition("unknown", "这一条没有登记具体条件", evidence=route.wording)]


def _age(person: Person, least: int) -> Condition:
    reason = f"未满{least}周岁"
    if person.born is None:
        return Condition("unknown", f"须年满{least}周岁，出生日期未登记", evidence="有效身份证件")
    if age_on(person.born, person.day) >= least:
        return Condition("met", f"已满{least}周岁")
    return Condition("unmet", reason, reason)


def _years(person: Person, least: int) -> Condition:
    reason = f"从事本职业不满{least}年"
    if person.years is None:
        text = f"须从事本职业或相关职业满{least}年，年限未登记"
        return Condition("unknown", text, evidence=f"从事本职业满{least}年的工作年限证明")
    if person.years >= least:
        return Condition("met", f"从事本职业{person.years}年，已满{least}年")
    return Condition("unmet", f"从事本职业{person.years}年，不满{least}年", reason)


def _lower(person: Person, lower: str, levels: Sequence[LevelName]) -> Condition:
    name = level_name(lower, levels)
    reason = f"未持有{name}证书"
    if person.current is None:
        text = f"须持有{name}证书，现有证书未登记"
        return Condition("unknown", text, evidence=f"{name}职业资格（技能等级）证书")
    order = {one.digit: one.order for one in levels}
    if person.current == lower:
        return Condition("met", f"持有{name}证书")
    if order.get(person.current, -1) > order.get(lower, 0):
        return Condition("met", f"持有高于{name}的{level_name(person.current, levels)}证书")
    held = f"现有{level_name(person.current, levels)}证书" if person.current else "没有现有证书"
    return Condition("unmet", f"须持有{name}证书，{held}", reason)


def _since_lower(person: Person, route: Route, levels: Sequence[LevelName]) -> Condition:
    least, name = route.years_since_lower or 0, level_name(route.lower, levels)
    # A higher certificate was obtained later than the one required: its date is only a bound.
    exact = person.current == route.lower
    return _since(person, least, person.current_date, f"取得{name}证书", "现有证书", exact=exact)


def _since_title(person: Person, route: Route) -> Condition:
    name = TITLE_NAMES.get(route.title, route.title)
    exact = person.title == route.title
    least = route.years_since_title or 0
    return _since(person, least, person.title_date, f"取得{name}", "职称证书", exact=exact)


def _since(
    person: Person, least: int, since: date | None, what: str, document: str, *, exact: bool
) -> Condition:
    """Judge the years worked since a day, which cannot exceed all years in the occupation."""
    wanted = f"{what}后从事本职业满{least}年"
    reason = f"{what}后从事本职业不满{least}年"
    # Without any date this is certain: years since a certificate are part of all years.
    if person.years is not None and person.years < least:
        text = f"须{wanted}，从事本职业一共才{person.years}年"
        return Condition("unmet", text, reason)
    if since is None:
        text = f"须{wanted}，{document}的取得时间未登记"
        return Condition("unknown", text, evidence=f"{document}的取得时间（取得后须满{least}年）")
    if age_on(since, person.day) < least:
        if exact:
            return Condition("unmet", f"须{wanted}，{since}取得，到报名日不满{least}年", reason)
        text = f"须{wanted}，只登记了更高一级的取得时间{since}"
        return Condition("unknown", text, evidence=f"{document}的取得时间（取得后须满{least}年）")
    if person.years is None:
        text = f"须{wanted}，{since}取得，从事本职业的年限未登记"
        return Condition("unknown", text, evidence=f"{wanted}的工作年限证明")
    return Condition("met", f"{what}已满{least}年（{since}）")


def _title(person: Person, wanted: str) -> Condition:
    name = TITLE_NAMES.get(wanted, wanted)
    if person.title is None or person.title not in TITLE_RANKS:
        return Condition("unknown", f"须有{name}，职称未登记", evidence=f"专业对应的{name}证书")
    if TITLE_RANKS[person.title] >= TITLE_RANKS.get(wanted, 0):
        return Condition("met", f"有{TITLE_NAMES.get(person.title, '职称')}")
    return Condition("unmet", f"须有{name}，现无", f"没有{name}")


def _graduate(person: Person, route: Route) -> Condition:
    wanted = GRADUATES[route.graduate]
    name = f"{wanted.name}{'（含应届毕业生）' if route.final_year else ''}"
    reason, needed = f"不是{wanted.name}", _diploma(wanted, route)
    # Unknown is not yes: it must neither open this route nor close it.
    finishing = person.final_year is True
    if finishing and not route.final_year:
        return Condition("unmet", f"须是{wanted.name}，应届在校生尚未毕业", reason)
    answer = _of_school(person, wanted, finishing=finishing)
    if answer == "unknown" or (
        answer == "unmet" and person.final_year is None and route.final_year
    ):
        text = f"须是{name}，毕业院校或应届情况未登记"
        return Condition("unknown", text, evidence=needed)
    if answer == "met":
        return Condition("met", f"是{name}")
    return Condition("unmet", f"须是{name}，登记的学历不是", reason)


def _diploma(wanted: Graduates, route: Route) -> str:
    proof = "毕业证书或应届毕业生的在校证明" if route.final_year else "毕业证书"
    return f"{wanted.name.removesuffix('毕业生')}{proof}"


def _of_school(person: Person, wanted: Graduates, *, finishing: bool) -> Answer:
    if person.school is not None and person.school != "other":
        if person.school in wanted.schools:
            return "met"
        return "unknown" if person.school in wanted.perhaps else "unmet"
    # People still at school enter the degree that they already hold, not the coming one.
    if person.education is None or finishing:
        return "unknown"
    if person.education in wanted.degrees:
        return "met"
    return "unknown" if person.education in wanted.perhaps_degrees else "unmet"


def _field_of_study(person: Person) -> Condition:
    if person.related is None:
        text = "所学专业须是本专业或相关专业，尚未核对"
        return Condition("unknown", text, evidence="载明本专业或相关专业的毕业证书")
    if person.related:
        return Condition("met", "所学专业是本专业或相关专业")
    text = "所学专业不是本专业或相关专业"
    return Condition("unmet", text, text)


def _apprenticeship(person: Person) -> Condition:
    if person.apprenticed is None:
        text = "须学徒期满，未登记是否学徒期满"
        return Condition("unknown", text, evidence="学徒期满的证明")
    if person.apprenticed:
        return Condition("met", "学徒期满")
    return Condition("unmet", "学徒期未满", "学徒期未满")


def _settled(person: Person, kind: Kind) -> Condition:
    needed = SELF_SETTLED.get(kind, "文件依据")
    if person.settled:
        return Condition("met", f"已登记{needed}")
    return Condition("unknown", f"须有{needed}，尚未登记", evidence=needed)
