"""Does each operator find what its Chinese word says, for every field of every table?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.core import clock, scope
from app.core.declarations.base import Entity, entities
from app.core.declarations.field import Field, describe
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.views.columns import column_of, target_of
from app.core.views.interface import EntityInterface
from app.core.views.lists.clauses import kind_of
from app.core.views.lists.controls import wording
from app.core.views.lists.filters import filterable, read_search
from app.core.views.lists.listing import Listing
from app.core.views.lists.operators import OPERATORS
from app.core.views.lists.periods import PERIODS
from app.models import Batch, Candidate
from tests import factories
from tests.views.world import World

MODELS = sorted(entities(), key=lambda one: one.__name__)
#: What nobody can read as a day, a number, a key or a yes.
NONSENSE = "甲_%'x"


@pytest.fixture
def everyone(session: AnySession) -> Iterator[AnySession]:
    """The session as the system, which sees every row."""
    with scope.acting(session, SYSTEM):
        yield session


def listing(session: AnySession, model: type[Entity], *conditions: tuple[str, str]) -> Listing:
    return Listing(EntityInterface(model, session), MultiDict(conditions))


def all_found(session: AnySession, model: type[Entity], conditions: dict[str, str]) -> list[int]:
    """How many rows each condition finds, asked in one statement."""
    data = EntityInterface(model, session)
    counts = [
        data.counted(read_search(model, {name: value}).clauses).scalar_subquery()
        for name, value in conditions.items()
    ]
    return list(session.execute(select(*counts)).one())


def asked(world: World, model: type[Entity], field: Field) -> str:
    """What a person would write to find the world's row by the field."""
    row = world.row(model)
    if field.relation:
        related = getattr(row, field.name)
        if related is None or isinstance(related, list):
            related = world.row(target_of(model, field))
        return str(related.id)
    value = getattr(row, field.name)
    column: Any = column_of(model, field)
    if isinstance(value, bool):
        return "1" if value else "0"
    if value is None or value == "":
        return {"date": "2021-04-24", "datetime": "2021-04-24", "str": "甲", "bool": "0"}.get(
            column.type.python_type.__name__, "1"
        )
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def test_every_operator_of_every_field_of_every_table_is_answered(
    everyone: AnySession, ours: World
) -> None:
    tried = 0
    for model in MODELS:
        total = listing(everyone, model).total
        for field in filterable(model):
            value = asked(ours, model, field)
            values = {"two": f"{value},{value}", "many": f"{value},{value}", "none": "1",
                      "days": "7", "period": "month", "one": value}  # fmt: skip
            words = OPERATORS[kind_of(model, field)]
            conditions = {f"{field.name}.{one.name}": values[one.takes] for one in words}
            answers = all_found(everyone, model, conditions)
            counts = {one.name: count for one, count in zip(words, answers, strict=True)}
            tried += len(counts)
            where = (model.__name__, field.name, value, counts)
            # Each pair of opposites splits the table, whatever it holds.
            assert counts["empty"] + counts["filled"] == total, where
            for yes, no in (("is", "not"), ("in", "not_in"), ("contains", "without")):
                if yes in counts and no in counts:
                    assert counts[yes] + counts[no] == total, where
            if "in" in counts and not set(value) & set(",，、;；"):
                assert counts["in"] == counts["is"], where
            if "before" in counts:
                assert counts["before"] + counts["is"] + counts["after"] == counts["filled"], where
                assert counts["from"] == counts["is"] + counts["after"], where
                assert counts["between"] == counts["is"], where
            if "above" in counts:
                assert counts["below"] + counts["is"] + counts["above"] == counts["filled"], where
    assert tried > 2000


def test_what_cannot_be_read_matches_no_row_whatever_the_operator() -> None:
    for model in MODELS:
        conditions = {}
        for field in filterable(model):
            kind = kind_of(model, field)
            conditions[f"{field.name}.nonsense"] = "1"
            if kind not in ("text", "pick", "private"):
                taking = [one for one in OPERATORS[kind] if one.takes != "none"]
                conditions |= {f"{field.name}.{one.name}": NONSENSE for one in taking}
        # Such a condition is no statement at all.
        for name, value in conditions.items():
            (clause,) = read_search(model, {name: value}).clauses
            assert str(clause) == "false", (model.__name__, name)


