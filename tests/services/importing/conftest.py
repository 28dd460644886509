"""What do tests of imports start from? A body, its clerk, an open batch, and sheets to send in."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session, scoped_session

from app.core import importing, scope
from app.core.roles import Actor
from app.models import Batch, Body
from app.roles import BODY_CLERK
from tests import factories

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
SAMPLE_WORK_TYPES = ("普通车工", "数控车工", "电焊工", "电工", "桥式起重机司机")
ROSTER_HEAD = ("序号", "姓名", "性别", "身份证号", "申报职业", "申报工种", "申报等级")


def sample(name: str) -> bytes:
    """A workbook from tests/workbooks."""
    return (WORKBOOKS / name).read_bytes()


def sheet(*rows: Sequence[Any]) -> bytes:
    """A workbook of one sheet with these rows from A1 on."""
    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def roster(*people: Sequence[Any], head: Sequence[str] = ROSTER_HEAD) -> bytes:
    """A roster with a plain head; a person without its serial number."""
    return sheet(head, *([number, *person] for number, person in enumerate(people, start=1)))


@dataclass
class Desk:
    """The clerk at work on one batch."""

    session: scoped_session[Session]
    actor: Actor
    batch: Batch

    def preview(self, kind: str, data: bytes, **more: Any) -> importing.Preview:
        return importing.preview(
            self.session, self.actor, self.batch, kind, data, "上传.xlsx", **more
        )

    def accept(self, kind: str, data: bytes, **more: Any) -> importing.Preview:
        return importing.accept(
            self.session, self.actor, self.batch, kind, data, "上传.xlsx", **more
        )


def desk_of(session: scoped_session[Session], body: Body) -> Desk:
    """A clerk of the body with a new draft batch; bind the session before use."""
    batch = factories.batch(session, body)
    return Desk(session, factories.actor(BODY_CLERK, body=body), batch)


@pytest.fixture
def body(session: scoped_session[Session]) -> Body:
    """A body that may evaluate the samples' work types at all five levels."""
    return factories.body(session, work_types=SAMPLE_WORK_TYPES)


@pytest.fixture
def desk(session: scoped_session[Session], body: Body) -> Iterator[Desk]:
    """A clerk of the body with a draft batch."""
    made = desk_of(session, body)
    with scope.acting(session, made.actor):
        yield made


@pytest.fixture
def put(session: scoped_session[Session]) -> Callable[[Batch, str], None]:
    """Put a batch into a state without walking there."""

    def _put(batch: Batch, state: str) -> None:
        batch.state = state
        session.commit()

    return _put
