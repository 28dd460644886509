"""How is a stored value displayed: worded, masked and styled?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import current_app, g
from markupsafe import Markup

from app.core import clock
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import Field, describe
from app.core.declarations.standing import standing_of
from app.core.masking import mask_identity, mask_phone
from app.core.records import code_lists as lists_of_codes
from app.core.records.code_lists import CodeName, code_name
from app.core.views import overrides
from app.core.views.columns import is_many, key_name

UNSEEN = "—"

_MASKS = {"id_number": mask_identity, "phone": mask_phone}


def code_lists() -> dict[str, tuple[CodeName, ...]]:
    """Return all code lists; one statement per request, however many cells need them."""
    if "code_lists" not in g:
        g.code_lists = lists_of_codes.code_lists(current_app.appbuilder.session)
    return g.code_lists


def text_of(item: Any, field: Field, *, masked: bool = True) -> str:
    """Return the value of ``field`` as staff read it; empty if there is none."""
    if field.relation:
        return _related_text(item, field)
    value = getattr(item, field.name)
    if value is None or value == "":
        return dict(field.choices).get("", "") if field.choices else ""
    if masked and field.sensitive:
        return _MASKS[field.sensitive](str(value))
    return _worded(item, field, value)


def _worded(item: Any, field: Field, value: Any) -> str:
    if field.name == "state":
        procedure = find_procedure(type(item).__name__)
        return procedure.state(value).label if procedure else str(value)
    if field.codes:
        return code_name(str(value), code_lists().get(field.codes, ()))
    if field.choices:
        return dict(field.choices).get(str(value), str(value))
    return plain(value)


def worded(model: type[Entity], field: Field, value: Any) -> str:
    """Return the wording of a value of ``field`` outside any row; empty for none."""
    if value is None or value == "" or value == []:
        return ""
    if field.relation:
        rows = value if isinstance(value, list) else [value]
        return "、".join(str(one) for one in rows)
    if field.sensitive:
        return _MASKS[field.sensitive](str(value))
    return _worded(model(), field, value)


def plain(value: Any) -> str:
    """Return the text of a value without a list: 是 or 否, ISO dates, times to the minute."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _related_text(item: Any, field: Field) -> str:
    related = getattr(item, field.name)
    if is_many(type(item), field):
        return "、".join(str(one) for one in related)
    if related is not None:
        return str(related)
    return UNSEEN if getattr(item, key_name(type(item), field)) is not None else ""


def cell_of(item: Any, field: Field) -> dict[str, Any]:
    """Return the list cell for one value."""
    formatted = formatted_text(item, field)
    if formatted is not None:
        return {"text": formatted, "kind": kind_of(item, field)}
    cell: dict[str, Any] = {"text": text_of(item, field), "kind": kind_of(item, field)}
    if field.name == "state":
        procedure = find_procedure(type(item).__name__)
        if procedure is not None:
            state = procedure.state(item.state)
            cell |= {"colour": state.colour, "title": state.meaning}
    return cell | _how_it_stands(item, field)


def formatted_text(item: Any, field: Field) -> str | None:
    """Return the result of the screen's formatter for the value, or None without one.

    The formatter gets identity numbers masked. Markup is kept, other text is escaped later.
    """
    formatter = overrides.of(type(item)).formatters.get(field.name)
    if formatter is None:
        return None
    value = text_of(item, field) if field.sensitive else getattr(item, field.name)
    made = formatter(value)
    return made if isinstance(made, Markup) else str(made)


def _how_it_stands(item: Any, field: Field) -> dict[str, Any]:
    """Return, for a deadline, what it is for and how much time is left."""
    due = getattr(item, field.name) if field.due else None
    if due is None:
        return {}
    what = describe(type(item)).field(field.due)
    how = standing_of(due, getattr(item, what.name), clock.today())
    return {"kind": "due", "what": text_of(item, what), "standing": how.text, "colour": how.colour}


def kind_of(item: Any, field: Field) -> str:
    """Return the style of the cell: badge, date, number, code or text."""
    if field.name == "state":
        return "badge"
    if field.relation or field.codes or field.choices:
        return "text"
    value = getattr(item, field.name)
    if isinstance(value, date):
        return "date"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return "number"
    return "code" if field.search in ("exact", "prefix") else "text"


def choice_text(item: Entity) -> str:
    """Return a row as a select offers it: its title and what distinguishes it from others."""
    declared = describe(type(item))
    for field in declared.fields:
        if field.quick and field.name != declared.title:
            more = text_of(item, field)
            return f"{item}（{more}）" if more and more not in str(item) else str(item)
    return str(item)
