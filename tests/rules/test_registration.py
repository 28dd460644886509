"""Are bodies, commissions and plans held to what the notice asks before they go on?"""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.bodies.approved_scope import BodyFacts
from app.rules.bodies.body_scope import ambiguity_problems, approved_scope_problems, levels_problems
from app.rules.bodies.standing import standing_problems
from app.rules.commissions.commission import commission_problems, plan_problems
from app.rules.exam.exam_facts import SessionFacts, Sitting
from app.rules.filing.filing_facts import SiteFacts
from app.rules.filing.review import moved_problems, place_problems, reviewer_problems
from app.rules.filing.sites import site_problems
from app.rules.reference.city import city_centre_problems, city_of
from app.rules.supervision.suspension import suspension_problems

_LAST = date(2024, 12, 31)


def body(*, registered: bool = True) -> BodyFacts:
    return BodyFacts("沧州某厂", registered, date(2021, 1, 1), _LAST)


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"), [(1, 1, []), (1, 2, []), (2, 1, ["levels_reversed"])]
)
def test_a_scope_runs_upwards(lowest: int, highest: int, expected: list[str]) -> None:
    assert [one.code for one in levels_problems(lowest, highest)] == expected


@pytest.mark.parametrize(("rows", "expected"), [(0, [("scope_missing", "流程一")]), (1, [])])
def test_a_body_files_a_scope(rows: int, expected: list[tuple[str, str]]) -> None:
    assert [(one.code, one.clause) for one in approved_scope_problems(rows)] == expected


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [([], []), (["车工"], []), (["车工", "铣工"], ["occupation_ambiguous"])],
)
def test_a_work_type_alone_means_one_occupation(jobs: list[str], expected: list[str]) -> None:
    assert [one.code for one in ambiguity_problems("数控", jobs)] == expected


@pytest.mark.parametrize(
    ("promised", "expected"), [(True, []), (False, [("commission_promise_missing", "流程一")])]
)
def test_an_enterprise_promises_before_it_commissions(
    promised: bool, expected: list[tuple[str, str]]
) -> None:
    found = commission_problems(promised=promised, body=body(), today=_LAST)
    assert [(one.code, one.clause) for one in found] == expected


@pytest.mark.parametrize(
    ("registered", "today", "expected"),
    [
        (True, _LAST, []),
        (True, date(2025, 1, 1), ["body_not_valid"]),
        (False, _LAST, ["body_not_registered"]),
        (False, date(2025, 1, 1), ["body_not_registered", "body_not_valid"]),
    ],
)
def test_a_commission_goes_to_a_body_that_is_registered_that_day(
    registered: bool, today: date, expected: list[str]
) -> None:
    found = commission_problems(promised=True, body=body(registered=registered), today=today)
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(
    ("registered", "today", "expected"),
    [
        (True, _LAST, []),
        (True, date(2025, 1, 1), ["body_expired_since"]),
        (False, _LAST, ["body_stopped_since"]),
        (False, date(2025, 1, 1), ["body_stopped_since", "body_expired_since"]),
    ],
)
def test_certificates_of_a_stopped_body_are_a_caution(
    registered: bool, today: date, expected: list[str]
) -> None:
    found = standing_problems(body(registered=registered), today)
    assert [one.code for one in found] == expected
    assert all((one.severity, one.clause) == ("caution", "流程七") for one in found)


def test_a_plan_is_published_whole() -> None:
    assert plan_problems([]) == []
    (problem,) = plan_problems([("content", "考评内容"), ("incentives", "待遇")])
    assert (problem.code, problem.field, problem.clause) == ("plan_incomplete", "content", "流程二")
    assert "考评内容、待遇" in problem.message


@pytest.mark.parametrize(("has_centre", "expected"), [(True, []), (False, ["city_centre_level"])])
def test_a_city_reviews_first(has_centre: bool, expected: list[str]) -> None:
    found = reviewer_problems("河北省", has_centre=has_centre)
    assert [one.code for one in found] == expected
    assert all("河北省" in one.message for one in found)


@pytest.mark.parametrize(("code", "expected"), [("130203", []), ("130602", ["place_unfounded"])])
def test_a_place_is_where_somebody_concerned_is(code: str, expected: list[str]) -> None:
    found = place_problems("那里", code, {city_of("130200")})
    assert [one.code for one in found] == expected


@pytest.mark.parametrize(("by_centre", "expected"), [(True, []), (False, ["place_moved"])])
def test_a_centre_moves_what_was_sent_in(by_centre: bool, expected: list[str]) -> None:
    assert [one.code for one in moved_problems(by_centre=by_centre)] == expected


@pytest.mark.parametrize(
    ("expected", "chosen", "codes"),
    [
        ("唐山市中心", "唐山市中心", []),
        ("唐山市中心", "保定市中心", ["centre_of_other_city"]),
        ("", "保定市中心", []),
    ],
)
def test_a_centre_is_that_of_the_city(expected: str, chosen: str, codes: list[str]) -> None:
    found = city_centre_problems("路南区", expected, chosen)
    assert [(one.code, one.field) for one in found] == [(code, "city_centre") for code in codes]


@pytest.mark.parametrize(
    ("name", "city", "expected"),
    [
        ("东考点", "1302", []),
        ("东考点", "1306", [4]),
        ("西考点", "1306", []),
        ("东考点", "", []),
    ],
)
def test_sessions_are_at_sites_of_the_batchs_city(
    name: str, city: str, expected: list[int]
) -> None:
    there = Sitting("theory", place="东考点1室")
    rows = [SessionFacts(None, "电工", "电工", "5", 9, row=4, sittings=[there])]
    found = site_problems(rows, [SiteFacts(name, 0, "1302")], city)
    assert [row for one in found for row in one.rows] == expected
    assert all(one.code == "site_elsewhere" for one in found)


@pytest.mark.parametrize(("may_leave", "expected"), [(True, []), (False, ["not_to_be_suspended"])])
def test_only_what_is_under_way_is_suspended(may_leave: bool, expected: list[str]) -> None:
    found = suspension_problems("批次“A”", "已归档", may_leave=may_leave)
    assert [one.code for one in found] == expected
    assert all("已归档" in one.message for one in found)
