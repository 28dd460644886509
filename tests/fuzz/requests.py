"""Which requests can be made of the product? Derived from its routes, declarations and sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from flask import Flask
from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.routing import Rule

from app.core.declarations.base import Entity, entities
from app.core.declarations.field import describe
from app.core.views.columns import column_of
from app.core.views.lists.operators import OPERATORS
from tests.fuzz.hostile import TYPES, Hostile
from tests.house.tree import ROOT

#: Leaving would only make the rest of the run a stranger's.
LEFT_OUT = frozenset({"static", "appbuilder.static", "EntranceView.logout"})
#: What takes the most is asked so much more often than the rest.
FORMS, OFTEN = frozenset({"add", "edit", "change", "grid_save", "bulk_stage", "move", "many"}), 5
METHODS = ("GET", "GET", "POST", "POST", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
_READ = re.compile(r"(?:form|args|values|given|files)(?:\.get|\.getlist|\[)?[(\[]\"(\w+)\"")
_WORDS = {
    "kind": ("roster", "scores", "arrangement", "certificate", "application", "x"),
    "form": ("xlsx", "pdf", "docx", "zip", "x"),
    "stage": ("filing", "results", "archive", "x"),
    "way": ("up", "down", "x"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request, as a client of either sort sends it."""

    method: str
    path: str
    query: str
    headers: Headers
    body: Any = b""
    content_type: str = ""
    rule: str = field(default="", compare=False)

    def __str__(self) -> str:
        return (
            f"{self.method} {self.rule}: {self.path[:300]!r} ?{self.query[:400]!r} "
            f"{list(self.headers)!r:.400} {self.content_type[:60]!r} {self.body!r:.600}"
        )


@cache
def read_names() -> tuple[str, ...]:
    """Every name that a view reads from a form or an address."""
    sources = sorted((ROOT / "app").rglob("*.py"))
    found = {name for path in sources for name in _READ.findall(path.read_text("utf-8"))}
    return tuple(sorted(found - {"next"}))


@cache
def fields_of(table: str) -> dict[str, str]:
    """The declared fields of a table, with their kinds; those of the first one for no table."""
    model = next((one for one in entities() if one.__tablename__ == table), None)
    return (
        {} if model is None else {one.name: kind_of(model, one) for one in describe(model).fields}
    )


def kind_of(model: type[Entity], one: Any) -> str:
    """Which sort of value the field takes."""
    if one.relation:
        return "key"
    column = column_of(model, one)
    kinds = ((Boolean, "whole"), (Integer, "whole"), (Numeric, "amount"), ((Date, DateTime), "day"))
    return next((kind for types, kind in kinds if isinstance(column.type, types)), "word")


def routes_of(app: Flask) -> list[list[Rule]]:
    """The routes that are asked, by what they do: the same act of each table stands together."""
    found: dict[str, list[Rule]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.rule, one.endpoint)):
        if rule.endpoint in LEFT_OUT:
            continue
        view, _, act = rule.endpoint.rpartition(".")
        table = next((part for part in rule.rule.split("/") if fields_of(part)), view)
        sort = f"{act} {rule.rule.replace(table, '', 1)}" if fields_of(table) else rule.endpoint
        found.setdefault(sort, []).append(rule)
    often = [found[sort] for sort in found for _ in range(OFTEN) if sort.split()[0] in FORMS]
    return [*found.values(), *often]


def request_for(hostile: Hostile, rule: Rule) -> Asked:
    """A request to that route."""
    table = next((part for part in rule.rule.split("/") if fields_of(part)), "")
    names = fields_of(table) or fields_of("batch")
    allowed = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    method = hostile.one(METHODS) if hostile.chance(0.1) else hostile.one(allowed)
    headers = Headers(list(hostile.headers().items()))
    body, content_type = b"", ""
    if method not in ("GET", "HEAD", "OPTIONS"):
        body, content_type = _body(hostile, rule, names)
    return Asked(
        method, _path(hostile, rule), _query(hostile, names), headers, body, content_type, rule.rule
    )


def _path(hostile: Hostile, rule: Rule) -> str:
    def filled(found: re.Match[str]) -> str:
        converter, _, name = found[1].rpartition(":")
        if converter == "int":
            digits = [one for one in (hostile.key() for _ in range(8)) if one.isdecimal()]
            return quote((digits or ["1"])[0])
        if name in _WORDS:
            return str(hostile.one(_WORDS[name]))
        value = hostile.key() if name in ("pk", "run_id") else hostile.value("word")
        return quote(value or "1", safe="", errors="surrogatepass")[:6000]

    return re.sub(r"<([^>]+)>", filled, rule.rule)


def _query(hostile: Hostile, names: dict[str, str]) -> str:
    if hostile.chance(0.4):
        return ""
    pairs = [_condition(hostile, names) for _ in range(hostile.random.randint(1, 4))]
    if hostile.chance(0.03):
        pairs.append(("%ff%fe", "%80"))
        return "&".join(f"{name}={value}" for name, value in pairs if name.startswith("%"))
    coded = [tuple(quote(one, errors="surrogatepass") for one in pair) for pair in pairs]
    return "&".join("=".join(pair) for pair in coded)[:7000]


def _condition(hostile: Hostile, names: dict[str, str]) -> tuple[str, str]:
    if hostile.chance(0.5):
        own = ("page", "size", "sort", "columns", "selection", "staged", "view", "candidate", "q")
        name = hostile.one((*own, *read_names()))
        return name, hostile.value(hostile.one(("key", "whole", "word")))
    name = hostile.one(sorted(names))
    operators = sorted({one.name for kind in OPERATORS.values() for one in kind})
    ending = hostile.one(("", "_from", "_to", *(f".{one}" for one in operators)))
    value = hostile.value(names[name])
    return name + ending, f"{value},{hostile.value(names[name])}" if hostile.chance(0.3) else value


def _body(hostile: Hostile, rule: Rule, names: dict[str, str]) -> tuple[Any, str]:
    known = {**names, **dict.fromkeys(read_names(), "word"), "version": "whole"}
    if hostile.chance(0.08):
        return hostile.json(known)[:200_000], str(hostile.one(TYPES))
    if rule.rule.startswith("/api/") or rule.endpoint.endswith("grid_save") or hostile.chance(0.05):
        own = names if hostile.chance(0.8) else known
        return hostile.json({**own, "version": "whole", "note": "word"}), "application/json"
    form = _form(hostile, names, known)
    if hostile.chance(0.3) or "import" in rule.rule or "photos" in rule.rule:
        form.add("file", hostile.file())
        return form, "multipart/form-data"
    return form, "application/x-www-form-urlencoded"


def _form(hostile: Hostile, names: dict[str, str], known: dict[str, str]) -> MultiDict[str, Any]:
    form: MultiDict[str, Any] = MultiDict()
    share = hostile.one((0.1, 0.5, 1.0))
    for name in sorted(names):
        if hostile.chance(share):
            form.add(name, hostile.value(names[name]))
    for name in hostile.random.sample(sorted(known), 5):
        form.add(name, hostile.value(known[name]))
    for name in ("version", "rowid", "except", "selection", "opened", "action", "note"):
        if hostile.chance(0.4):
            form.add(name, hostile.value("word" if name in ("action", "note") else "whole"))
    clean = [(name, _sendable(value)) for name, value in form.items(multi=True)]
    return MultiDict(clean)


def _sendable(value: str) -> str:
    # A browser sends a replacement mark for half a pair of surrogates.
    return value.encode("utf-8", "replace").decode()
