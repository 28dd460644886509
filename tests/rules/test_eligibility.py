"""Is each route of both patterns open exactly from its boundary on, and the rest left open?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.sign_up.eligibility import verdict
from app.rules.sign_up.eligibility_facts import Person, Route
from app.rules.sign_up.eligibility_findings import Case, eligibility_problems, insurance_problems
from app.rules.sign_up.eligibility_verdict import Verdict
from tests.rules.people import codes
from tests.rules.routes import IN_2021, IN_2024, judged, rows, seeded

TECHNICIAN = {"school": "technician_college", "education": "50"}
COLLEGE = {"education": "30", "school": "higher_vocational"}


def since(years: int, day: date, *, late: int = 0) -> date:
    """The day so many years before, or the day after it."""
    return day.replace(year=day.year - years, day=day.day + late)


#: Pattern, level, route, facts with which it just holds, facts with which it just fails.
BOUNDARIES: list[tuple[date, str, int, dict[str, Any], dict[str, Any]]] = [
    (IN_2021, "5", 1, {"years": 1}, {"years": 0}),
    (IN_2021, "5", 2, {"apprenticed": True}, {"apprenticed": False}),
    (
        IN_2021, "4", 1,
        {"current": "5", "years": 4, "current_date": since(4, IN_2021)},
        {"current": "5", "years": 5, "current_date": since(4, IN_2021, late=1)},
    ),
    (
        IN_2021, "4", 1,
        {"current": "5", "years": 4, "current_date": since(4, IN_2021)},
        {"current": "", "years": 4, "current_date": since(4, IN_2021)},
    ),
    (IN_2021, "4", 2, {"years": 6}, {"years": 5}),
    (
        IN_2021, "4", 3,
        {"school": "technical", "related": True},
        {"school": "technical", "related": False},
    ),
    (
        IN_2021, "4", 3,
        {"school": "secondary_vocational", "related": True, "final_year": True},
        {"school": "university", "related": True, "final_year": True},
    ),
    (
        IN_2021, "3", 1,
        {"current": "4", "years": 5, "current_date": since(5, IN_2021)},
        {"current": "4", "years": 5, "current_date": since(5, IN_2021, late=1)},
    ),
    (IN_2021, "3", 2, {"current": "4", **TECHNICIAN}, {"current": "5", **TECHNICIAN}),
    (
        IN_2021, "3", 2,
        {"current": "4", "school": "senior_technical"},
        {"current": "4", "school": "technical"},
    ),
    (
        IN_2021, "3", 3,
        {"current": "4", "years": 2, "current_date": since(2, IN_2021), "related": True, **COLLEGE},
        {"current": "4", "years": 1, "current_date": since(2, IN_2021), "related": True, **COLLEGE},
    ),
    (
        IN_2021, "3", 3,
        {"current": "4", "years": 2, "current_date": since(2, IN_2021), "related": True, **COLLEGE},
        {"current": "4", "years": 2, "current_date": since(2, IN_2021), **COLLEGE},
    ),
    (
        IN_2021, "2", 1,
        {"current": "3", "years": 4, "current_date": since(4, IN_2021)},
        {"current": "3", "years": 4, "current_date": since(4, IN_2021, late=1)},
    ),
    (
        IN_2021, "2", 2,
        {"current": "3", "years": 3, "current_date": IN_2021, **TECHNICIAN},
        {"current": "3", "years": 2, "current_date": IN_2021, **TECHNICIAN},
    ),
    (
        IN_2021, "1", 1,
        {"current": "2", "years": 4, "current_date": since(4, IN_2021)},
        {"current": "2", "years": 3, "current_date": since(4, IN_2021)},
    ),
    (IN_2024, "5", 1, {"born": date(2008, 4, 12)}, {"born": date(2008, 4, 13)}),
    (IN_2024, "4", 1, {"years": 5}, {"years": 4}),
    (
        IN_2024, "4", 2,
        {"current": "5", "years": 3, "current_date": since(3, IN_2024)},
        {"current": "5", "years": 3, "current_date": since(3, IN_2024, late=1)},
    ),
    (
        IN_2024, "4", 3,
        {"school": "university", "related": True, "final_year": True},
        {"school": "other", "related": True, "final_year": False},
    ),
    (IN_2024, "3", 1, {"years": 10}, {"years": 9}),
    (
        IN_2024, "3", 2,
        {"current": "4", "years": 4, "current_date": since(4, IN_2024)},
        {"current": "4", "years": 4, "current_date": since(4, IN_2024, late=1)},
    ),
    (
        IN_2024, "3", 3,
        {"title": "junior", "years": 1, "title_date": since(1, IN_2024)},
        {"title": "junior", "years": 1, "title_date": since(1, IN_2024, late=1)},
    ),
    (
        IN_2024, "3", 4,
        {"school": "senior_class", "related": True},
        {"school": "technical", "related": True},
    ),
    (
        IN_2024, "3", 5,
        {"current": "4", "related": True, **COLLEGE},
        {"current": "5", "related": True, **COLLEGE},
    ),
    (
        IN_2024, "2", 1,
        {"current": "3", "years": 5, "current_date": since(5, IN_2024)},
        {"current": "3", "years": 5, "current_date": since(5, IN_2024, late=1)},
    ),
    (
        IN_2024, "2", 2,
        {
            "title": "junior", "title_date": since(5, IN_2024), "years": 5,
            "current": "3", "current_date": since(1, IN_2024),
        },
        {
            "title": "junior", "title_date": since(5, IN_2024), "years": 5,
            "current": "3", "current_date": since(1, IN_2024, late=1),
        },
    ),
    (
        IN_2024, "2", 3,
        {"title": "middle", "years": 1, "title_date": since(1, IN_2024)},
        {"title": "junior", "years": 1, "title_date": since(1, IN_2024)},
    ),
    (
        IN_2024, "2", 4,
        {"current": "3", "years": 2, "current_date": IN_2024, **TECHNICIAN},
        {"current": "3", "years": 1, "current_date": IN_2024, **TECHNICIAN},
    ),
    (
        IN_2024, "1", 1,
        {"current": "2", "years": 5, "current_date": since(5, IN_2024)},
        {"current": "2", "years": 5, "current_date": since(5, IN_2024, late=1)},
    ),
    (
        IN_2024, "1", 2,
        {
            "title": "middle", "title_date": since(5, IN_2024), "years": 5,
            "current": "2", "current_date": since(1, IN_2024),
        },
        {
            "title": "middle", "title_date": since(5, IN_2024), "years": 4,
            "current": "2", "current_date": since(1, IN_2024),
        },
    ),
    (
        IN_2024, "1", 3,
        {"title": "senior", "years": 1, "title_date": since(1, IN_2024)},
        {"title": "senior", "years": 1, "title_date": since(1, IN_2024, late=1)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("day", "level", "number", "holds", "fails"), BOUNDARIES)
def test_a_route_is_open_from_its_boundary_on(
    day: date, level: str, number: int, holds: dict[str, Any], fails: dict[str, Any]
) -> None:
    found = judged(day, level, **holds)
    assert found.answer == "eligible"
    assert found.route is not None
    assert found.route.route.number == number
    refused = judged(day, level, **fails)
    (same,) = (one for one in refused.routes if one.route.number == number)
    assert same.answer == "unmet"
    assert same.reasons


def test_every_seeded_route_of_the_standards_has_its_boundary_above() -> None:
    here = {(str(day), level, str(number)) for day, level, number, _, _ in BOUNDARIES}
    for row in rows():
        if row["kind"] == "standard":
            day = IN_2021 if row["valid_from"] < "2023" else IN_2024
            assert (str(day), row["level"], row["order"]) in here, row["wording"]


def test_one_pattern_follows_the_other_without_gap_or_overlap() -> None:
    standard = [row for row in rows() if row["kind"] == "standard"]
    assert {(row["valid_from"], row["valid_to"]) for row in standard} == {
        ("2018-03-07", "2023-07-31"),
        ("2023-08-01", ""),
    }
    assert [one.number for one in seeded("4", date(2023, 7, 31)) if one.kind == "standard"] == [
        1, 2, 3,
    ]  # fmt: skip
    assert {one.years for one in seeded("4", date(2023, 7, 31))} >= {6}
    assert {one.years for one in seeded("4", date(2023, 8, 1))} >= {5}


@pytest.mark.parametrize(
    ("years", "answer"), [(3, "none"), (4, "unknown"), (5, "unknown"), (6, "eligible")]
)
def test_a_roster_without_dates_is_bounded_by_the_years(years: int, answer: str) -> None:
    """五级 plus four years, of which only all the years in the occupation are known."""
    assert judged(IN_2021, "4", years=years, current="5").answer == answer


def test_what_cannot_be_decided_names_what_would_settle_it() -> None:
    found = judged(IN_2021, "3", years=9, current="4")
    assert found.answer == "unknown"
    assert found.evidence == ("现有证书的取得时间（取得后须满5年）",)
    assert "第1条" in found.sentence
    assert "第2条" not in found.sentence


def test_a_refusal_says_route_by_route_why() -> None:
    found = judged(IN_2021, "4", years=3)
    assert found.sentence == (
        "不能申报四级/中级工：3条申报条件都不符合（第1条：未持有五级/初级工证书，"
        "取得五级/初级工证书后从事本职业不满4年；第2条：从事本职业不满6年；"
        "第3条：不是技工学校、职业学校毕业生，所学专业不是本专业或相关专业）。"
    )


def test_an_acceptance_names_the_route_in_its_own_words() -> None:
    assert judged(IN_2024, "4", years=5).sentence == (
        "可以申报四级/中级工：符合第1条“累计从事本职业或相关职业工作满5年”。"
    )


def test_a_certificate_above_the_one_asked_for_serves_too() -> None:
    judged_case = judged(IN_2021, "4", years=4, current="3", current_date=since(4, IN_2021))
    assert judged_case.answer == "eligible"
    young = judged(IN_2021, "4", years=4, current="3", current_date=since(1, IN_2021))
    assert young.answer == "unknown", "the lower one may well be older"


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"school": None, "education": "40", "related": True}, "eligible"),
        ({"school": None, "education": "50", "related": None}, "unknown"),
        ({"school": None, "education": "30", "related": True}, "unknown"),
        ({"school": None, "education": "60", "related": True}, "none"),
        ({"school": None, "education": "60", "related": True, "final_year": None}, "unknown"),
        ({"school": None, "education": None, "related": True}, "unknown"),
        ({"school": None, "education": "70", "related": True, "final_year": True}, "unknown"),
        ({"school": "other", "education": "90", "related": True}, "unknown"),
    ],
)
def test_the_degree_bounds_where_the_school_is_not_on_file(
    facts: dict[str, Any], answer: str
) -> None:
    assert judged(IN_2021, "4", **facts).answer == answer


def test_a_final_year_student_is_not_yet_a_graduate_where_the_route_wants_one() -> None:
    facts = {"current": "3", "years": 3, "current_date": IN_2021, **TECHNICIAN}
    assert judged(IN_2021, "2", **facts).answer == "eligible"
    assert judged(IN_2021, "2", final_year=True, **facts).answer == "none"


def test_competitions_and_direct_recognition_are_routes_of_their_own() -> None:
    assert judged(IN_2021, "1").answer == "none"
    waiting = judged(IN_2021, "1", kinds=frozenset({"contest"}))
    assert waiting.answer == "unknown"
    assert waiting.evidence == ("竞赛获奖证书及晋升的文件依据",)
    won = judged(IN_2021, "1", kinds=frozenset({"contest"}), settled=True)
    assert won.answer == "eligible"
    assert "符合竞赛晋升" in won.sentence
    direct = judged(IN_2021, "5", kinds=frozenset({"direct"}), settled=True)
    assert direct.route is not None
    assert direct.route.route.kind == "direct"


def test_without_any_route_nothing_is_guessed() -> None:
    nobody = verdict(Person(day=date(2010, 1, 4)), "4", seeded("4", date(2010, 1, 4)))
    assert nobody.answer == "unknown"
    assert "没有登记四级/中级工的申报条件" in nobody.sentence
    empty = verdict(Person(day=IN_2021), "4", [Route(1, "待补")])
    assert empty.answer == "unknown"


def test_who_is_eligible_twice_is_so_without_social_insurance() -> None:
    found = judged(IN_2021, "4", years=6, school="technical", related=True)
    assert found.route is not None
    assert found.route.route.number == 3


# -- properties ----------------------------------------------------------------------------------

_RANK = {"none": 0, "unknown": 1, "eligible": 2}
_DAYS = st.none() | st.dates(date(1990, 1, 1), IN_2021)
_PERSONS = st.builds(
    Person,
    day=st.sampled_from([IN_2021, IN_2024]),
    years=st.integers(0, 30),
    current=st.none() | st.sampled_from(["", "5", "4", "3", "2"]),
    current_date=_DAYS,
    education=st.none() | st.sampled_from(["20", "30", "40", "50", "60", "70", "90"]),
    school=st.none()
    | st.sampled_from(["technical", "senior_technical", "senior_class", "university", "other"]),
    related=st.none() | st.booleans(),
    final_year=st.none() | st.booleans(),
    title=st.none() | st.sampled_from(["none", "junior", "middle", "senior"]),
    title_date=_DAYS,
    apprenticed=st.none() | st.booleans(),
    born=st.none() | st.dates(date(1965, 1, 1), date(2010, 1, 1)),
)
_LEVELS = st.sampled_from("54321")


def _verdict(person: Person, level: str) -> Verdict:
    return verdict(person, level, seeded(level, person.day))


@given(_PERSONS, _LEVELS, st.integers(0, 20))
def test_more_years_never_make_it_worse(person: Person, level: str, more: int) -> None:
    older = replace(person, years=(person.years or 0) + more)
    assert _RANK[_verdict(older, level).answer] >= _RANK[_verdict(person, level).answer]


@given(_PERSONS, _LEVELS)
def test_to_forget_a_fact_never_turns_a_refusal_into_leave_or_back(
    person: Person, level: str
) -> None:
    known = _verdict(person, level).answer
    for name in ("years", "current", "current_date", "title", "title_date", "related", "born"):
        forgotten = _verdict(replace(person, **{name: None}), level).answer
        assert {known, forgotten} != {"eligible", "none"}, name


@given(_PERSONS, _LEVELS)
def test_the_answer_always_says_why(person: Person, level: str) -> None:
    found = _verdict(person, level)
    assert found.sentence
    assert found.answer != "unknown" or found.evidence


# -- findings ------------------------------------------------------------------------------------


def test_rows_with_the_same_reason_are_named_together() -> None:
    nobody, waiting = judged(IN_2021, "4", years=3), judged(IN_2021, "3", years=9, current="4")
    other = judged(IN_2021, "4", years=2)
    found = eligibility_problems(
        [Case(1, nobody), Case(2, waiting), Case(3, other), Case(4, waiting), Case(9, nobody)]
    )
    assert codes(found) == ["eligibility_none", "eligibility_unknown"]
    assert [one.rows for one in found] == [(1, 3, 9), (2, 4)]
    assert [one.severity for one in found] == ["error", "warning"]
    assert {one.clause for one in found} == {"流程三"}
    assert all(one.remedy for one in found)
    assert found[0].message.startswith("名册序号1、3、9：申报四级/中级工，")


def test_who_is_eligible_is_not_mentioned() -> None:
    assert eligibility_problems([Case(1, judged(IN_2021, "4", years=6))]) == []


def test_a_long_list_of_rows_is_cut_in_words_and_whole_in_data() -> None:
    nobody = judged(IN_2021, "4")
    (found,) = eligibility_problems([Case(row, nobody) for row in range(1, 13)])
    assert "1、2、3、4、5、6、7、8、9、10等12人" in found.message
    assert len(found.rows) == 12


def test_years_of_work_need_social_insurance_with_a_trainer() -> None:
    by_years, by_school = (
        judged(IN_2021, "4", years=6),
        judged(IN_2021, "4", school="technical", related=True),
    )
    cases = [Case(1, by_years), Case(2, by_years, insured=True), Case(3, by_school)]
    (found,) = insurance_problems(cases, trainer=True)
    assert (found.code, found.rows) == ("insurance_evidence_missing", (1,))
    assert insurance_problems(cases, trainer=False) == []
    assert insurance_problems(cases[1:], trainer=True) == []
