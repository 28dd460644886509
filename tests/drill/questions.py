"""What does the copy of a drill answer? Run inside it, as ``python -m tests.drill.questions``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from app import create_app
from app.core import scope
from app.core.api.contract import ContractApi, contract
from app.core.database import db
from app.core.declarations.base import entity_named
from app.core.declarations.field import describe
from app.core.declarations.links import links_of
from app.core.errors import AppError, RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.views.addresses import view_of
from app.core.workflow import moves
from app.models import Batch, Candidate, Inspection
from app.roles import PROVINCE_ADMIN
from tests import factories
from tests.client import IsolatedClient
from tests.security.people import sign_in, someone


def prepare() -> dict[str, int]:
    """A batch with three people and an administrator, before anything was changed."""
    batch = factories.batch(db.session, factories.body(db.session))
    people = factories.candidates(db.session, batch, 3)
    someone(PROVINCE_ADMIN)
    return {"batch": batch.id, "Candidate": people[0].id, "people": len(people)}


def people() -> list[str]:
    """The names of everybody on file."""
    with scope.acting(db.session, SYSTEM):
        return list(db.session.scalars(select(Candidate.name).order_by(Candidate.id)))


def add(entity: str, values: str) -> int:
    """Add a row with these values; its key."""
    item = entity_named(entity)(**json.loads(values))
    with scope.acting(db.session, SYSTEM):
        record.add(db.session, SYSTEM, item)
        return int(item.id)


def attempts(*question: str) -> list[list[str]]:
    """What is objected to each of these acts in turn; nothing where it is done.

    ``{"add": table, …}`` adds a row with these values, relations by key;
    ``{"move": name, "of": [table, key], "note": …}`` makes a move.
    """
    with scope.acting(db.session, SYSTEM):
        return [_objected(json.loads(one)) for one in question]


def _objected(question: dict[str, Any]) -> list[str]:
    try:
        _move(**question) if "move" in question else _add(question)
    except RulesBroken as refusal:
        return [one.code for one in refusal.problems]
    except AppError as refusal:
        return [refusal.message]
    return []


def _add(question: dict[str, Any]) -> None:
    model = entity_named(question.pop("add"))
    for link in links_of(model):
        if link.name in question:
            question[link.name] = db.session.get_one(link.target, question[link.name])
    record.add(db.session, SYSTEM, model(**question))


def _move(move: str, of: tuple[str, int], note: str = "") -> None:
    item = db.session.get_one(entity_named(of[0]), of[1])
    moves.act(db.session, SYSTEM, item, move, note)


def first(entity: str) -> dict[str, str]:
    """The values of the first record of a table."""
    model: Any = entity_named(entity)
    with scope.acting(db.session, SYSTEM):
        item = db.session.scalars(select(model).order_by(model.id).limit(1)).one()
        return {one.name: str(getattr(item, one.name)) for one in _fields(model)}


def supervised() -> dict[str, int]:
    """Another batch of a body that has one already, with an inspection."""
    with scope.acting(db.session, SYSTEM):
        known = db.session.scalars(select(Batch).order_by(Batch.id).limit(1)).one()
        of = factories.batch(db.session, known.body)
        day, centre = of.exam_date, of.centre
        made = Inspection(batch=of, kind="spot_check", centre=centre, inspected_on=day)
        record.add(db.session, SYSTEM, made)
        return {"batch": of.id, "inspection": made.id}


class Places:
    """Where a field of one row is met, asked as a person asks: page by page."""

    def __init__(self, app: Flask, entity: str, name: str, key: int) -> None:
        self.model, self.name, self.key = entity_named(entity), name, key
        self.label = {one.name: one.label for one in _fields(self.model)}[name]
        self.base = view_of(self.model).route_base
        self.client: FlaskClient = app.test_client()
        sign_in(self.client, PROVINCE_ADMIN.replace("_", "-"))

    def page(self, path: str) -> str:
        answer = self.client.get(f"{self.base}/{path}")
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def give(self, value: str) -> None:
        """Let the row have a value, as a form does."""
        with scope.acting(db.session, SYSTEM):
            item = db.session.get_one(self.model, self.key)
            setattr(item, self.name, value)
            record.edit(db.session, SYSTEM, item)

    def value(self) -> str:
        db.session.expire_all()
        with scope.acting(db.session, SYSTEM):
            return str(getattr(db.session.get_one(self.model, self.key), self.name))

    def asked(self) -> dict[str, bool]:
        """Every place, and whether the field is there under its label."""
        self.give("甲-305")
        title = next(one.name for one in _fields(self.model) if not one.relation)
        plain = self.page("list/")
        column = self.page(f"list/?columns={title},{self.name}")
        found = {
            "list chooser": f'value="{self.name}"' in plain and self.label in plain,
            "list column": self.label in _heads(column) and "甲-305" in column,
            "form": f'name="{self.name}"' in (form := self.page("add")) and self.label in form,
            "show page": "甲-305" in (shown := self.page(f"show/{self.key}"))
            and self.label in shown,
            "filter": self._filters(),
            "bulk edit": self.label in self._bulk(),
            "history": self.label in self.page(f"show/{self.key}?tab=timeline"),
            "API schema": self._in_contract(),
            "blank template": self.label in _headings(self._file("import/template")),
        }
        return found | self._round_trip()

    def _filters(self) -> bool:
        met = self.page(f"list/?{self.name}=305")
        unmet = self.page(f"list/?{self.name}=999")
        row = f'{self.base}/show/{self.key}"'
        return row in met and row not in unmet

    def _bulk(self) -> str:
        data = {"rowid": [str(self.key)]}
        answer = self.client.post(f"{self.base}/bulk", data=data, follow_redirects=True)
        return answer.text

    def _in_contract(self) -> bool:
        schemas = contract(ContractApi.resources)["components"]["schemas"]
        return schemas[self.model.__name__]["properties"][self.name]["title"] == self.label

    def _file(self, path: str) -> bytes:
        answer = self.client.get(f"{self.base}/{path}")
        assert answer.status_code == 200, path
        return answer.data

    def _round_trip(self) -> dict[str, bool]:
        """What leaves as a sheet comes back as one, with another value in the new column."""
        book = load_workbook(BytesIO(self._file("export?export_columns=all&format=xlsx")))
        page = book.worksheets[0]
        heads = [cell.value for cell in page[1]]
        if self.label not in heads:
            return {"export": False, "import": False}
        column = heads.index(self.label) + 1
        values = [page.cell(row, column).value for row in range(2, page.max_row + 1)]
        place = values.index("甲-305") + 2
        page.cell(place, column).value = "乙-101"
        out = BytesIO()
        book.save(out)
        file = {"file": (BytesIO(out.getvalue()), "改.xlsx")}
        staged = self.client.post(f"{self.base}/import", data=file)
        assert staged.status_code == 302, staged.text[:3000]
        accepted = self.client.post(f"{staged.location}/accept", follow_redirects=True)
        assert accepted.status_code == 200, accepted.text[:3000]
        return {"export": True, "import": self.value() == "乙-101"}


def places(app: Flask, entity: str, name: str, key: str) -> dict[str, bool]:
    """Where the field is met."""
    return Places(app, entity, name, int(key)).asked()


def pages(app: Flask, entity: str) -> dict[str, int]:
    """How the pages of a table answer, and whether the menu leads there."""
    client = app.test_client()
    sign_in(client, PROVINCE_ADMIN.replace("_", "-"))
    base = view_of(entity_named(entity)).route_base
    menu = f'href="{base}/list/"' in client.get("/").text
    paths = ("list/", "add", "import", "export")
    answers = {path: client.get(f"{base}/{path}").status_code for path in paths}
    return {**answers, "menu": int(menu)}


def _fields(model: Any) -> Any:
    return describe(model).fields


def _heads(page: str) -> str:
    return " ".join(re.findall(r"<th[^>]*>(.*?)</th>", page, re.DOTALL))


def _headings(workbook: bytes) -> set[str]:
    """Every text in the first lines of the sheets: a heading may stand below a title."""
    book = load_workbook(BytesIO(workbook))
    texts = {
        str(cell.value)
        for page in book.worksheets
        for line in page.iter_rows(max_row=5)
        for cell in line
    }
    return {text.strip("*＊ \n") for text in texts} | texts


QUESTIONS: dict[str, Callable[..., Any]] = {
    "prepare": prepare, "people": people, "add": add, "attempts": attempts, "first": first,
    "supervised": supervised,
}  # fmt: skip
OF_PAGES = {"places": places, "pages": pages}


def main(question: str, *words: str) -> None:
    """Print the answer as one line of JSON."""
    app = create_app({"WTF_CSRF_ENABLED": False, "AUTH_RATE_LIMITED": False, "TESTING": True})
    app.test_client_class = IsolatedClient
    with app.app_context():
        if question in OF_PAGES:
            answer: Any = OF_PAGES[question](app, *words)
        else:
            answer = QUESTIONS[question](*words)
    print(json.dumps(answer, ensure_ascii=False))  # noqa: T201 - the answer of a command


if __name__ == "__main__":
    main(*sys.argv[1:])
