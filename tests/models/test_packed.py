"""Do lines of history that share a row come back as they were written?"""

from __future__ import annotations

import random
from datetime import datetime
from typing import Any

import pytest

from app.core.tables import Change
from app.core.tables.packed import LEAST, PLAIN, SPAN, lines_of, rows_for, shelf_of

AT = datetime(2021, 4, 12, 9)


def line(record_id: int, kind: str = "edit", entity: str = "Batch", **more: Any) -> dict[str, Any]:
    return {
        "entity": entity, "record_id": record_id, "kind": kind, "title": f"第{record_id}号",
        "fields": {"name": ["甲", f"乙{record_id}"]}, "source": "screen", "operation": "bulk:1",
        "actor_id": 3, "actor_name": "张三", "at": AT, **more,
    }  # fmt: skip


def read(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: getattr(one, name) for name in line(1)}
        for number, row in enumerate(rows, start=1)
        for one in lines_of(Change(id=number, **row))
    ]


def plain(lines: list[dict[str, Any]]) -> list[str]:
    return [repr(sorted(one["fields"].items())) for one in lines]


VALUES = (None, "", "甲", "a\x00b", "\ud800", 0, 1, True, False, 1.5, [], [3, 4], "x" * 3000, "{")


@pytest.mark.parametrize("seed", range(20))
def test_whatever_was_written_is_read_again_in_its_order(seed: int) -> None:
    some = random.Random(seed)  # noqa: S311
    names = ["name", "post", "备注", "assessors_ids"]
    lines = [
        line(
            key,
            title=some.choice(["", "王五", "a,b"]),
            fields={
                name: [some.choice(VALUES), some.choice(VALUES)]
                for name in names
                if some.random() < 0.7
            },
        )
        for key in some.sample(range(1, SPAN), 60)
    ]
    rows = rows_for(lines)
    assert [row["lines"] for row in rows] == [60]
    again = read(rows)
    assert again == lines
    # True is not 1, nor False 0, where a value is kept once for all.
    assert plain(again) == plain(lines)


def test_a_value_that_all_lines_share_is_kept_once() -> None:
    alike = rows_for([line(key, fields={"post": ["车工", "焊" * 500]}) for key in range(1, 400)])
    assert len(alike[0]["packed"]) < 120


def test_records_share_a_row_with_their_neighbours_alone() -> None:
    lines = [line(key) for key in range(SPAN - 20, SPAN + 20)]
    rows = rows_for(lines)
    assert [(row["record_id"], row["lines"]) for row in rows] == [(-1, 20), (-2, 20)]
    assert read(rows) == lines
    assert {shelf_of(SPAN - 1), shelf_of(SPAN)} == {-1, -2}


def test_few_lines_deletions_and_what_is_no_record_stay_alone() -> None:
    few = [line(key) for key in range(1, LEAST)]
    gone = [line(key, "delete") for key in range(1, 40)]
    back = [line(key, "restore") for key in range(1, 40)]
    looked = [line(0, "export") for _ in range(40)]
    rows = rows_for([*few, *gone, *back, *looked])
    assert {row["lines"] for row in rows} == {1}
    assert [row["record_id"] for row in rows] == [
        one["record_id"] for one in (*few, *gone, *back, *looked)
    ]


def test_tables_and_kinds_do_not_mix() -> None:
    both = [
        one
        for key in range(1, 31)
        for one in (line(key), line(key, "add"), line(key, entity="Candidate"))
    ]
    rows = rows_for(both)
    assert [(row["entity"], row["kind"], row["lines"]) for row in rows] == [
        ("Batch", "edit", 30), ("Batch", "add", 30), ("Candidate", "edit", 30),
    ]  # fmt: skip


def test_each_line_has_a_name_of_its_own() -> None:
    (row,) = rows_for([line(key) for key in range(1, 31)])
    assert [one.key for one in lines_of(Change(id=7, **row))][:2] == ["7-1", "7-2"]
    (row,) = rows_for([line(1)])
    assert lines_of(Change(id=8, **row))[0].key == "8"


def test_what_a_later_edition_has_written_is_refused_not_misread() -> None:
    (row,) = rows_for([line(key) for key in range(1, 31)])
    assert row["packed"].startswith(PLAIN)
    with pytest.raises(ValueError, match="not known"):
        lines_of(Change(id=1, **{**row, "packed": b"\x02" + row["packed"][1:]}))
