"""Does a roster bring in everybody who is in order, and refuse each other row for its reason?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from app.core import scope
from app.core.errors import WrongState
from app.core.roles import SYSTEM
from app.core.tables import Change
from app.core.tables.packed import lines_of
from app.models import BodyScope, Candidate
from tests import factories
from tests.services.importing.conftest import ROSTER_HEAD, Desk, roster, sample, sheet

QIU = "130203198209232773"  # a man, born 1982-09-23
TANG = "130633199205277821"  # a woman

PLANTED = {
    13: ("id_number", "id_check_digit"),
    16: ("id_number", "digits_lost"),
    18: ("gender", "gender_mismatch"),
    24: ("work_type", "work_type_out_of_scope"),
    26: ("id_number", "duplicate_in_batch"),
    28: ("name", "name_missing"),
    30: ("id_number", "under_age"),
    37: ("level", "level_unknown"),
    39: ("name", "formula"),
}


def people(desk: Desk) -> list[Candidate]:
    return list(desk.session.scalars(select(Candidate).order_by(Candidate.serial)))


def test_a_tidy_roster_is_accepted_whole_and_in_its_order(desk: Desk) -> None:
    done = desk.accept("roster", sample("roster-tidy.xlsx"))
    assert (done.counts.new, done.counts.refused, done.problems) == (120, 0, ())
    kept = people(desk)
    assert [one.serial for one in kept] == list(range(1, 121))
    first = kept[0]
    assert (first.name, first.id_number, first.birth_date) == (
        "丁勇红", "130602199512153357", date(1995, 12, 15),
    )  # fmt: skip
    assert (first.gender, first.education, first.years, first.phone) == (
        "1", "30", 7, "17229227819",
    )  # fmt: skip
    assert (first.occupation.name, first.work_type.name, first.level.digit) == (
        "起重装卸机械操作工", "桥式起重机司机", "5",
    )  # fmt: skip
    assert (kept[1].current_level.digit, kept[1].current_certificate) == ("3", "1913000039301244")


def test_the_same_file_twice_changes_nothing_the_second_time(desk: Desk) -> None:
    desk.accept("roster", sample("roster-tidy.xlsx"))
    history = desk.session.scalar(select(func.count()).select_from(Change))
    done = desk.accept("roster", sample("roster-tidy.xlsx"))
    assert (done.counts.accepted, done.counts.unchanged, done.counts.refused) == (0, 120, 0)
    assert desk.session.scalar(select(func.count()).select_from(Change)) == history


def test_a_messy_roster_gives_exactly_the_planted_problems(desk: Desk) -> None:
    done = desk.accept("roster", sample("roster-messy.xlsx"))
    assert {one.row: (one.field, one.code) for one in done.problems} == PLANTED
    assert len(done.problems) == len(PLANTED)
    assert (done.counts.new, done.counts.refused) == (31, 9)


def test_what_was_written_carelessly_is_kept_properly(desk: Desk) -> None:
    desk.accept("roster", sample("roster-messy.xlsx"))
    kept = {one.id_number: one for one in people(desk)}
    assert kept["130203197504098293"].name == "韩怡立"
    assert kept["130402198607211411"].name == "朱洋立"
    assert kept["130702196703023928"].name == "徐杰玉"
    assert kept["130402197003274935"].level.digit == "4"
    assert kept["130502198107142953"].level.digit == "4"
    assert kept["130502197610043587"].phone == "17253861365"
    assert kept["130104200207189725"].years == 12
    assert "522229198009270191" in kept


def test_a_work_type_out_of_scope_is_answered_with_the_nearest_one(desk: Desk) -> None:
    shown = desk.preview("roster", sample("roster-messy.xlsx"))
    message = next(one.message for one in shown.problems if one.row == 24)
    assert "普车" in message
    assert "普通车工" in message


def test_a_preview_writes_nothing(desk: Desk) -> None:
    shown = desk.preview("roster", sample("roster-tidy.xlsx"))
    desk.session.commit()
    assert shown.counts.new == 120
    assert people(desk) == []


def test_each_cell_carries_its_own_problem(desk: Desk) -> None:
    shown = desk.preview("roster", roster(("张三", "女", QIU, "电工", "电工", "特级")))
    cells = {cell.field: cell.problem for cell in shown.rows[0].cells}
    assert "第17位" in cells["gender"]
    assert "特级" in cells["level"]
    assert cells["name"] == ""


def test_a_changed_row_shows_what_stood_there_before(desk: Desk) -> None:
    desk.accept("roster", roster(("张三", "男", QIU, "电工", "电工", "五级")))
    shown = desk.accept("roster", roster(("张三", "男", QIU, "车工", "数控车工", "四级")))
    before = {cell.field: cell.before for cell in shown.rows[0].cells}
    assert shown.rows[0].status == "changed"
    assert (before["occupation"], before["work_type"], before["level"]) == (
        "电工", "电工", "五级/初级工",
    )  # fmt: skip
    assert before["name"] is None
    assert people(desk)[0].work_type.name == "数控车工"


def test_a_blank_cell_or_a_missing_column_leaves_what_is_stored(desk: Desk) -> None:
    head = (*ROSTER_HEAD, "文化程度", "联系电话")
    desk.accept(
        "roster",
        roster(("张三", "男", QIU, "电工", "电工", "五级", "大专", "13800000000"), head=head),
    )
    desk.accept(
        "roster", roster(("张三", "男", QIU, "电工", "电工", "五级", "", "13900000000"), head=head)
    )
    desk.accept("roster", roster(("张三", "男", QIU, "电工", "电工", "四级")))
    kept = people(desk)[0]
    assert (kept.education, kept.phone, kept.level.digit) == ("30", "13900000000", "4")


def test_later_people_go_on_counting_after_the_earlier_ones(desk: Desk) -> None:
    desk.accept("roster", roster(("张三", "男", QIU, "电工", "电工", "五级")))
    desk.accept("roster", roster(("李四", "女", TANG, "电工", "电工", "五级")))
    assert [(one.serial, one.name) for one in people(desk)] == [(1, "张三"), (2, "李四")]


def test_another_name_under_the_same_number_is_shown_before_it_is_taken(desk: Desk) -> None:
    desk.accept("roster", roster(("张三", "男", QIU, "电工", "电工", "五级")))
    shown = desk.preview("roster", roster(("张三丰", "男", QIU, "电工", "电工", "五级")))
    assert shown.rows[0].status == "changed"
    assert [(one.code, one.severity) for one in shown.rows[0].problems] == [
        ("name_differs", "warning")
    ]


def test_the_later_of_two_rows_of_one_person_is_refused_naming_the_earlier(desk: Desk) -> None:
    row = ("张三", "男", QIU, "电工", "电工", "五级")
    done = desk.accept("roster", roster(row, row))
    assert [(one.row, one.code) for one in done.problems] == [(3, "duplicate_in_batch")]
    assert "第2行" in done.problems[0].message
    assert done.counts.new == 1


def test_gender_and_birthday_come_from_the_number_where_no_column_tells(desk: Desk) -> None:
    head = ("序号", "姓名", "身份证号", "申报工种", "申报等级")
    desk.accept("roster", roster(("李四", TANG, "电焊工", "五级"), head=head))
    kept = people(desk)[0]
    assert (kept.gender, kept.birth_date) == ("2", date(1992, 5, 27))
    assert kept.occupation.name == "焊工"


def test_without_a_column_the_employer_is_the_enterprise_of_the_batch(desk: Desk) -> None:
    name = "河北燕南重型机械制造有限公司"
    desk.batch.enterprise = factories.enterprise(desk.session, name)
    desk.session.commit()
    desk.accept("roster", roster(("张三", "男", QIU, "电工", "电工", "五级")))
    assert people(desk)[0].employer == name


@pytest.mark.parametrize(
    ("number", "kind"), [("H12345678", "03"), ("E12345678", "02"), ("130203198209232773", "01")]
)
def test_the_kind_of_document_is_derived_from_the_number(
    desk: Desk, number: str, kind: str
) -> None:
    desk.accept("roster", roster(("张三", "男", number, "电工", "电工", "五级")))
    assert people(desk)[0].document_kind == kind


def test_a_document_kind_is_read_in_words(desk: Desk) -> None:
    head = (*ROSTER_HEAD, "证件类型")
    desk.accept(
        "roster", roster(("张三", "男", "12345678", "电工", "电工", "五级", "台胞证"), head=head)
    )
    assert people(desk)[0].document_kind == "04"


def test_an_unknown_education_is_refused_with_the_known_ones(desk: Desk) -> None:
    head = (*ROSTER_HEAD, "学历")
    row = ("张三", "男", QIU, "电工", "电工", "五级", "博学")
    problem = desk.preview("roster", roster(row, head=head)).problems[0]
    assert (problem.code, problem.field) == ("education_unknown", "education")
    assert "大学专科" in problem.message


def test_text_longer_than_its_column_is_refused_on_every_database(desk: Desk) -> None:
    head = (*ROSTER_HEAD, "单位")
    row = ("张三", "男", QIU, "电工", "电工", "五级", "厂" * 121)
    assert [one.code for one in desk.accept("roster", roster(row, head=head)).problems] == [
        "too_long"
    ]


def test_a_level_above_the_approved_one_is_refused(desk: Desk) -> None:
    highest = factories.level(desk.session, "3")
    with scope.acting(desk.session, SYSTEM):
        for row in desk.session.scalars(select(BodyScope)):
            row.highest_level = highest
        desk.session.commit()
    shown = desk.preview("roster", roster(("张三", "男", QIU, "电工", "电工", "二级/技师")))
    assert [one.code for one in shown.problems] == ["level_out_of_scope"]


def test_without_a_column_for_the_work_type_nothing_can_be_accepted(desk: Desk) -> None:
    data = sheet(("姓名", "身份证号", "申报等级"), ("张三", QIU, "五级"))
    shown = desk.preview("roster", data)
    assert shown.missing == ("申报工种",)
    assert (shown.counts.refused, [one.code for one in shown.problems]) == (1, ["column_missing"])


def test_every_person_leaves_a_line_of_history_under_one_operation(desk: Desk) -> None:
    desk.accept("roster", sample("roster-tidy.xlsx"))
    rows = desk.session.scalars(select(Change).where(Change.entity == "Candidate")).all()
    lines = [line for row in rows for line in lines_of(row)]
    assert len(lines) == 120
    operations = {one.operation for one in lines}
    assert len(operations) == 1
    assert operations.pop().startswith("import:")
    assert lines[0].fields["name"] == [None, "丁勇红"]


def test_a_larger_roster_needs_no_more_statements(desk: Desk) -> None:
    def statements(data: bytes) -> int:
        counted: list[str] = []
        note = lambda *found: counted.append(found[2])  # noqa: E731
        event.listen(Engine, "before_cursor_execute", note)
        try:
            desk.session.expire_all()
            desk.preview("roster", data)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(counted)

    one_row = roster(("张三", "男", QIU, "电工", "电工", "五级"))
    assert statements(sample("roster-tidy.xlsx")) == statements(one_row)


@pytest.mark.parametrize("state", ["submitted", "filed", "examining", "archived"])
def test_a_batch_that_is_no_longer_open_takes_no_roster(desk: Desk, put, state: str) -> None:
    put(desk.batch, state)
    with pytest.raises(WrongState, match="不能导入人员名册"):
        desk.accept("roster", sample("roster-tidy.xlsx"))
    assert people(desk) == []


def test_a_level_that_is_retired_is_not_taken(desk: Desk) -> None:
    factories.level(desk.session, "5").active = False
    desk.session.commit()
    shown = desk.preview("roster", roster(("张三", "男", QIU, "电工", "电工", "五级")))
    assert [one.code for one in shown.problems] == ["level_unknown"]
