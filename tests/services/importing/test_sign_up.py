"""Do the columns about routes, studies, titles and retakes come in as enterprises write them?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.core.records import record
from app.core.roles import SYSTEM
from app.models import Candidate, Score
from tests import factories
from tests.services.importing.conftest import Desk, sheet

QIU = "130203198209232773"
HEAD = (
    "姓名", "身份证号", "申报工种", "申报等级", "报名条件", "毕业学校类型", "所学专业",
    "是否对口", "是否应届", "职称", "取得职称时间", "学徒期满", "户籍所在地", "考试类型",
)  # fmt: skip
ROW = (
    "曹怡", QIU, "电工", "四级", "第2条", "技校", "电气自动化", "是", "否", "助理工程师",
    "2019-06-01", "是", "河北唐山", "新考",
)  # fmt: skip


def only(desk: Desk) -> Candidate:
    desk.session.expire_all()
    found = desk.session.scalars(select(Candidate).where(Candidate.batch_id == desk.batch.id))
    return found.one()


def test_what_an_enterprise_writes_is_understood(desk: Desk) -> None:
    assert desk.accept("roster", sheet(HEAD, ROW)).problems == ()
    one = only(desk)
    assert (one.condition, one.school_kind, one.major) == ("第2条", "technical", "电气自动化")
    assert (one.major_related, one.final_year, one.apprenticed) == ("yes", "no", "yes")
    assert (one.title_rank, one.title_date) == ("junior", date(2019, 6, 1))
    assert (one.household, one.attempt) == ("河北唐山", "new")


@pytest.mark.parametrize(
    ("column", "written", "field"),
    [
        ("毕业学校类型", "太空学校", "school_kind"),
        ("职称", "大师", "title_rank"),
        ("是否应届", "也许", "final_year"),
        ("考试类型", "再考", "attempt"),
    ],
)
def test_other_words_are_refused_at_their_cell(
    desk: Desk, column: str, written: str, field: str
) -> None:
    row = [written if head == column else cell for head, cell in zip(HEAD, ROW, strict=True)]
    done = desk.accept("roster", sheet(HEAD, row))
    assert [(one.field, one.row) for one in done.problems] == [(field, 2)]
    assert written in done.problems[0].message


def test_a_retake_is_linked_as_it_comes_in(desk: Desk) -> None:
    plain = ("姓名", "身份证号", "申报工种", "申报等级", "考试类型")
    earlier = factories.batch(desk.session, desk.batch.body, exam=date(2021, 3, 6))
    desk.accept("roster", sheet(plain, ("曹怡", QIU, "电工", "四级", "新考")))
    made = only(desk)
    before = Candidate(
        batch=earlier, name=made.name, gender=made.gender, id_number=made.id_number,
        occupation=made.occupation, work_type=made.work_type, level=made.level,
    )  # fmt: skip
    record.add(desk.session, SYSTEM, before)
    marks = {"theory": Decimal(80), "practical": Decimal(40)}
    record.add(desk.session, SYSTEM, Score(candidate=before, **marks))
    earlier.state = "scored"
    desk.session.commit()
    desk.accept("roster", sheet(plain, ("曹怡", QIU, "电工", "四级", "补考")))
    again = only(desk)
    assert (again.attempt, again.retake_of_id) == ("retake", before.id)
    assert again.theory_carried == Decimal(80)
    done = desk.accept(
        "scores", sheet(("身份证号", "姓名", "理论成绩", "实操"), (QIU, "曹怡", 90, 70))
    )
    assert [one.code for one in done.problems] == ["paper_carried"]
    assert (
        desk.accept("scores", sheet(("身份证号", "姓名", "实操"), (QIU, "曹怡", 70))).problems == ()
    )
    assert only(desk).scores[0].outcome == "passed"
