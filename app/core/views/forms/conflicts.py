"""What did two people change in one record at the same time, and whose values are kept?"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Numeric
from werkzeug.datastructures import MultiDict

from app.core import outside
from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.views.cells import choice_text
from app.core.views.columns import column_of, filled_in, is_many, key_name
from app.core.views.forms.relation_fields import HIDDEN, RelatedField, RelatedManyField

#: field → what its control posts; an empty list for an empty control.
Raw = dict[str, list[str]]
TAKE = "take_"
THEIRS = "theirs"


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed; ``both`` if it was changed here as well."""

    name: str
    label: str
    theirs: str
    mine: str
    both: bool


def stored(model: type[Entity], item: Any) -> Raw:
    """Return the values of ``item`` as its form would post them."""
    return {field.name: _of_item(model, item, field) for field in filled_in(model)}


def _of_item(model: type[Entity], item: Any, field: Field) -> list[str]:
    if is_many(model, field):
        return sorted(str(one.id) for one in getattr(item, field.name))
    value = getattr(item, key_name(model, field) if field.relation else field.name)
    if isinstance(value, datetime):
        value = value.strftime("%Y-%m-%dT%H:%M")
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, bool):
        value = "y" if value else ""
    return _tidy(model, field, [] if value is None else [str(value)])


def posted(model: type[Entity], form: MultiDict[str, str], shut: Container[str]) -> Raw:
    """Return the input; a disabled control, which posts nothing, keeps its opening value."""
    found: Raw = {}
    for field in filled_in(model):
        if field.name in form or field.name not in shut:
            found[field.name] = _tidy(model, field, form.getlist(field.name))
    return found


def _tidy(model: type[Entity], field: Field, values: Iterable[str]) -> list[str]:
    column = column_of(model, field)
    kept = [text for one in values if (text := one.replace("\r\n", "\n").strip())]
    if column is not None and isinstance(column.type, Boolean):
        return ["y"] if kept else []
    if column is not None and isinstance(column.type, Numeric):
        return [_plain_number(one) for one in kept]
    return sorted(kept)


def _plain_number(text: str) -> str:
    number = outside.amount(text)
    return text if number is None else f"{number.normalize():f}"


def written(raw: Raw) -> str:
    """Return ``raw`` as the text of a hidden control."""
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":"))


def read(text: str | None) -> Raw:
    """Return the content of a hidden control; empty if our page did not write it."""
    try:
        stored = outside.structure(text or "{}")
    except ValueError:
        return {}
    if not isinstance(stored, dict):
        return {}
    return {name: [str(one) for one in value] for name, value in stored.items() if _is_list(value)}


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and len(value) < 1000


def taken(form: Mapping[str, str]) -> set[str]:
    """Return the fields for which the other person's value was chosen."""
    return {
        name.removeprefix(TAKE)
        for name, value in form.items()
        if name.startswith(TAKE) and value == THEIRS
    }


def merged(form: MultiDict[str, str], now: Raw, names: Iterable[str]) -> MultiDict[str, str]:
    """Return the input with the stored values of the fields ``names``."""
    found = MultiDict(form)
    for name in set(names) & now.keys():
        found.setlist(name, now[name])
    return found


def meet(form: Any, item: Any, typed: MultiDict[str, str]) -> list[Clash]:
    """Return both people's changes, and base the form on the stored row, keeping the input."""
    opened, now = read(form.opened.data), stored(form.model, item)
    mine = posted(form.model, merged(typed, now, taken(typed)), form.shut)
    found = clashes(form, item, opened, mine)
    form.version.data, form.opened.data = str(item.version), written(now)
    return found


def clashes(form: Any, item: Any, opened: Raw, mine: Raw) -> list[Clash]:
    """Return the fields that somebody else has since changed to a different value."""
    found = []
    now = stored(form.model, item)
    for field in form.declared:
        name = field.name
        if name not in mine or now[name] == mine[name] or now[name] == opened.get(name):
            continue
        both = name not in opened or mine[name] != opened[name]
        theirs, own = (_shown(form[name], raw) for raw in (now[name], mine[name]))
        found.append(Clash(name, field.label, theirs, own, both))
    return found


def _shown(control: Any, raw: list[str]) -> str:
    """Return posted values as text; call this after the control's choices are filled."""
    if isinstance(control, RelatedField | RelatedManyField):
        keys = [key for one in raw if (key := outside.as_key(one)) is not None]
        rows = control.data_source.get_many(keys)
        return "、".join(choice_text(row) for row in rows) or (HIDDEN if raw else "")
    if control.type == "BooleanField":
        return "是" if raw else "否"
    choices = {str(one.value): str(one.label) for one in getattr(control, "choices", None) or ()}
    if control.type == "DateTimeLocalField":
        raw = [one.replace("T", " ") for one in raw]
    return "、".join(choices.get(one, one) for one in raw)
