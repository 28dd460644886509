"""Which controls and which active conditions are shown above a list?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import Field
from app.core.outside import as_key
from app.core.views.addresses import address, picker_url
from app.core.views.cells import UNSEEN, choice_text, code_lists
from app.core.views.columns import grouped
from app.core.views.lists.clauses import kind_of
from app.core.views.lists.filters import UNREADABLE, Condition, filterable, quick_fields, searchable
from app.core.views.lists.listing import Listing
from app.core.views.lists.operators import OPERATORS
from app.core.views.lists.periods import PERIODS

#: The number of controls in the first row (a range takes two); others are behind 更多条件.
IN_SIGHT = 4
#: The most values of a condition that are listed.
MOST_WORDED = 5

Options = list[tuple[str, str]]
YES_OR_NO: Options = [("1", "是"), ("0", "否")]


def controls(listing: Listing, view: Any) -> list[dict[str, Any]]:
    """Return a control for each field by which the list is usually filtered."""
    conditions = [one for one in listing.search.conditions if one.simple]
    active = {condition.field.name: condition for condition in conditions}
    found = []
    in_sight = 0
    for field in _ordered(listing):
        known = active.get(field.name)
        if field.search is None and known is None:
            continue
        places = 2 if field.search == "range" else 1
        more = in_sight + places > IN_SIGHT or field.quick or not field.list
        in_sight += 0 if more else places
        found.append(_control(listing, view, field, known) | {"more": more})
    return found


def _ordered(listing: Listing) -> list[Field]:
    return sorted(searchable(listing.model), key=lambda one: one.name != "state")


def _control(listing: Listing, view: Any, field: Field, known: Condition | None) -> dict[str, Any]:
    value = next(iter(known.values), "") if known else ""
    control: dict[str, Any] = {"name": field.name, "label": field.label, "value": value}
    kind = kind_of(listing.model, field)
    if field.relation:
        text = _value_text(listing, field, value) if known else ""
        return control | {"kind": "relation", "url": picker_url(view, field.name), "text": text}
    if field.search == "range":
        written = known.written if known else {}
        ends = tuple(written.get(f"{field.name}_{end}", "") for end in ("from", "to"))
        shape = "number_range" if kind == "number" else "date_range"
        return control | {"kind": shape, "value": ends}
    if kind == "flag":
        return control | {"kind": "boolean"}
    if field.search == "pick":
        return control | {"kind": "select", "options": options(listing.model, field)}
    return control | {"kind": "text"}


def options(model: type[Any], field: Field) -> Options:
    """Return the values and names of a choice, a code list or a procedure's states."""
    procedure = find_procedure(model.__name__)
    if field.name == "state" and procedure is not None:
        return [(state.name, state.label) for state in procedure.states]
    if field.codes:
        return [(item.code, item.name) for item in code_lists().get(field.codes, ())]
    return [(value, label) for value, label in field.choices if value]


def wording(listing: Listing, condition: Condition, *, masked: Callable[[str], str] = str) -> str:
    """Return a condition in words, such as 介于 2021-04-01 和 2021-04-30.

    ``masked`` is applied to sensitive values.
    """
    field, operator = condition.field, condition.operator
    texts = [_value_text(listing, field, value) for value in condition.values]
    if field.sensitive:
        texts = [masked(text) for text in texts]
    if operator is None:
        return (
            "、".join(texts) if field.label == UNREADABLE else f"{UNREADABLE}：{'、'.join(texts)}"
        )
    if operator.takes == "none":
        return operator.label
    if operator.takes == "two" and len(texts) == 2:
        return f"{operator.label} {texts[0]} 和 {texts[1]}"
    if operator.takes == "days":
        return f"{operator.label} {texts[0]} 天"
    if operator.takes == "period":
        return f"{operator.label} {_period_name(texts[0])}"
    worded = "、".join(texts[:MOST_WORDED])
    more = f" 等 {len(texts)} 项" if len(texts) > MOST_WORDED else ""
    return f"{operator.label} {worded}{more}"


def _period_name(name: str) -> str:
    return PERIODS[name].label if name in PERIODS else name


def _value_text(listing: Listing, field: Field, value: str) -> str:
    if field.relation:
        rows = listing.related.get(field.name, {})
        item = rows.get(as_key(value) or 0)
        return choice_text(item) if item is not None else UNSEEN
    if not field.name:
        return value
    if kind_of(listing.model, field) == "flag":
        return dict(YES_OR_NO).get(value, value)
    return dict(options(listing.model, field)).get(value, value)


def chips(listing: Listing, base: str) -> list[dict[str, Any]]:
    """Return the active conditions, each with the address without it and its editor's values."""
    found = []
    for condition in listing.search.conditions:
        gone = address(
            base, listing.args, page=None, selection=None, **condition.dropped(listing.args)
        )
        chip: dict[str, Any] = {
            "label": condition.field.label,
            "text": wording(listing, condition),
            "url": gone,
        }
        if condition.operator is not None and condition.field in filterable(listing.model):
            texts = [_value_text(listing, condition.field, value) for value in condition.values]
            chip["edit"] = {
                "field": condition.field.name,
                "operator": condition.operator.name,
                "values": list(zip(condition.values, texts, strict=True)),
                "without": gone,
            }
        found.append(chip)
    return found


def builder(listing: Listing, view: Any) -> dict[str, Any]:
    """Return what 添加条件 offers: fields by group, operators by kind of field, periods."""
    fields = [(field, kind_of(listing.model, field)) for field in filterable(listing.model)]
    kinds = dict(fields)
    return {
        "groups": [
            {"title": title, "fields": [_askable(listing, view, one, kinds[one]) for one in some]}
            for title, some in grouped(listing.model, kinds)
        ],
        "operators": {
            kind: [[one.name, one.label, one.takes] for one in OPERATORS[kind]]
            for kind in dict.fromkeys(kinds.values())
        },
        "periods": [[name, period.label] for name, period in PERIODS.items()],
    }


def _askable(listing: Listing, view: Any, field: Field, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "label": field.label, "kind": kind}
    if field.relation:
        found["url"] = picker_url(view, field.name)
    elif kind == "flag":
        found["options"] = YES_OR_NO
    elif kind == "pick":
        found["options"] = options(listing.model, field)
    return found


def quick_hint(listing: Listing) -> str | None:
    """Return the fields that the one search box covers; None if there are none."""
    fields = quick_fields(listing.model)
    return "、".join(field.label for field in fields) or None


def unused(listing: Listing) -> bool:
    """Return whether the list has no conditions at all."""
    return not (listing.search.words or listing.search.conditions)
