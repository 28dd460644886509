"""Is history that shares rows found, counted, filtered and undone as if each line stood alone?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from app.core import audit, scope
from app.core.bulk import row_changes, undo
from app.core.bulk.row_edit import RowEdit
from app.core.history import change_list, history, operation_rows, trail
from app.core.history.change_list import Wanted
from app.core.importing.withdrawal import _closed
from app.core.roles import SYSTEM
from app.core.tables import Change, packed
from app.models import Batch, Candidate
from app.roles import PROVINCE_ADMIN
from tests import factories
from tests.services.test_cost import statements

DB = scoped_session[Session]
MANY = 40


@pytest.fixture
def batch(db: DB) -> Batch:
    return factories.batch(db, factories.body(db))


@pytest.fixture
def people(db: DB, batch: Batch) -> list[Candidate]:
    return factories.candidates(db, batch, MANY)


def bulk(db: DB, rows: list[Any], **values: Any) -> str:
    edits = [RowEdit(row.id, values, row.version) for row in rows]
    return row_changes.write(db, SYSTEM, type(rows[0]), edits, source="bulk").operation


def rows_of(db: DB, name: str) -> int:
    return db.scalar(select(func.count()).select_from(Change).where(Change.operation == name)) or 0


def test_a_bulk_edit_is_a_row_and_each_record_knows_it(db: DB, people: list[Candidate]) -> None:
    name = bulk(db, people, post="焊工")
    assert rows_of(db, name) == 1
    people[5].post = "铣工"
    db.commit()
    events = history.timeline(db, people[5])
    result = [[(one.before, one.after) for one in event.changes] for event in events]
    assert result == [[("焊工", "铣工")], [("操作工", "焊工")], []]
    assert [event.text for event in events] == ["修改", "修改", "新增"]
    last = history.last_events(db, Candidate, [people[5].id, people[6].id])
    assert [one.changes[0].after for one in last.values()] == ["铣工", "焊工"]
    assert len(history.timeline(db, people[5], limit=2)) == 2


def test_the_history_of_a_record_costs_one_look_up_in_one_index(
    db: DB, people: list[Candidate]
) -> None:
    bulk(db, people, post="焊工")
    keys = [people[3].id]
    sent = statements(lambda: list(trail.of_records(db, "Candidate", keys)))
    assert len(sent) == 1
    if db.get_bind().dialect.name == "sqlite":
        numbers = f"({keys[0]}, {packed.shelf_of(keys[0])})"
        asked = f"SELECT * FROM change WHERE entity = 'Candidate' AND record_id IN {numbers}"
        plan = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()
        assert ["ix_change_record" in str(step) for step in plan] == [True]


def test_a_shared_edit_is_undone_done_again_and_barred_by_a_later_change(
    db: DB, people: list[Candidate]
) -> None:
    name = bulk(db, people, post="焊工")
    back = undo.undo(db, SYSTEM, name)
    assert ({one.post for one in people}, back.count) == ({"操作工"}, MANY)
    again = undo.undo(db, SYSTEM, back.operation)
    assert {one.post for one in people} == {"焊工"}
    bulk(db, people[:20], employer="新单位")
    result = undo.obstacles(db, again.operation)
    assert len(result) == 20
    assert "工作单位" in result[0].message


def test_rows_that_came_in_together_are_taken_out_and_put_back(db: DB, batch: Batch) -> None:
    (known,) = factories.candidates(db, batch, 1)
    edits = [
        RowEdit(None, {
            "batch": batch, "name": "张三", "gender": "1", "document_kind": "02",
            "id_number": f"E{place:08d}", "occupation": known.occupation,
            "work_type": known.work_type, "level": known.level,
        })
        for place in range(MANY)
    ]  # fmt: skip
    written = row_changes.write(db, SYSTEM, Candidate, edits, source="import:名册.xlsx")
    assert rows_of(db, written.operation) < 5
    assert _closed(db, SYSTEM, Candidate, written.operation) == []
    deed = operation_rows.look(db, SYSTEM, written.operation, 2, 30)
    assert (deed.total, len(deed.lines)) == (MANY, MANY - 30)
    back = undo.undo(db, SYSTEM, written.operation)
    assert db.scalar(select(func.count()).select_from(Candidate)) == 1
    # What was created can still be told, of rows that are gone.
    gone = written.results[7].key
    assert gone is not None
    first = next(iter(trail.of_records(db, "Candidate", [gone])))
    assert (first.kind, first.fields["id_number"]) == ("add", [None, "E00000007"])
    undo.undo(db, SYSTEM, back.operation)
    assert db.scalar(select(func.count()).select_from(Candidate)) == MANY + 1


def test_who_does_not_see_all_sees_the_own_rows_of_an_operation(
    db: DB, people: list[Candidate]
) -> None:
    other = factories.batch(db, factories.body(db, "OTHER"))
    strangers = factories.candidates(db, other, 20, seed=7)
    name = bulk(db, [*people, *strangers], employer="新单位")
    clerk = factories.clerk(people[0].batch.body)
    with scope.acting(db, clerk):
        deed = operation_rows.look(db, clerk, name, 1, 100)
    assert (deed.total, deed.hidden) == (MANY, True)
    assert {one.record_id for one in deed.lines} == {one.id for one in people}


@pytest.fixture
def written(db: DB) -> list[packed.Line]:
    """A trail of shared and single rows, newest first, with no other line in it."""
    db.connection().exec_driver_sql("DELETE FROM change")
    day = datetime(2021, 4, 12)
    for turn in range(6):
        keys = range(1 + 30 * turn, 31 + 30 * turn) if turn % 2 else [turn + 1]
        audit.write(
            db,
            "Candidate" if turn < 4 else "Batch",
            "add" if turn == 1 else "edit",
            [(key, f"{'Wang' if key % 3 else '李'}{key}", {"post": [None, key]}) for key in keys],
        )
    db.commit()
    for turn, row in enumerate(db.scalars(select(Change).order_by(Change.id))):
        row.at, row.actor_name = day + timedelta(days=turn), f"经办{turn}"
    db.commit()
    lines = [
        line
        for row in db.scalars(select(Change).order_by(Change.id))
        for line in packed.lines_of(row)
    ]
    assert len(lines) == 93
    return lines[::-1]


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        (Wanted(), lambda _: True),
        (Wanted(entity="Batch"), lambda line: line.entity == "Batch"),
        (Wanted(kind="add"), lambda line: line.kind == "add"),
        (Wanted(words="李"), lambda line: "李" in line.title),
        (Wanted(words="wANG3"), lambda line: "Wang3" in line.title),
        (Wanted(words="经办1"), lambda line: line.actor_name == "经办1"),
        (Wanted(words="1"), lambda line: "1" in line.title + line.actor_name),
        (Wanted(words="没有"), lambda _: False),
        (Wanted(first=datetime(2021, 4, 14).date()), lambda line: line.at.day >= 14),
        (Wanted(last=datetime(2021, 4, 13).date()), lambda line: line.at.day <= 13),
        (Wanted(kind="gone"), lambda _: False),
    ],
)
def test_the_list_over_all_is_narrowed_counted_and_turned_line_by_line(
    db: DB, written: list[packed.Line], wanted: Wanted, meant: Any
) -> None:
    actor = factories.actor(PROVINCE_ADMIN)
    expected = [line for line in written if meant(line)]
    for size in (7, 50):
        found: list[packed.Line] = []
        for number in range(1, max(1, -(-len(expected) // size)) + 1):
            page = change_list.page_of(db, actor, wanted, number, size)
            assert (page.total, page.number) == (len(expected), number)
            found.extend(page.changes)
        assert found == expected
    for line in expected[::9]:
        assert change_list.one(db, actor, line.key) == line


@pytest.mark.parametrize("key", ["", "x", "-", "1-", "-1", "1-x", "²", "9" * 30, "1-999"])
def test_a_line_that_is_not_there_is_not_found(
    db: DB, written: list[packed.Line], key: str
) -> None:
    assert change_list.one(db, SYSTEM, key) is None
