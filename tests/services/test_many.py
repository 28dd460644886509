"""Are many rows judged and written as one act, by the rules that hold for one row?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit, RowResult
from app.core.errors import Stale, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.tables import Change, Step
from app.core.workflow import moves
from app.models import Batch, Candidate, Enterprise, ExamSession, Score
from app.roles import AUDITOR
from tests import factories, procedure
from tests.services.test_cost import statements

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


def edits(rows: list[Any], **values: Any) -> list[RowEdit]:
    return [RowEdit(row.id, values, row.version, place) for place, row in enumerate(rows, start=2)]


def answers(results: list[RowResult]) -> list[tuple[str, list[str]]]:
    return [(one.status, [problem.code for problem in one.problems]) for one in results]


def history(db: DB, entity: str = "Candidate", kind: str = "edit") -> list[Change]:
    asked = select(Change).where(Change.entity == entity, Change.kind == kind)
    return list(db.scalars(asked.order_by(Change.id)))


def newcomer(known: Candidate, **values: Any) -> RowEdit:
    given = {
        "batch": known.batch, "name": "曹怡", "gender": "1", "id_number": "130203198209232773",
        "occupation": known.occupation, "work_type": known.work_type, "level": known.level,
    }  # fmt: skip
    return RowEdit(None, given | values)


# -- one act --------------------------------------------------------------------------------------


def test_many_rows_are_one_operation_with_a_line_each(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 3)
    asked = [*edits(people[:2], employer="新单位"), newcomer(people[0])]
    written = row_changes.write(db, SYSTEM, Candidate, asked, source="bulk")
    assert [one.status for one in written.results] == ["changed", "changed", "new"]
    assert written.results[0].changes == {"employer": ("冀东机械有限公司", "新单位")}
    lines = [*history(db), history(db, kind="add")[-1]]
    assert {line.operation for line in lines} == {written.operation}
    assert written.operation.startswith("bulk:")
    assert written.results[2].key == lines[-1].record_id
    assert db.get_one(Candidate, written.results[2].key).serial == 4
    people[0].employer = "后来"
    db.commit()
    assert history(db)[-1].operation == ""


def test_what_is_judged_is_written_nowhere(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 2)
    numbers = [one.id for one in people]
    results = row_changes.judge(
        db, SYSTEM, Candidate, [*edits(people, employer="新单位"), newcomer(people[0])]
    )
    assert [one.status for one in results] == ["changed", "changed", "new"]
    db.commit()
    assert not db.new
    assert not db.dirty
    db.expire_all()
    assert {db.get_one(Candidate, one).employer for one in numbers} == {"冀东机械有限公司"}
    assert len(history(db)) == 0
    assert db.scalar(select(func.count()).select_from(Candidate)) == 2


def test_a_row_that_has_the_value_already_is_left_alone(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 2)
    people[0].employer = "新单位"
    db.commit()
    version = people[0].version
    written = row_changes.write(
        db, SYSTEM, Candidate, edits(people, employer="新单位"), source="bulk"
    )
    assert [one.status for one in written.results] == ["unchanged", "changed"]
    assert people[0].version == version
    assert (
        row_changes.write(
            db, SYSTEM, Candidate, edits(people, employer="新单位"), source="bulk"
        ).operation
        == ""
    )


def test_a_refused_row_keeps_all_from_being_written(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 3)
    asked = [*edits(people[:1], employer="新单位"), *edits(people[1:2], name="")]
    written = row_changes.write(db, SYSTEM, Candidate, asked, source="bulk")
    assert answers(written.results) == [("changed", []), ("refused", ["required"])]
    assert written.operation == ""
    db.expire_all()
    assert people[0].employer == "冀东机械有限公司"
    assert history(db) == []


def test_the_sound_rows_are_written_without_the_refused_where_that_is_asked(
    db: DB, batch: Batch
) -> None:
    people = factories.candidates(db, batch, 3)
    asked = [
        newcomer(people[0], id_number="13"),
        *edits(people[:1], employer="新单位"),
        newcomer(people[0]),
        *edits(people[1:2], gender="9"),
    ]
    written = row_changes.write(db, SYSTEM, Candidate, asked, source="import", only_sound=True)
    assert [one.status for one in written.results] == ["refused", "changed", "new", "refused"]
    assert [one.edit for one in written.results] == asked
    db.expire_all()
    assert people[1].gender in ("1", "2")
    made = db.scalars(select(Candidate).where(Candidate.name == "曹怡")).one()
    assert made.serial == 4  # the refused newcomer has taken no number
    assert len(history(db)) == 1


def test_a_new_batch_of_many_is_numbered_and_born(db: DB) -> None:
    body = factories.body(db)
    asked = [
        RowEdit(None, {"body": body, "name": name, "exam_date": factories.EXAM, "mode": mode})
        for name, mode in (("一", "exam"), ("二", "guess"), ("三", "exam"))
    ]
    with clock.set_to(factories.FILED):
        written = row_changes.write(db, SYSTEM, Batch, asked, source="import", only_sound=True)
    assert answers(written.results)[1] == ("refused", ["code_unknown"])
    assert [one.title for one in written.results if one.written] == [
        "KESHI-2021-0001",
        "KESHI-2021-0002",
    ]
    born = db.scalars(select(Step.move).where(Step.entity == "Batch")).all()
    assert born == ["create", "create"]


# -- the rules of one row --------------------------------------------------------------------------


def test_each_row_is_refused_for_its_own_reasons_with_its_number(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, number=2), "submitted")
    draft = factories.batch(db, batch.body)
    (free,) = factories.candidates(db, draft, 1, seed=9)
    shut = db.scalars(select(Candidate).where(Candidate.batch_id == batch.id)).first()
    assert shut is not None
    results = row_changes.judge(
        db,
        SYSTEM,
        Candidate,
        [
            *edits([shut], post="焊工"),
            *edits([free], name="", gender="9", post="焊工"),
            RowEdit(10_000, {"post": "焊工"}, row=7),
            *edits([free], post="车工"),
        ],
    )
    assert answers(results) == [
        ("refused", ["wrong_state"]),
        ("refused", ["required", "code_unknown"]),
        ("refused", ["not_found"]),
        ("refused", ["row_twice"]),
    ]
    assert batch.no in results[0].problems[0].message
    assert [one.row for one in results[2].problems] == [7]
    assert results[2].title == "#10000"


def test_rows_out_of_reach_are_not_there_and_nobody_moves_a_row_out_of_reach(db: DB) -> None:
    mine, other = factories.body(db), factories.body(db, "OTHER")
    (own,) = factories.candidates(db, factories.batch(db, mine), 1)
    (theirs,) = factories.candidates(db, factories.batch(db, other), 1, seed=5)
    clerk = factories.clerk(mine)
    asked = edits([theirs, own], post="焊工")
    moved = RowEdit(own.id, {"batch": theirs.batch})
    with scope.acting(db, clerk):
        assert answers(row_changes.judge(db, clerk, Candidate, asked)) == [
            ("refused", ["not_found"]),
            ("changed", []),
        ]
        assert answers(row_changes.judge(db, clerk, Candidate, [moved])) == [
            ("refused", ["parent_changed"])
        ]
        new = RowEdit(None, {"body": other, "name": "批次", "exam_date": factories.EXAM})
        assert answers(row_changes.judge(db, clerk, Batch, [new])) == [
            ("refused", ["out_of_scope"])
        ]


def test_a_role_without_the_right_changes_no_row(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 1)
    auditor = factories.actor(AUDITOR, at=factories.centre(db, factories.PROVINCE))
    with scope.acting(db, auditor):
        asked = [*edits(people, post="焊工"), newcomer(people[0])]
        assert (
            answers(row_changes.judge(db, auditor, Candidate, asked))
            == [("refused", ["not_permitted"])] * 2
        )


def test_a_state_is_changed_by_steps_alone(db: DB, batch: Batch) -> None:
    with pytest.raises(ValueError, match="steps alone"):
        row_changes.judge(db, SYSTEM, Batch, edits([batch], state="filed"))


def test_unique_values_are_told_apart_inside_the_set_and_outside_it(db: DB) -> None:
    known = [factories.enterprise(db, name) for name in ("甲厂", "乙厂", "丙厂")]
    results = row_changes.judge(
        db,
        SYSTEM,
        Enterprise,
        [*edits(known[:1], name="丙厂"), *edits(known[1:2], name="丁厂"),
         *edits(known[2:], credit_code=known[0].credit_code)],
    )  # fmt: skip
    assert answers(results) == [
        ("refused", ["duplicate"]),
        ("changed", []),
        ("refused", ["duplicate"]),
    ]
    twice = row_changes.judge(db, SYSTEM, Enterprise, edits(known[:2], name="新厂"))
    assert answers(twice) == [("changed", []), ("refused", ["duplicate"])]
    assert "另有一行" in twice[1].problems[0].message


def test_two_rows_may_exchange_their_unique_values(db: DB, batch: Batch) -> None:
    one, two = factories.candidates(db, batch, 2)
    numbers = (one.id_number, two.id_number)
    genders = (one.gender, two.gender)
    asked = [
        RowEdit(one.id, {"id_number": numbers[1], "gender": genders[1]}, one.version),
        RowEdit(two.id, {"id_number": numbers[0], "gender": genders[0]}, two.version),
    ]
    assert row_changes.write(db, SYSTEM, Candidate, asked, source="grid").operation
    db.expire_all()
    assert (two.id_number, one.id_number) == numbers
    assert one.document_kind == two.document_kind == "01", "nothing of the key stays put aside"
    assert {tuple(line.fields["id_number"]) for line in history(db)} == {numbers, numbers[::-1]}


def test_who_saved_in_between_is_named_and_not_overwritten(db: DB, batch: Batch) -> None:
    people = factories.candidates(db, batch, 2)
    asked = edits(people, post="焊工")
    colleague = factories.clerk(batch.body)
    with scope.acting(db, colleague), clock.set_to(date(2021, 4, 13)):
        people[1].post = "铣工"
        record.edit(db, colleague, people[1])
    results = row_changes.judge(db, SYSTEM, Candidate, asked)
    assert answers(results) == [("changed", []), ("refused", ["stale"])]
    message = results[1].problems[0].message
    assert colleague.name in message
    assert "2021-04-13" in message
    assert "“操作工”改为“铣工”" in message


def test_a_batch_that_leaves_in_the_same_moment_takes_its_rows_along(
    db: DB, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = factories.candidates(db, batch, 2)

    def gone(*_: Any) -> None:
        raise Stale("批次刚刚被别人办理过了，请刷新后再看")

    monkeypatch.setattr("app.core.workflow.engine.hold", gone)
    written = row_changes.write(
        db, SYSTEM, Candidate, edits(people, post="焊工"), source="bulk", only_sound=True
    )
    assert answers(written.results) == [("refused", ["stale"])] * 2
    assert history(db) == []


# -- what follows by itself ------------------------------------------------------------------------


def test_outcomes_follow_the_marks_and_stand_among_the_changes(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, number=2), "examining")
    procedure.give_scores(db, batch)
    scores = list(db.scalars(select(Score).order_by(Score.id)))
    written = row_changes.write(
        db, SYSTEM, Score, edits(scores, theory=Decimal("59.5")), source="grid"
    )
    assert written.results[0].changes["outcome"] == ("passed", "failed")
    assert [line.fields["outcome"] for line in history(db, "Score")] == [["passed", "failed"]] * 2


def test_examiners_are_set_and_nothing_is_what_the_column_keeps_for_it(db: DB) -> None:
    procedure.ready_batch(db, number=1)
    row = db.scalars(select(ExamSession)).one()
    old, new = list(row.assessors), factories.assessor(db)
    values = {"assessors": [new], "site_contact": None, "theory_end": None}
    written = row_changes.write(db, SYSTEM, ExamSession, edits([row], **values), source="bulk")
    assert written.results[0].changes["assessors"] == (old, [new])
    db.expire_all()
    assert row.assessors == [new]
    assert (row.site_contact, row.theory_end) == ("", None)


# -- cost ------------------------------------------------------------------------------------------


#: The session writes row by row where a row has a version.
WRITING = ("UPDATE candidate", "INSERT INTO candidate")


def asking(db: DB, number: int) -> list[list[str]]:
    """What is asked for changing and for adding so many candidates."""
    body = factories.body(db, f"B{number}")
    batch = factories.batch(db, body)
    people = factories.candidates(
        db, batch, number, seed=number, levels=("5", "4", "3"), work_types=factories.WORK_TYPES
    )
    changed = [
        RowEdit(one.id, {"id_number": f"E{place:08d}", "document_kind": "02"}, one.version)
        for place, one in enumerate(people)
    ]
    clerk, batch_id = factories.clerk(body), batch.id
    db.expunge_all()
    with scope.acting(db, clerk):
        of, kind = db.get_one(Batch, batch_id), factories.work_type(db)
        given = {"batch": of, "occupation": kind.occupation, "work_type": kind, "gender": "1",
                 "level": factories.level(db, "4"), "name": "张三",
                 "document_kind": "02"}  # fmt: skip
        added = [RowEdit(None, {**given, "id_number": f"N{place:08d}"}) for place in range(number)]
        found = []
        for asked in (changed, added):
            sent = statements(lambda asked=asked: row_changes.judge(db, clerk, Candidate, asked))
            found.append([one for one in sent if not one.startswith(WRITING)])
    return found


def test_asking_does_not_grow_with_the_rows(db: DB) -> None:
    assert asking(db, 60) == asking(db, 3)


def test_a_refusal_of_one_row_is_the_same_by_either_way(db: DB) -> None:
    batch = procedure.take(db, procedure.ready_batch(db, number=1), "submitted")
    person = db.scalars(select(Candidate)).one()
    (one,) = row_changes.judge(db, SYSTEM, Candidate, edits([person], post="焊工"))
    person.post = "焊工"
    with pytest.raises(WrongState) as caught:
        record.edit(db, SYSTEM, person)
    assert one.problems[0].message == caught.value.message
    moves.act(db, SYSTEM, batch, "return", "补材料")
