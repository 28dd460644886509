"""Which rules hold for a single row of each table, whoever saves it?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm.attributes import get_history

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.records import code_uses
from app.core.records.read_once import read_once
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind
from app.models import (
    Assessor,
    Batch,
    Body,
    BodyNumberRule,
    BodyScope,
    CalendarYear,
    Candidate,
    CertificateChange,
    CertificatePlace,
    Destruction,
    EligibilityRoute,
    Enterprise,
    ExamPaper,
    ExamSession,
    Material,
    Plan,
    PlanPassRule,
    Score,
    Supervisor,
    WorkType,
)
from app.models.certificates.certificate_place import PAGE, TEXT
from app.rules.commissions.pass_rule import pass_rule_problems, pass_rule_twice_problems
from app.rules.reference.credit_code import credit_code_problems
from app.rules.reference.identity import identity_problems
from app.rules.reference.phone import phone_problems
from app.rules.results.scoring import HUNDRED, mark_problems, shown_mark
from app.rules.sign_up.roster import CandidateRow, candidate_problems
from app.rules.workdays import NoCalendar
from app.services.archive import destructions
from app.services.certificates import certificate_changes, number_rules
from app.services.reference import vocabulary
from app.services.reference.terms import calendar, terms
from app.services.results import scoring

Check = Callable[[AnySession, Any], list[Problem]]

FIRST_YEAR, LAST_YEAR = 1900, 2999


def problems_of(session: AnySession, item: Entity, later: Collection[str] = ()) -> list[Problem]:
    """Everything wrong with the row's values by themselves and against its relations.

    ``later`` names fields that are filled in as the row is written.
    """
    unreal = _days(item)
    found = [*unreal, *_choices(session, item)]
    check = _CHECKS.get(type(item))
    if check is not None and _complete(item, later) and not unreal:
        found.extend(check(session, item))
    return found


def _days(item: Entity) -> list[Problem]:
    """Days that nobody means, and from which no deadline can be counted."""
    return [
        Problem("year_unreal", f"“{field.label}”的年份不对，请核对", field=field.name)
        for field in describe(type(item)).fields
        if isinstance(value := getattr(item, field.name, None), date)
        and not FIRST_YEAR <= value.year <= LAST_YEAR
    ]


def _complete(item: Entity, later: Collection[str]) -> bool:
    """A row that lacks what it must have is judged for that alone."""
    return all(
        getattr(item, field.name, None) not in (None, "")
        or getattr(item, f"{field.name}_id", None) is not None
        for field in describe(type(item)).fields
        if field.required and field.name not in later
    )


def _choices(session: AnySession, item: Entity) -> list[Problem]:
    found = []
    for field in describe(type(item)).fields:
        value = getattr(item, field.name, None)
        if value in (None, "") or not (field.codes or field.choices):
            continue
        known = _known(session, field.codes, field.choices)
        if str(value) not in known:
            message = f"“{field.label}”的值“{value}”不在代码表里，请从列表中选择"
            found.append(Problem("code_unknown", message, field=field.name))
        elif not known[str(value)] and get_history(item, field.name).has_changes():
            # What stands stored stays readable and may be saved again.
            message = f"“{field.label}”选的值已停用，请改选在用的"
            found.append(Problem("code_retired", message, field=field.name))
    return found


@read_once
def _known(
    session: AnySession, kind: str, choices: tuple[tuple[str, str], ...]
) -> Mapping[str, bool]:
    """The values of a list, each with whether it is still to be chosen."""
    if choices:
        return {value: True for value, _label in choices}
    rows = select(CodeItem.code, CodeItem.active).join(CodeItem.kind).where(CodeKind.kind == kind)
    return dict(session.execute(rows).all())


def _in_order(first: date | None, last: date | None, name: str, what: str) -> list[Problem]:
    if first is None or last is None or first <= last:
        return []
    return [Problem("dates_reversed", f"{what}的结束日期早于开始日期，请核对", field=name)]


def _enterprise(session: AnySession, item: Enterprise) -> list[Problem]:
    return credit_code_problems(item.credit_code)


def _body(session: AnySession, item: Body) -> list[Problem]:
    found = _in_order(item.valid_from, item.valid_to, "valid_to", "有效期")
    if item.credit_code:
        found.extend(credit_code_problems(item.credit_code))
    return found


def _scope(session: AnySession, item: BodyScope) -> list[Problem]:
    found = _work_type(item.work_type, item.occupation.id)
    if item.lowest_level.order > item.highest_level.order:
        message = "最低等级高于最高等级，请核对"
        found.append(Problem("levels_reversed", message, field="highest_level"))
    return found


def _work_type(work_type: WorkType, occupation_id: int) -> list[Problem]:
    if work_type.occupation_id == occupation_id:
        return []
    message = f"工种“{work_type.name}”不属于所选职业，请重新选择"
    return [Problem("work_type_of_other_occupation", message, field="work_type")]


def _material(session: AnySession, item: Material) -> list[Problem]:
    if item.candidate is None or item.candidate.batch_id == item.batch.id:
        return []
    message = f"“{item.candidate}”不在批次 {item.batch.no} 的名册里，请重新选择"
    return [Problem("candidate_of_other_batch", message, field="candidate")]


def _paper(session: AnySession, item: ExamPaper) -> list[Problem]:
    if item.agreement is None or item.agreement.body_id == item.batch.body_id:
        return []
    message = f"协议 {item.agreement.no} 不是“{item.batch.body.name}”签订的，请重新选择"
    return [Problem("agreement_of_other_body", message, field="agreement")]


def _calendar_year(session: AnySession, item: CalendarYear) -> list[Problem]:
    if FIRST_YEAR <= item.year <= LAST_YEAR:
        return []
    return [Problem("year_unreal", "年度须是四位数的年份，请核对", field="year")]


def _card(session: AnySession, item: Assessor | Supervisor) -> list[Problem]:
    found = _in_order(item.valid_from, item.valid_to, "valid_to", "有效期")
    if item.id_number:
        found.extend(identity_problems(item.id_number, kind="01"))
    if item.phone:
        found.extend(phone_problems(item.phone))
    return found


def _plan(session: AnySession, item: Plan) -> list[Problem]:
    return _in_order(item.planned_from, item.planned_to, "planned_to", "计划")


def _batch(session: AnySession, item: Batch) -> list[Problem]:
    found = _in_order(item.exam_date, item.exam_end, "exam_end", "认定")
    body, commission, plan = item.body, item.commission, item.plan
    if commission is not None and body is not None and commission.body_id != body.id:
        message = f"委托 {commission.no} 不是委托给“{body.name}”的，请重新选择"
        found.append(Problem("commission_of_other_body", message, field="commission"))
    if plan is not None and body is not None and plan.body_id != body.id:
        message = f"计划 {plan.no} 不是“{body.name}”的，请重新选择"
        found.append(Problem("plan_of_other_body", message, field="plan"))
    return [*found, *_reviewed_by_city(item), *_uncounted(session, item)]


def _reviewed_by_city(item: Batch) -> list[Problem]:
    if item.city_centre is None or item.city_centre.level == "city":
        return []
    message = "报送的材料先由评价所在地的市中心审核，请选择市级中心"
    return [Problem("city_centre_level", message, field="city_centre", clause="流程五")]


def _uncounted(session: AnySession, item: Batch) -> list[Problem]:
    """An exam day whose deadlines cannot be counted, for lack of that year's holidays."""
    try:
        calendar(session).latest_submission(item.exam_date, terms().filing_whole_days)
    except NoCalendar as missing:
        return [Problem("no_calendar", missing.message, field="exam_date", clause="流程五")]
    return []


