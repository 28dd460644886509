"""Does a mark reach the person on the roster whom it belongs to, and nobody else?"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.core.errors import BadSheet, WrongState
from app.models import Batch, Score
from tests.services.importing.conftest import Desk, roster, sample, sheet

QIU = "130203198209232773"
TANG = "130633199205277821"
HEAD = ("姓名", "身份证号", "申报工种", "申报等级", "理论成绩", "实操成绩", "综合评审", "备注")


@pytest.fixture
def examined(desk: Desk, put: Callable[[Batch, str], None]) -> Desk:
    """曹怡 (电工 五级) and 唐宏 (电工 二级) have sat their papers."""
    desk.accept(
        "roster",
        roster(
            ("曹怡", "男", QIU, "电工", "电工", "五级"),
            ("唐宏", "女", TANG, "电工", "电工", "二级"),
        ),
    )
    put(desk.batch, "examining")
    return desk


def marks(*rows: Any) -> bytes:
    return sheet(HEAD, *rows)


def only(desk: Desk) -> Score:
    return desk.session.scalars(select(Score)).one()


def test_the_sample_scores_go_in_against_the_tidy_roster(
    desk: Desk, put: Callable[[Batch, str], None]
) -> None:
    desk.accept("roster", sample("roster-tidy.xlsx"))
    put(desk.batch, "examining")
    done = desk.accept("scores", sample("scores-tidy.xlsx"))
    assert (done.counts.new, done.counts.refused, done.problems) == (120, 0, ())
    kept = desk.session.scalars(select(Score)).all()
    assert {one.outcome for one in kept} == {"passed", "failed"}
    again = desk.accept("scores", sample("scores-tidy.xlsx"))
    assert (again.counts.accepted, again.counts.unchanged) == (0, 120)


def test_a_wrong_mark_is_quoted_as_written_and_words_are_told_what_may_stand_there(
    examined: Desk,
) -> None:
    shown = examined.preview("scores", marks(("曹怡", QIU, "电工", "五级", 101, "没来")))
    range_, words = (problem.message for problem in shown.problems)
    assert "“101”" in range_
    assert "“没来”" in words
    assert "缺考、违纪、缓考" in words


def test_a_mark_is_judged_as_it_is_kept(examined: Desk) -> None:
    examined.accept("scores", marks(("曹怡", QIU, "电工", "五级", 60, "85.5分")))
    kept = only(examined)
    assert (kept.theory, kept.practical, kept.outcome) == (Decimal(60), Decimal("85.5"), "passed")
    assert kept.batch_id == examined.batch.id


def test_a_person_not_on_the_roster_is_refused_by_name(examined: Desk) -> None:
    done = examined.accept(
        "scores", marks(("丁某", "130602199512153357", "电工", "五级", 70, 70, None, None))
    )
    problem = done.problems[0]
    assert (problem.code, problem.field, problem.row) == ("not_on_roster", "id_number", 2)
    assert problem.message.startswith("丁某（130***********3357）不在本批次名册中")
    assert examined.session.scalars(select(Score)).all() == []


def test_a_namesake_on_the_roster_is_pointed_out(examined: Desk) -> None:
    done = examined.preview("scores", marks(("曹怡", "130602199512153357", "", "", 70, 70)))
    assert "同名者的号码为130***********2773" in done.problems[0].message


@pytest.mark.parametrize(
    ("row", "code", "field"),
    [
        (("曹一", QIU, "电工", "五级", 70, 70), "name_mismatch", "name"),
        (("曹怡", QIU, "电焊工", "五级", 70, 70), "work_type_mismatch", "work_type"),
        (("曹怡", QIU, "电工", "四级", 70, 70), "level_mismatch", "level"),
        (("曹怡", QIU, "电工", "特级", 70, 70), "level_unknown", "level"),
        (("曹怡", QIU, "电工", "五级", 101, 70), "mark_range", "theory"),
        (("曹怡", QIU, "电工", "五级", -1, 70), "mark_range", "theory"),
        (("曹怡", QIU, "电工", "五级", 70.55, 70), "mark_decimals", "theory"),
        (("曹怡", QIU, "电工", "五级", "优秀", 70), "not_number", "theory"),
        (("曹怡", QIU, "电工", "五级", 70, 70, 80), "review_not_needed", "review"),
        (("曹怡", QIU, "电工", "五级", 70, 70, None, "缺考"), "mark_with_state", "remark"),
        (("曹怡", QIU, "电工", "五级", None, None), "marks_missing", "theory"),
        (("曹怡", "", "电工", "五级", 70, 70), "id_missing", "id_number"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(
    examined: Desk, row: tuple[Any, ...], code: str, field: str
) -> None:
    done = examined.accept("scores", marks(row))
    assert [(one.code, one.field, one.row) for one in done.problems] == [(code, field, 2)]
    assert done.counts.refused == 1
    assert examined.session.scalars(select(Score)).all() == []


@pytest.mark.parametrize(
    ("cells", "theory", "practical", "outcome"),
    [
        (("缺考", "缺考"), "absent", "absent", "failed"),
        ((None, None, None, "缺考"), "absent", "absent", "failed"),
        ((70, None, None, "实操缺考"), "normal", "absent", "failed"),
        ((70, 80, None, "违纪"), "violation", "violation", "failed"),
        ((70, "缓考"), "normal", "deferred", "deferred"),
    ],
)
def test_absence_and_cheating_are_states_and_not_marks(
    examined: Desk, cells: tuple[Any, ...], theory: str, practical: str, outcome: str
) -> None:
    data = marks(("曹怡", QIU, "电工", "五级", *cells))
    done = examined.accept("scores", data)
    assert done.problems == ()
    kept = only(examined)
    assert (kept.theory_state, kept.practical_state, kept.outcome) == (theory, practical, outcome)
    assert examined.accept("scores", data).counts.unchanged == 1


@pytest.mark.parametrize("mark", ["/", "—", "-", "无"])
def test_a_stroke_where_no_review_is_held_counts_as_blank(examined: Desk, mark: str) -> None:
    done = examined.accept("scores", marks(("曹怡", QIU, "电工", "五级", 70, 70, mark)))
    assert done.problems == ()
    assert only(examined).review is None


def test_the_review_counts_from_the_second_level_up(examined: Desk) -> None:
    examined.accept("scores", marks(("唐宏", TANG, "电工", "二级/技师", 70, 70, 59)))
    assert (only(examined).review, only(examined).outcome) == (Decimal(59), "failed")


def test_a_mark_that_follows_later_joins_the_earlier_one(examined: Desk) -> None:
    examined.accept("scores", sheet(("身份证号", "姓名", "理论成绩"), (QIU, "曹怡", 70)))
    assert only(examined).outcome == ""
    shown = examined.accept("scores", sheet(("身份证号", "姓名", "实操"), (QIU, "曹怡", 80)))
    assert (shown.rows[0].status, only(examined).outcome) == ("changed", "passed")


def test_a_corrected_absence_loses_its_remark(examined: Desk) -> None:
    examined.accept("scores", marks(("曹怡", QIU, "电工", "五级", None, None, None, "缺考")))
    shown = examined.accept("scores", marks(("曹怡", QIU, "电工", "五级", 70, 80)))
    before = {cell.field: cell.before for cell in shown.rows[0].cells}
    assert (before["theory"], before["remark"]) == ("缺考", "缺考")
    assert (only(examined).theory_state, only(examined).remark) == ("normal", "")


def test_the_same_person_twice_is_refused_the_second_time(examined: Desk) -> None:
    row = ("曹怡", QIU, "电工", "五级", 70, 80)
    done = examined.accept("scores", marks(row, row))
    assert [(one.row, one.code) for one in done.problems] == [(3, "duplicate_in_batch")]


def test_people_who_are_left_out_are_counted(examined: Desk) -> None:
    shown = examined.preview("scores", marks(("曹怡", QIU, "电工", "五级", 70, 80)))
    assert [one.code for one in shown.notes] == ["candidates_left"]


def test_a_sheet_without_any_mark_is_asked_for_the_column(examined: Desk) -> None:
    data = sheet(("姓名", "身份证号", "申报工种"), ("曹怡", QIU, "电工"))
    assert examined.preview("scores", data).missing == ("理论成绩",)
    with pytest.raises(BadSheet, match="理论成绩"):
        examined.accept("scores", data)


@pytest.mark.parametrize("state", ["submitted", "scored", "certified", "withdrawn"])
def test_scores_are_taken_only_while_they_are_due(
    examined: Desk, put: Callable[[Batch, str], None], state: str
) -> None:
    put(examined.batch, state)
    with pytest.raises(WrongState, match="不能导入成绩表"):
        examined.accept("scores", marks(("曹怡", QIU, "电工", "五级", 70, 80)))


def test_scores_of_another_batch_are_not_touched(examined: Desk) -> None:
    from tests.services.importing.conftest import desk_of

    other = desk_of(examined.session, examined.batch.body)
    other.batch.state = "examining"
    examined.session.commit()
    done = other.accept("scores", marks(("曹怡", QIU, "电工", "五级", 70, 80)))
    assert [one.code for one in done.problems] == ["not_on_roster"]


@pytest.mark.parametrize("state", ["draft", "returned", "filed"])
def test_marks_put_down_early_are_taken_with_a_word_about_it(
    examined: Desk, put: Callable[[Batch, str], None], state: str
) -> None:
    put(examined.batch, state)
    shown = examined.preview("scores", marks(("曹怡", QIU, "电工", "五级", 70, 80)))
    assert "scores_early" in [one.code for one in shown.notes]
    assert shown.counts.new == 1
