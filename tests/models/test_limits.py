"""Does the database itself refuse what the declarations forbid, and keep the rows of before?"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.core.database import db
from app.core.declarations.base import Entity, Stateful, entities
from app.core.declarations.behaviour import procedures
from app.core.declarations.limits import broken_limit, limits_of
from app.core.upkeep import limits, postgresql_limits, sqlite_limits
from tests.house.test_migrations import product_without_screens
from tests.servers import Database

BEFORE = "0020"
REGION = "INSERT INTO region (code, name, version) VALUES ('130000', '河北省', 1)"
CENTRE = """INSERT INTO centre (code, name, level, region_id, address, phone, complaint_phone,
    version) VALUES ('130000', '省中心', 'province', 1, '', '', '', 1)"""
COMPLAINT = """INSERT INTO complaint (no, centre_id, received_on, channel, complainant, phone,
    content, finding, state, version)
    VALUES (:no, 1, :day, 'phone', '张三', '13800001234', '内容', '', :state, 1)"""
PLACE = """INSERT INTO certificate_place ("order", name, "key", text, "left", top, width, height,
    font, size, bold, align, active, version)
    VALUES (0, :name, :key, '', -3, 0, :width, 10, '宋体', 14, false, 'left', true, 1)"""
REQUIREMENT = """INSERT INTO material_requirement (code, name, kind, per, severity, clause,
    body_kind, target, whom, valid_from, valid_to, version)
    VALUES (:code, '花名册', 'roster', 'batch', 'error', '', '', '', '', :first, :last, 1)"""


def run(statement: str, **given: Any) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement), given)


def complaint(no: str, day: str = "2026-03-01", state: str = "received") -> None:
    run(COMPLAINT, no=no, day=day, state=state)


def place(name: str, width: int = 50, key: str = "holder") -> None:
    run(PLACE, name=name, width=width, key=key)


def requirement(code: str, first: str, last: str | None) -> None:
    run(REQUIREMENT, code=code, first=first, last=last)


def refused(statement: Any, *given: Any, **named: Any) -> str:
    with pytest.raises(IntegrityError) as caught:
        statement(*given, **named)
    limit = broken_limit(caught.value)
    assert limit is not None
    assert f"“{limit.field.label}”" in limit.problem().message
    return limit.name


def tool() -> ModuleType:
    return sqlite_limits if db.engine.dialect.name == "sqlite" else postgresql_limits


def standing(table: str) -> dict[str, str]:
    with db.engine.connect() as connection:
        found: dict[str, str] = tool().standing(connection, table)
        return found


def guarded() -> set[str]:
    with db.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {one for name in names for one in tool().guards(connection, name)}


def wanted() -> dict[str, dict[str, str]]:
    tables = Entity.metadata.tables.values()
    return {
        table.name: {name: one.condition for name, one in limits_of(table).items()}
        for table in tables
    }


def present() -> dict[str, dict[str, str]]:
    return {name: standing(name) for name in Entity.metadata.tables}


@pytest.fixture(scope="module")
def before(database_server: Any) -> Iterator[tuple[Database, Flask]]:
    """A database of before with a centre, made once: every test begins with a copy of it."""
    database = database_server.create("limits")
    with product_without_screens(database.url) as flask_app:
        upgrade(revision=BEFORE)
        for row in (REGION, CENTRE):
            run(row)
    database.keep()
    yield database, flask_app
    database.drop()


@pytest.fixture
def old(before: tuple[Database, Flask]) -> Iterator[Engine]:
    database, flask_app = before
    database.restore()
    with flask_app.app_context():
        yield db.engine
        db.engine.dispose()


@pytest.fixture
def upgraded(old: Engine) -> Engine:
    upgrade()
    return old


def test_an_upgraded_database_has_the_constraints_of_the_models(upgraded: Engine) -> None:
    assert present() == wanted()
    assert guarded() == set()


def test_every_kind_of_limit_refuses_an_attack_by_sql(upgraded: Engine) -> None:
    place("甲")
    requirement("1", "2026-01-01", "2026-01-01")
    requirement("2", "2026-01-01", None)
    assert refused(place, "乙", width=0) == "ck_certificate_place_width_range"
    assert refused(place, "乙", width=501) == "ck_certificate_place_width_range"
    assert refused(place, "乙", key="shoe") == "ck_certificate_place_key_choice"
    order = "ck_material_requirement_valid_to_order"
    assert refused(requirement, "3", "2026-01-02", "2026-01-01") == order
    late = "UPDATE material_requirement SET valid_from = '2027-01-01' WHERE code = '1'"
    assert refused(run, late) == order
    assert refused(complaint, "1", day="0202-03-01") == "ck_complaint_received_on_range"
    assert refused(complaint, "1", day="3000-01-01") == "ck_complaint_received_on_range"


def test_a_state_that_is_not_listed_is_refused_and_a_local_one_fits(upgraded: Engine) -> None:
    complaint("1")
    assert refused(complaint, "2", state="mediated") == "known_complaint_state"
    change = "UPDATE complaint SET state = 'mediated'"
    assert refused(run, change) == "known_complaint_state"
    # Known to another procedure only.
    assert refused(run, "UPDATE complaint SET state = 'kept'") == "known_complaint_state"
    run("INSERT INTO procedure_state VALUES ('Complaint', 'mediated', '调解中')")
    run(change)
    assert limits.settle(upgraded).local == ("投诉举报：状态“mediated”没有程序声明，是本地的状态",)


def test_every_declared_state_is_listed_and_every_stateful_table_looks(upgraded: Engine) -> None:
    with db.engine.connect() as connection:
        said = connection.execute(text("SELECT entity, name FROM procedure_state"))
        rows = {tuple(row) for row in said}
        looking = {
            model.__name__
            for model in entities()
            if tool().knows_states(connection, model.__tablename__)
        }
    states = {(name, one.name) for name, said in procedures().items() for one in said.states}
    assert rows == states
    assert looking == {one.__name__ for one in entities() if issubclass(one, Stateful)}


@pytest.fixture
def planted(old: Engine) -> Engine:
    """A database of before with rows that the declarations forbid."""
    place("甲", width=0)
    place("乙", width=900)
    place("丙")
    requirement("1", "2026-02-01", "2026-01-01")
    complaint("1", day="0202-03-01", state="mediated")
    return old


def offenders(engine: Engine) -> dict[str, list[tuple[int, str]]]:
    return {
        one.limit.name: [(row.key, row.values) for row in one.rows]
        for one in limits.settle(engine).offences
    }


OFFENDERS = {
    "ck_certificate_place_width_range": [1, 2],
    "ck_material_requirement_valid_to_order": [1],
    "ck_complaint_received_on_range": [1],
}


def test_offending_rows_outlive_the_upgrade_and_are_listed(
    planted: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    upgrade()
    printed = capsys.readouterr().out
    assert "证书打印位置：2 条旧记录，“宽”应在1至500之间，请改正" in printed
    assert "flask --app run doctor" in printed
    found = offenders(planted)
    assert {name: [key for key, _ in rows] for name, rows in found.items()} == OFFENDERS
    assert found["ck_material_requirement_valid_to_order"][0][1] == "2026-01-01、2026-02-01"
    # Of a day only the year is shown.
    assert found["ck_complaint_received_on_range"] == [(1, "0202")]
    missing = {name for names in wanted().values() for name in names}
    missing -= {name for names in present().values() for name in names}
    assert missing == guarded() == set(OFFENDERS)


def test_offending_rows_can_be_changed_elsewhere_and_new_ones_are_refused(planted: Engine) -> None:
    upgrade()
    run("UPDATE certificate_place SET text = '姓名', version = version + 1")
    run("UPDATE complaint SET content = '其他', state = 'mediated'")
    name = "ck_certificate_place_width_range"
    assert refused(place, "丁", width=0) == name
    assert refused(run, "UPDATE certificate_place SET width = 501 WHERE id = 3") == name
    change = "UPDATE material_requirement SET valid_from = '2026-03-01'"
    assert refused(run, change) == "ck_material_requirement_valid_to_order"


def test_a_mended_row_completes_its_constraint(planted: Engine) -> None:
    upgrade()
    run("UPDATE certificate_place SET width = 10 WHERE id = 1")
    assert [key for key, _ in offenders(planted)["ck_certificate_place_width_range"]] == [2]
    run("UPDATE certificate_place SET width = 10")
    run("UPDATE material_requirement SET valid_to = NULL")
    run("UPDATE complaint SET received_on = '2026-03-01'")
    assert offenders(planted) == {}
    assert present() == wanted()
    assert guarded() == set()
    assert refused(place, "丁", width=0) == "ck_certificate_place_width_range"


@pytest.mark.parametrize("mended", [False, True])
def test_the_way_down_leaves_rows_and_no_limit(planted: Engine, *, mended: bool) -> None:
    upgrade()
    if mended:
        run("UPDATE certificate_place SET width = 10")
    downgrade(revision=BEFORE)
    assert {name for names in present().values() for name in names} == set()
    place("丁", width=-1)
    run("UPDATE complaint SET state = 'anything'")
    with db.engine.connect() as connection:
        widths = "SELECT width FROM certificate_place ORDER BY id"
        found = [int(one) for one in connection.scalars(text(widths))]
    assert found == ([10, 10, 10, -1] if mended else [0, 900, 50, -1])
    upgrade()
    assert "ck_certificate_place_width_range" in offenders(planted)


def test_an_upgrade_goes_on_where_a_table_cannot_be_settled(
    planted: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change = tool().change

    def busy(connection: Connection, table: str, *more: Any) -> None:
        change(connection, table, *more)
        if table == "site":
            raise OperationalError("change", {}, Exception("cut off after the copy"))

    monkeypatch.setattr(tool(), "change", busy)
    upgrade()
    assert "考点：表正在使用或磁盘不足，约束还没有补上" in capsys.readouterr().out
    assert standing("site") == {}
    monkeypatch.undo()
    limits.settle(planted)
    assert standing("site") == wanted()["site"]


def test_a_limit_that_changes_in_the_code_changes_in_the_database(
    upgraded: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    place("甲", width=300)
    table = Entity.metadata.tables["certificate_place"]
    kept = {one.name: one for one in limits_of(table).values()}
    name = "ck_certificate_place_width_range"
    narrower = kept[name].__class__(
        name, table.name, ("width",), '"width" <= 200', kept[name].field, high=200
    )
    monkeypatch.setattr(limits, "limits_of", lambda one: {name: narrower} if one is table else {})
    assert offenders(upgraded) == {
        name: [(1, "300.0" if upgraded.dialect.name != "sqlite" else "300")]
    }
    run("UPDATE certificate_place SET width = 200")
    assert offenders(upgraded) == {}
    assert standing(table.name) == {name: '"width" <= 200'}
    assert standing("site") == {}


def test_the_key_of_a_deleted_row_stays_given_when_its_table_is_copied(planted: Engine) -> None:
    run("DELETE FROM certificate_place WHERE id > 1")
    upgrade()
    run("UPDATE certificate_place SET width = 10")
    limits.settle(planted)
    place("丁")
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT max(id) FROM certificate_place")) == 4
