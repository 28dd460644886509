"""What stands above a list: a control for each condition, and the ones in force as chips."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Date, DateTime

from app.models.field import Field
from app.views.addresses import address, picker_url
from app.views.cells import UNSEEN, choice_text, code_lists
from app.views.columns import column_of
from app.views.filters import Condition, quick_fields, searchable
from app.views.listing import Listing
from app.workflow.tables import table_of

#: So many conditions stand in the first row; the rest waits behind 更多条件.
IN_SIGHT = 4

Options = list[tuple[str, str]]


def controls(listing: Listing, view: Any) -> list[dict[str, Any]]:
    """One control for each field that the list can be narrowed by."""
    active = {condition.field.name: condition for condition in listing.search.conditions}
    found = []
    in_sight = 0
    for field in _ordered(listing):
        known = active.get(field.name)
        if field.search is None and known is None:
            continue
        more = in_sight >= IN_SIGHT or field.quick or not field.list
        in_sight += not more
        found.append(_control(listing, view, field, known) | {"more": more})
    return found


def _ordered(listing: Listing) -> list[Field]:
    return sorted(searchable(listing.model), key=lambda one: one.name != "state")


def _control(listing: Listing, view: Any, field: Field, known: Condition | None) -> dict[str, Any]:
    values = known.values if known else ("", "")
    control: dict[str, Any] = {"name": field.name, "label": field.label, "value": values[0]}
    column = column_of(listing.model, field)
    if field.relation:
        text = text_of(listing, known) if known else ""
        return control | {"kind": "relation", "url": picker_url(view, field.name), "text": text}
    if field.search == "range":
        dated = column is not None and isinstance(column.type, Date | DateTime)
        return control | {"kind": "date_range" if dated else "number_range", "value": values}
    if column is not None and isinstance(column.type, Boolean):
        return control | {"kind": "boolean"}
    if field.search == "pick":
        return control | {"kind": "select", "options": options(listing.model, field)}
    return control | {"kind": "text"}


def options(model: type[Any], field: Field) -> Options:
    """The values of a list of choices, a code list or a procedure, with their names."""
    table = table_of(model.__name__)
    if field.name == "state" and table is not None:
        return [(state.name, state.label) for state in table.states]
    if field.codes:
        return [(item.code, item.name) for item in code_lists().get(field.codes, ())]
    return [(value, label) for value, label in field.choices if value]


def text_of(listing: Listing, condition: Condition) -> str:
    """What a condition asks for, in words."""
    field, (first, last) = condition.field, condition.values
    if field.relation:
        return _related_text(listing, condition)
    if field.search == "range":
        return f"{first or '…'} 至 {last or '…'}"
    column = column_of(listing.model, field)
    if column is not None and isinstance(column.type, Boolean):
        return {"1": "是", "0": "否"}.get(first, first)
    return dict(options(listing.model, field)).get(first, first)


def _related_text(listing: Listing, condition: Condition) -> str:
    item = listing.parents.get(condition.field.name)
    return choice_text(item) if item is not None else UNSEEN


def chips(listing: Listing, base: str) -> list[dict[str, Any]]:
    """The conditions in force, each with the address that drops it."""
    found = []
    for condition in listing.search.conditions:
        gone = dict.fromkeys(condition.names)
        found.append(
            {
                "label": condition.field.label,
                "text": text_of(listing, condition),
                "url": address(base, listing.args, page=None, selection=None, **gone),
            }
        )
    return found


def quick_hint(listing: Listing) -> str | None:
    """What the one search box looks through; None where no field is covered."""
    fields = quick_fields(listing.model)
    return "、".join(field.label for field in fields) or None


def unused(listing: Listing) -> bool:
    """Whether the list stands as it is, without any condition."""
    return not (listing.search.words or listing.search.conditions)