def _candidate(session: AnySession, item: Candidate) -> list[Problem]:
    approved = vocabulary.approved_scope(session, item.batch.body_id)
    genders = vocabulary.code_lists(session).get("gender", ())
    row = CandidateRow(
        name=item.name,
        gender=vocabulary.code_name(item.gender, genders),
        document_kind=item.document_kind or "01",
        id_number=item.id_number,
        years=item.years,
        occupation=item.occupation.name,
        work_type=item.work_type.name,
        level=item.level.digit,
        current_level=item.current_level.digit if item.current_level else None,
        phone=item.phone or None,
    )
    return candidate_problems(
        row,
        exam_date=item.batch.exam_date,
        levels=vocabulary.levels(session).names,
        scope=approved.items,
        minimum_age=terms().minimum_age,
    )


def _session(session: AnySession, item: ExamSession) -> list[Problem]:
    found = _work_type(item.work_type, item.occupation.id)
    for name, start, end in (
        ("theory_end", item.theory_start, item.theory_end),
        ("practical_end", item.practical_start, item.practical_end),
    ):
        if start is not None and end is not None and end <= start:
            message = "结束时间须晚于开始时间，请核对"
            found.append(Problem("times_reversed", message, field=name))
    if item.headcount <= 0:
        found.append(Problem("headcount", "人数须大于 0", field="headcount"))
    return found


def _score(session: AnySession, item: Score) -> list[Problem]:
    found: list[Problem] = []
    person = item.candidate
    asked = scoring.outcomes(session, person.batch).rule(person).papers
    carried = scoring.carried(person)
    for name in scoring.PAPERS:
        mark, state = getattr(item, name), getattr(item, f"{name}_state") or "normal"
        full = asked[name].full if name in asked else HUNDRED
        found.extend(replace(one, field=name) for one in mark_problems(mark, name, full))
        if name in carried and (mark is not None or state != "normal"):
            label = describe(Score).field(name).label
            message = f"“{label}”沿用前次的 {shown_mark(carried[name])} 分，本次不填"
            found.append(Problem("paper_carried", message, field=name))
        if mark is not None and state in ("absent", "deferred"):
            label = describe(Score).field(name).label
            message = f"“{label}”填了分数又标了缺考或缓考，请只保留一项"
            found.append(Problem("mark_with_state", message, field=name))
    return found


def _pass_rule(session: AnySession, item: PlanPassRule) -> list[Problem]:
    same = select(func.count(PlanPassRule.id)).where(
        PlanPassRule.plan_id == item.plan.id,
        PlanPassRule.id != (item.id or 0),
        PlanPassRule.occupation_id.is_not_distinct_from(item.occupation and item.occupation.id),
        PlanPassRule.level_id.is_not_distinct_from(item.level and item.level.id),
    )
    return [
        *pass_rule_problems(scoring.rule_of(item)),
        *pass_rule_twice_problems(int(session.scalar(same) or 0)),
    ]


def _route(session: AnySession, item: EligibilityRoute) -> list[Problem]:
    found = _in_order(item.valid_from, item.valid_to, "valid_to", "施行期")
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


_CHECKS: dict[type[Any], Check] = {
    Enterprise: _enterprise,
    Destruction: destructions.listed_problems,
    Body: _body,
    BodyNumberRule: number_rules.problems,
    BodyScope: _scope,
    Assessor: _card,
    Supervisor: _card,
    Plan: _plan,
    Batch: _batch,
    CalendarYear: _calendar_year,
    CertificateChange: certificate_changes.saving_problems,
    CertificatePlace: _place,
    CodeItem: code_uses.item_problems,
    CodeKind: code_uses.kind_problems,
    Candidate: _candidate,
    ExamPaper: _paper,
    Material: _material,
    ExamSession: _session,
    Score: _score,
    PlanPassRule: _pass_rule,
    EligibilityRoute: _route,
}
