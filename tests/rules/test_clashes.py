"""Is it noticed when a room or a person is wanted in two places at one time, and only then?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.core.errors import Severity
from app.rules.exam.clashes import assessor_problems, room_problems, supervisor_clash_problems
from app.rules.exam.exam_facts import Card, Elsewhere, SessionFacts, Sitting
from tests.rules.filings import AFTERNOON, CREW, MORNING, SITTINGS, WATCHER
from tests.rules.people import EXAM, codes

ONE = SessionFacts(EXAM, "电工", "电工", "5", 9, (WATCHER,), 1, CREW, SITTINGS)
ELSEWHERE = tuple(replace(one, place=f"另一处{one.place}") for one in SITTINGS)
WELDING = replace(ONE, occupation="焊工", work_type="电焊工", row=2, sittings=ELSEWHERE)


def later(sitting: Sitting, minutes: int) -> Sitting:
    assert sitting.start is not None
    assert sitting.end is not None
    by = timedelta(minutes=minutes)
    return replace(sitting, start=sitting.start + by, end=sitting.end + by)


def other(
    session: SessionFacts, severity: Severity = "error", *, same_body: bool = True
) -> Elsewhere:
    return Elsewhere("批次A-2", severity, same_body, session)


def test_levels_of_one_occupation_share_room_and_crew() -> None:
    both = [ONE, replace(ONE, level="4", row=2)]
    assert room_problems(both) == assessor_problems(both) == []
    assert supervisor_clash_problems(both, []) == []


@pytest.mark.parametrize(("after", "objections"), [(90, []), (89, ["room_clash"])])
def test_another_occupation_has_the_room_when_the_first_has_left(
    after: int, objections: list[str]
) -> None:
    welding = replace(WELDING, sittings=(later(MORNING, after),))
    found = room_problems([ONE, welding])
    assert codes(found) == objections
    assert [one.rows for one in found] == [(1, 2)] * len(objections)


def test_a_room_is_the_same_however_its_name_is_spaced() -> None:
    welding = replace(WELDING, sittings=(replace(MORNING, place="3 号机房"),))
    assert codes(room_problems([ONE, welding])) == ["room_clash"]


def test_a_sitting_without_an_end_still_begins() -> None:
    welding = replace(WELDING, sittings=(replace(later(MORNING, 89), end=None),))
    assert codes(room_problems([ONE, welding])) == ["room_clash"]
    welding = replace(WELDING, sittings=(replace(later(MORNING, 90), end=None),))
    assert room_problems([ONE, welding]) == []


def test_without_hours_or_places_nothing_clashes() -> None:
    bare = replace(WELDING, sittings=(Sitting("theory"), Sitting("practical")))
    assert room_problems([ONE, bare]) == assessor_problems([ONE, bare]) == []
    with pytest.raises(ValueError, match="beginning"):
        _ = Sitting("theory").until


@pytest.mark.parametrize(("after", "objections"), [(180, []), (179, ["assessor_clash"])])
def test_an_assessor_of_two_trades_goes_from_one_to_the_other(
    after: int, objections: list[str]
) -> None:
    welding = replace(WELDING, sittings=(later(ELSEWHERE[1], after),))
    found = assessor_problems([ONE, welding])
    assert codes(found) == objections
    assert all(person.name in one.message for one in found for person in CREW)
    assert {one.severity for one in found} <= {"error"}
    assert {one.rows for one in found} <= {(1, 2)}


def test_an_assessor_wanted_during_a_theory_paper_is_a_warning() -> None:
    welding = replace(WELDING, sittings=(replace(MORNING, place="别处"),), assessors=CREW[:1])
    (problem,) = assessor_problems([ONE, welding])
    assert (problem.code, problem.severity) == ("assessor_clash_possible", "warning")
    assert "唐海峰" in problem.message


def test_one_trade_in_two_workshops_before_the_same_assessor_is_a_warning() -> None:
    second = replace(ONE, row=2, level="4", sittings=ELSEWHERE, assessors=CREW[:1])
    assert codes(assessor_problems([ONE, second])) == ["assessor_clash_possible"]


def test_a_supervisor_walks_between_the_rooms_of_a_batch() -> None:
    assert supervisor_clash_problems([ONE, WELDING], []) == []


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_another_batch_takes_room_assessor_and_supervisor(severity: Severity) -> None:
    there = [other(replace(ONE, row=None, assessors=CREW[:1]), severity)]
    rooms = room_problems([ONE], there)
    assert codes(rooms) == ["room_clash"]
    people = [*assessor_problems([ONE], there), *supervisor_clash_problems([ONE], there)]
    assert sorted(codes(people)) == ["assessor_clash", "supervisor_clash"]
    assert {one.severity for one in rooms} == {severity}
    assert all("批次A-2" in one.message and one.rows == (1,) for one in (*rooms, *people))


def test_another_batch_on_other_hours_takes_nothing() -> None:
    moved = tuple(later(one, 24 * 60) for one in SITTINGS)
    there = [other(replace(ONE, sittings=moved))]
    assert room_problems([ONE], there) == assessor_problems([ONE], there) == []
    assert supervisor_clash_problems([ONE], there) == []


def test_a_room_of_the_same_name_at_another_body_may_be_another_room() -> None:
    there = [other(replace(ONE, sittings=(AFTERNOON,)), same_body=False)]
    (problem,) = room_problems([ONE], there)
    assert (problem.code, problem.severity) == ("room_clash_possible", "warning")


def test_people_are_told_apart_by_their_cards_and_not_by_their_names() -> None:
    namesake = Card(77, CREW[0].name, CREW[0].valid_from, CREW[0].valid_to)
    there = [other(replace(ONE, assessors=(namesake,), supervisors=(Card(78, "魏春生"),)))]
    assert assessor_problems([ONE], there) == []
    assert supervisor_clash_problems([ONE], there) == []


def test_a_sitting_meets_what_goes_on_at_its_time_only() -> None:
    noon = Sitting("theory", datetime(2021, 4, 24, 12))
    assert not noon.meets(MORNING)
    assert not MORNING.meets(AFTERNOON)
    assert MORNING.meets(later(MORNING, 89))