@pytest.mark.parametrize(
    "condition",
    [
        "nothing.is=1", "password.contains=a", "body.name=x", "version.is=1", "state.contains=d",
        "exam_date.between=2021-04-01", "exam_date.between=2021-04-01,2021-04-02,2021-04-03",
        "exam_date.last=0", "exam_date.last=-3", "exam_date.last=99999999999", "exam_date.period=x",
        "body.in=x,y", "body.not_in=1,x", "exam_date.not=2021-04-01", ".is=1", "no.=1",
    ],
)  # fmt: skip
def test_a_condition_that_makes_no_sense_is_reported_and_matches_no_row(
    everyone: AnySession, condition: str
) -> None:
    factories.batch(everyone, factories.body(everyone, "DEMO"))
    name, _, value = condition.partition("=")
    asked = listing(everyone, Batch, (name, value))
    assert asked.total == 0
    (wanted,) = asked.search.conditions
    assert wording(asked, wanted)


def test_several_conditions_on_one_field_all_hold(everyone: AnySession) -> None:
    of = factories.body(everyone, "DEMO")
    for day in (1, 2, 3):
        factories.batch(everyone, of, f"DEMO-{day}", exam=date(2021, 5, day))
    both = listing(
        everyone, Batch, ("exam_date.after", "2021-05-01"), ("exam_date.before", "2021-05-03")
    )
    assert [batch.no for batch in both.rows] == ["DEMO-2"]
    neither = listing(everyone, Batch, ("no.without", "-1"), ("no.without", "-3"))
    assert [batch.no for batch in neither.rows] == ["DEMO-2"]


def test_a_list_of_values_may_be_pasted_as_a_column(everyone: AnySession) -> None:
    batch = factories.batch(everyone, factories.body(everyone, "DEMO"))
    people = factories.candidates(everyone, batch, 5)
    pasted = "\r\n".join(one.id_number.lower() for one in people[:2]) + f"，{people[2].id_number}"
    chosen = listing(everyone, Candidate, ("id_number.in", pasted))
    assert {one.id for one in chosen.rows} == {one.id for one in people[:3]}


def test_a_masked_number_is_never_asked_for_by_its_parts() -> None:
    for model in MODELS:
        for field in describe(model).fields:
            if field.sensitive:
                names = {one.name for one in OPERATORS[kind_of(model, field)]}
                assert names == {"is", "in", "empty", "filled"}, (model, field.name)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("today", "2021-02-28", "2021-02-28"), ("yesterday", "2021-02-27", "2021-02-27"),
        ("tomorrow", "2021-03-01", "2021-03-01"), ("week", "2021-02-22", "2021-02-28"),
        ("last_week", "2021-02-15", "2021-02-21"), ("next_week", "2021-03-01", "2021-03-07"),
        ("month", "2021-02-01", "2021-02-28"), ("last_month", "2021-01-01", "2021-01-31"),
        ("next_month", "2021-03-01", "2021-03-31"), ("quarter", "2021-01-01", "2021-03-31"),
        ("past", "1900-01-01", "2021-02-27"), ("year", "2021-01-01", "2021-12-31"),
        ("last_year", "2020-01-01", "2020-12-31"),
    ],
)  # fmt: skip
def test_a_period_moves_with_today(period: str, first: str, last: str) -> None:
    days = PERIODS[period].days(date(2021, 2, 28))
    assert [day.isoformat() for day in days] == [first, last]


def test_every_period_is_tested() -> None:
    (marked,) = test_a_period_moves_with_today.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marked.args[1]} == set(PERIODS)


def test_the_last_days_count_today(everyone: AnySession) -> None:
    of = factories.body(everyone, "DEMO")
    for day in range(20, 27):
        factories.batch(everyone, of, f"DEMO-{day}", exam=date(2021, 4, day))
    with clock.set_to(date(2021, 4, 24)):
        last = listing(everyone, Batch, ("exam_date.last", "3"))
        coming = listing(everyone, Batch, ("exam_date.next", "2"))
        assert sorted(one.no for one in last.rows) == ["DEMO-22", "DEMO-23", "DEMO-24"]
        assert sorted(one.no for one in coming.rows) == ["DEMO-24", "DEMO-25"]


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("exam_date.between=2021-04-01,2021-04-30", "认定日期 介于 2021-04-01 和 2021-04-30"),
        ("exam_date_from=2021-04-01", "认定日期 不早于 2021-04-01"),
        ("exam_date.last=7", "认定日期 最近 7 天"),
        ("exam_date.period=month", "认定日期 属于 本月"),
        ("state.in=draft,filed", "状态 是其中之一 草稿、已备案"),
        ("enterprise.empty=1", "委托企业 为空"),
        ("no.starts=DEMO", "批次编号 开头是 DEMO"),
        ("body=1", "评价机构 等于 —"),
    ],
)
def test_a_condition_reads_as_a_sentence(
    everyone: AnySession, context: Any, condition: str, wanted: str
) -> None:
    name, _, value = condition.partition("=")
    asked = listing(everyone, Batch, (name, value))
    (one,) = asked.search.conditions
    assert f"{one.field.label} {wording(asked, one)}" == wanted
