"""Is everything that a centre would send back said beforehand, and nothing else?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.errors import Problem
from app.rules.filing.filing import approved_group_problems, filing_problems
from app.rules.filing.filing_facts import CommissionFacts, FilingFacts, HeadCount, PlanFacts, SignUp
from app.rules.workdays import WorkCalendar
from tests.rules.filings import BODY, FACTS, LETTER, PRACTICAL, THEORY, facts
from tests.rules.people import APPROVED, EXAM, codes

CALENDAR = WorkCalendar()


def _problems(batch: FilingFacts) -> list[Problem]:
    return filing_problems(batch, CALENDAR, approved=APPROVED)


def test_a_good_batch_is_not_sent_back() -> None:
    assert _problems(FACTS) == []


@pytest.mark.parametrize(
    ("changed", "code", "clause"),
    [
        ({"roster": ()}, "roster_empty", "流程五"),
        ({"sessions": ()}, "sessions_missing", "流程五"),
        ({"exam_last": date(2021, 4, 25)}, "exam_dates_differ", "流程五"),
        ({"plan": PlanFacts(None)}, "plan_unpublished", "流程二"),
        ({"plan": PlanFacts(date(2021, 4, 17))}, "plan_unpublished", "流程二"),
        ({"plan": PlanFacts(date(2021, 4, 6), enterprise="甲厂")}, "plan_of_others", "流程二"),
        ({"commission": None}, "commission_missing", "流程一"),
        ({"commission": replace(LETTER, in_force=False)}, "commission_not_in_force", "流程一"),
        ({"papers": ()}, "paper_missing", "流程四"),
        ({"papers": (replace(THEORY, source=" "), PRACTICAL)}, "paper_source_missing", "流程四"),
        ({"papers": (THEORY, replace(PRACTICAL, printer=""))}, "printing_agreement", "流程四"),
        ({"promise": " "}, "promise_missing", "流程六"),
        ({"complaint_phone": ""}, "complaint_phone_missing", "流程六"),
        ({"complaint_phone": "无"}, "phone_format", ""),
        ({"submitted_on": date(2021, 4, 19)}, "filing_late", "流程五"),
        ({"sign_up": SignUp(checked=False, approved=True)}, "roster_unchecked", "流程三"),
        ({"sign_up": SignUp(checked=True, approved=False)}, "roster_unapproved", "流程三"),
        ({"body": replace(BODY, registered=False)}, "body_not_registered", "流程一"),
        ({"body": replace(BODY, valid_to=date(2021, 4, 23))}, "body_not_valid", "流程一"),
    ],
)
def test_one_planted_fault_gives_one_problem(
    changed: dict[str, object], code: str, clause: str
) -> None:
    (problem,) = _problems(facts(**changed))
    assert (problem.code, problem.clause) == (code, clause)
    assert problem.severity == "error"


def test_what_is_wrong_with_the_people_is_reported_too() -> None:
    assert codes(_problems(facts(certified=(2,)))) == ["certified_already"]


def test_two_faults_are_both_reported() -> None:
    found = _problems(facts(promise="", plan=PlanFacts(None)))
    assert codes(found) == ["plan_unpublished", "promise_missing"]


def test_an_empty_batch_is_told_everything_it_lacks() -> None:
    nothing = facts(exam_first=None, roster=(), sessions=(), papers=(), commission=None)
    assert codes(_problems(nothing)) == [
        "commission_missing",
        "roster_empty",
        "paper_missing",
        "exam_date_missing",
    ]


@pytest.mark.parametrize(
    ("issued", "until", "objections"),
    [
        (date(2021, 4, 16), None, []),
        (date(2021, 4, 17), None, ["commission_not_in_force"]),
        (None, None, ["commission_not_in_force"]),
        (date(2021, 4, 1), date(2021, 4, 24), []),
        (date(2021, 4, 1), date(2021, 4, 23), ["commission_not_in_force"]),
    ],
)
def test_the_commission_holds_from_submission_to_the_last_exam(
    issued: date | None, until: date | None, objections: list[str]
) -> None:
    letter = replace(LETTER, issued_on=issued, valid_to=until)
    assert codes(_problems(facts(commission=letter))) == objections


@pytest.mark.parametrize(
    ("letter", "words"),
    [
        (replace(LETTER, in_force=False), "尚未出具或已终止"),
        (replace(LETTER, issued_on=None), "没有登记出具日期"),
        (replace(LETTER, issued_on=date(2021, 4, 17)), "2021年4月17日才出具"),
        (replace(LETTER, valid_to=date(2021, 4, 23)), "有效期到2021年4月23日止"),
    ],
)
def test_what_keeps_a_commission_from_holding_is_said(letter: CommissionFacts, words: str) -> None:
    (problem,) = _problems(facts(commission=letter))
    assert words in problem.message


def test_a_body_that_examines_its_own_staff_needs_no_commission() -> None:
    assert _problems(facts(commissioned=False, commission=None)) == []


@pytest.mark.parametrize(
    ("begins", "ends", "objections"),
    [
        (EXAM, EXAM, []),
        (date(2021, 4, 25), None, ["printing_agreement"]),
        (None, None, ["printing_agreement"]),
        (EXAM, None, []),
        (EXAM, date(2021, 4, 23), ["printing_agreement"]),
    ],
)
def test_a_printed_paper_wants_an_agreement_on_the_exam_day(
    begins: date | None, ends: date | None, objections: list[str]
) -> None:
    paper = replace(PRACTICAL, agreement_from=begins, agreement_to=ends)
    assert codes(_problems(facts(papers=(THEORY, paper)))) == objections


@pytest.mark.parametrize(
    ("first", "last", "objections"),
    [
        (EXAM, EXAM, []),
        (None, None, []),
        (date(2021, 4, 25), None, ["plan_dates"]),
        (None, date(2021, 4, 23), ["plan_dates"]),
    ],
)
def test_the_exam_lies_within_the_days_of_the_plan(
    first: date | None, last: date | None, objections: list[str]
) -> None:
    found = _problems(facts(plan=PlanFacts(date(2021, 4, 6), first, last)))
    assert codes(found) == objections
    assert {one.severity for one in found} <= {"warning"}


def test_a_group_that_left_the_scope_since_the_import_is_named() -> None:
    lathe = (
        HeadCount("车工", "数控车工", "2", 2, (4, 7)),
        HeadCount("美容师", "美容师", "5", 1, (5,)),
    )
    found = approved_group_problems(lathe, APPROVED, EXAM)
    assert codes(found) == ["level_out_of_scope", "work_type_out_of_scope"]
    assert [one.rows for one in found] == [(4, 7), (5,)]


def test_a_work_type_out_of_scope_is_named_once_for_all_its_levels() -> None:
    groups = [HeadCount("美容师", "美容师", level, 1, (int(level),)) for level in "543"]
    (problem,) = approved_group_problems(groups, APPROVED, EXAM)
    assert (problem.code, problem.rows) == ("work_type_out_of_scope", (3, 4, 5))
