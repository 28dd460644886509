"""Does an arrangement become examinations with places, times and the people who are registered?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.core.tables import Change
from app.models import ExamSession
from tests import factories
from tests.services.importing.conftest import Desk, sample, sheet

HEAD = (
    *("认定日期", "职业", "工种", "等级", "人数", "考点联系人和电话"),
    *("理论考试时间", "理论考试地点", "实操考试时间", "实操考试地点", "考评员", "督导员"),
)
ROW = (
    *("2021-04-24", "电工", "电工", "五级", 9, "刘考点 0315-2800XXX"),
    *("09:00-10:30", "1号机房", "4月24日 14:00—17:00", "1号车间", "马力强", "魏春生"),
)
ASSESSORS = (
    *("马力强", "许彦", "宋文辉", "唐海峰", "蒋丽", "叶志刚", "阎国平", "贾秀英", "薛建"),
    *("周建军", "孙丽华", "何志宏"),
)


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    """All people whom the sample names have cards."""
    for name in ASSESSORS:
        factories.assessor(desk.session, desk.batch.body, name=name)
    factories.supervisor(desk.session, name="魏春生")
    return desk


def plan(*rows: Any, head: Any = HEAD) -> bytes:
    return sheet(head, *rows)


def changed(row: tuple[Any, ...] = ROW, **cells: Any) -> tuple[Any, ...]:
    """The row with other values under some headings."""
    return tuple(cells.get(heading, value) for heading, value in zip(HEAD, row, strict=True))


def kept(desk: Desk) -> list[ExamSession]:
    return list(desk.session.scalars(select(ExamSession).order_by(ExamSession.serial)))


def test_the_sample_goes_in_whole_and_a_second_time_changes_nothing(staffed: Desk) -> None:
    done = staffed.accept("arrangement", sample("exam-arrangement-tidy.xlsx"))
    assert (done.counts.new, done.counts.refused, done.problems) == (22, 0, ())
    first = kept(staffed)[0]
    assert (first.exam_date, first.headcount, first.level.digit) == (date(2021, 4, 24), 4, "3")
    assert (first.theory_start, first.theory_end) == (
        datetime(2021, 4, 24, 9), datetime(2021, 4, 24, 10, 30),
    )  # fmt: skip
    assert (first.site_contact, first.site_phone) == ("刘考点", "0315-2800XXX")
    assert [one.name for one in first.assessors] == ["马力强", "许彦", "宋文辉"]
    assert [one.serial for one in kept(staffed)] == list(range(1, 23))
    again = staffed.accept("arrangement", sample("exam-arrangement-tidy.xlsx"))
    assert (again.counts.accepted, again.counts.unchanged, again.notes) == (0, 22, ())


def test_times_without_a_day_are_those_of_the_row(staffed: Desk) -> None:
    done = staffed.accept("arrangement", plan(ROW))
    assert done.problems == ()
    one = kept(staffed)[0]
    assert one.theory_start == datetime(2021, 4, 24, 9)
    assert one.practical_end == datetime(2021, 4, 24, 17)


def test_contact_and_telephone_in_one_cell_are_told_apart(staffed: Desk) -> None:
    staffed.accept("arrangement", plan(ROW))
    assert (kept(staffed)[0].site_contact, kept(staffed)[0].site_phone) == (
        "刘考点", "0315-2800XXX",
    )  # fmt: skip
    assert staffed.accept("arrangement", plan(ROW)).counts.unchanged == 1


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        ({"考评员": "马力强、王无名"}, "assessor_unknown", "assessors"),
        ({"督导员": "王无名"}, "supervisor_unknown", "supervisors"),
        ({"人数": 0}, "headcount", "headcount"),
        ({"人数": None}, "required", "headcount"),
        ({"认定日期": None}, "required", "exam_date"),
        ({"认定日期": "2021-02-30"}, "bad_date", "exam_date"),
        ({"工种": "普车"}, "work_type_out_of_scope", "work_type"),
        ({"等级": "特级"}, "level_unknown", "level"),
        ({"理论考试时间": "10:30-09:00"}, "bad_time_range", "theory_start"),
        ({"理论考试时间": "4月25日 9:00-10:30"}, "time_on_other_day", "theory_start"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(
    staffed: Desk, cells: dict[str, Any], code: str, field: str
) -> None:
    done = staffed.accept("arrangement", plan(changed(**cells)))
    assert [(one.code, one.field, one.row) for one in done.problems] == [(code, field, 2)]
    assert kept(staffed) == []


def test_an_unknown_assessor_is_named_with_the_remedy(staffed: Desk) -> None:
    done = staffed.preview("arrangement", plan(changed(考评员="王无名、李不在")))
    message = done.problems[0].message
    assert "“王无名”、“李不在”" in message
    assert "先在“考评员”中登记" in message


def test_a_card_that_is_not_valid_on_the_day_is_refused(staffed: Desk) -> None:
    factories.assessor(staffed.session, name="钱过期", valid_to=date(2021, 4, 23))
    done = staffed.preview("arrangement", plan(changed(考评员="钱过期")))
    assert [one.code for one in done.problems] == ["assessor_expired"]


def test_of_two_with_the_same_name_the_body_means_its_own(staffed: Desk) -> None:
    stranger = factories.assessor(staffed.session, name="马力强")
    done = staffed.accept("arrangement", plan(ROW))
    assert done.problems == ()
    assert stranger.id not in {one.id for one in kept(staffed)[0].assessors}


def test_two_of_the_common_pool_with_the_same_name_are_not_guessed_between(staffed: Desk) -> None:
    factories.assessor(staffed.session, name="赵同名")
    factories.assessor(staffed.session, name="赵同名")
    done = staffed.preview("arrangement", plan(changed(考评员="赵同名")))
    assert [one.code for one in done.problems] == ["assessor_ambiguous"]


def test_an_assessor_of_another_body_does_not_exist(staffed: Desk) -> None:
    foreign = factories.body(staffed.session, "FOREIGN")
    factories.assessor(staffed.session, foreign, name="孙外人")
    done = staffed.preview("arrangement", plan(changed(考评员="孙外人")))
    assert [one.code for one in done.problems] == ["assessor_unknown"]


def test_two_rooms_for_one_work_type_are_two_examinations(staffed: Desk) -> None:
    data = plan(ROW, changed(理论考试地点="2号机房", 实操考试地点="2号车间"))
    assert staffed.accept("arrangement", data).counts.new == 2
    assert staffed.accept("arrangement", data).counts.unchanged == 2


def test_another_room_at_the_same_time_is_a_change(staffed: Desk) -> None:
    staffed.accept("arrangement", plan(ROW))
    shown = staffed.accept("arrangement", plan(changed(理论考试地点="8号机房")))
    before = {cell.field: cell.before for cell in shown.rows[0].cells}
    assert (shown.counts.changed, before["theory_place"]) == (1, "1号机房")
    assert [one.theory_place for one in kept(staffed)] == ["8号机房"]


def test_a_row_repeated_to_the_room_is_refused(staffed: Desk) -> None:
    done = staffed.accept("arrangement", plan(ROW, ROW))
    assert [(one.row, one.code) for one in done.problems] == [(3, "duplicate_session")]


def test_a_change_of_people_stands_in_the_history(staffed: Desk) -> None:
    staffed.accept("arrangement", plan(ROW))
    staffed.accept("arrangement", plan(changed(考评员="许彦")))
    assert [one.name for one in kept(staffed)[0].assessors] == ["许彦"]
    lines = staffed.session.scalars(
        select(Change).where(Change.entity == "ExamSession").order_by(Change.id)
    ).all()
    assert lines[-1].fields == {"assessors": ["马力强", "许彦"]}


def test_examinations_that_are_no_longer_named_are_kept_and_pointed_out(staffed: Desk) -> None:
    staffed.accept("arrangement", plan(ROW))
    shown = staffed.accept("arrangement", plan(changed(等级="四级")))
    assert [one.code for one in shown.notes] == ["sessions_left"]
    assert len(kept(staffed)) == 2


def test_a_day_outside_the_batch_is_pointed_out_and_accepted(staffed: Desk) -> None:
    row = changed(认定日期="2021-05-08", 实操考试时间="14:00-17:00")
    shown = staffed.accept("arrangement", plan(row))
    assert shown.counts.new == 1
    assert [one.code for one in shown.rows[0].problems] == ["exam_date_differs"]


def test_a_paper_on_the_second_day_of_the_batch_may_name_its_day(staffed: Desk) -> None:
    staffed.batch.exam_end = date(2021, 4, 25)
    staffed.session.commit()
    row = changed(实操考试时间="2021-04-25 9:00-12:00")
    assert staffed.accept("arrangement", plan(row)).problems == ()
    assert kept(staffed)[0].practical_start == datetime(2021, 4, 25, 9)
