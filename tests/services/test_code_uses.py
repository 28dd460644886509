"""May a value of a code list be deleted, recoded, retired or moved, and where is it used?"""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.core import scope
from app.core.bulk import code_order
from app.core.errors import RulesBroken, WrongState
from app.core.records import code_uses, record
from app.core.records.values import Reader
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind
from app.models import Candidate
from app.roles import SYSTEM_ADMIN
from tests import factories
from tests.services.test_cost import statements


@pytest.fixture
def bachelor(session: AnySession) -> CodeItem:
    """大学本科, the education of three candidates."""
    body = factories.body(session, "DEMO")
    people = factories.candidates(session, factories.batch(session, body, "DEMO-2021-0001"), 3)
    with scope.acting(session, SYSTEM):
        for one in people:
            one.education = "20"
        session.commit()
    return item(session, "education", "20")


def item(session: AnySession, kind: str, code: str) -> CodeItem:
    found = select(CodeItem).join(CodeItem.kind).where(CodeKind.kind == kind, CodeItem.code == code)
    with scope.acting(session, SYSTEM):
        return session.scalars(found).one()


def test_a_value_in_use_is_not_deleted_and_it_is_said_where_it_stands(
    session: AnySession, bachelor: CodeItem
) -> None:
    admin = factories.actor(SYSTEM_ADMIN)
    with scope.acting(session, admin), pytest.raises(WrongState) as refused:
        record.remove(session, admin, bachelor)
    assert "参评人员的“文化程度”3条" in refused.value.message
    assert "停用" in refused.value.message


def test_a_value_that_nobody_uses_is_deleted(session: AnySession) -> None:
    admin, other = factories.actor(SYSTEM_ADMIN), item(session, "education", "90")
    with scope.acting(session, admin):
        record.remove(session, admin, other)
        assert session.scalar(select(CodeItem.id).where(CodeItem.id == other.id)) is None


def test_where_a_value_is_used_takes_one_statement_for_each_field(
    session: AnySession, bachelor: CodeItem
) -> None:
    fields = code_uses.fields_of("education")
    made = statements(lambda: code_uses.uses(session, "education", "20"))
    assert len(made) == len(fields)


def test_the_code_of_a_value_in_use_stays_and_its_name_changes(
    session: AnySession, bachelor: CodeItem
) -> None:
    with scope.acting(session, SYSTEM):
        bachelor.code = "21"
        with pytest.raises(RulesBroken) as refused:
            record.edit(session, SYSTEM, bachelor)
        assert refused.value.problems[0].field == "code"
        bachelor.name = "本科"
        record.edit(session, SYSTEM, bachelor)
        assert (bachelor.code, bachelor.name) == ("20", "本科")


def test_a_list_that_fields_are_declared_with_keeps_its_mark(session: AnySession) -> None:
    with scope.acting(session, SYSTEM):
        kind = session.scalars(select(CodeKind).where(CodeKind.kind == "education")).one()
        kind.kind = "schooling"
        with pytest.raises(RulesBroken, match="标识不能改"):
            record.edit(session, SYSTEM, kind)


def test_a_retired_value_stays_where_it_is_and_is_not_taken_anew(
    session: AnySession, bachelor: CodeItem
) -> None:
    with scope.acting(session, SYSTEM):
        bachelor.active = False
        record.edit(session, SYSTEM, bachelor)
        first, second, _third = session.scalars(select(Candidate).order_by(Candidate.id)).all()
        first.post = "装配工"
        record.edit(session, SYSTEM, first)
        second.education = "30"
        record.edit(session, SYSTEM, second)
        second.education = "20"
        with pytest.raises(RulesBroken, match="已停用"):
            record.edit(session, SYSTEM, second)
        assert Reader(session, Candidate).write("education", "20") == "大学本科"
        _value, problem = Reader(session, Candidate).read("education", "大学本科")
        assert problem is not None
        assert "已停用" in problem.message


def test_a_value_changes_places_with_its_neighbour_in_one_operation(session: AnySession) -> None:
    second = item(session, "education", "20")
    with scope.acting(session, SYSTEM):
        before = [one.code for one in code_order.items_of(session, second.kind)]
        done = code_order.shift(session, SYSTEM, second, up=True)
        after = [one.code for one in code_order.items_of(session, second.kind)]
        assert done.operation
        assert after == ["20", "10", *before[2:]]
        assert code_order.shift(session, SYSTEM, second, up=True).operation == ""
