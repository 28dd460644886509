"""How are rows shown as a table: heads with sort links, cells and pager?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.core.declarations.field import Field
from app.core.views.addresses import address
from app.core.views.cells import cell_of
from app.core.views.columns import column_of
from app.core.views.lists.listing import Listing, Sort
from app.core.views.overrides import described


def heads(listing: Listing, base: str) -> list[dict[str, Any]]:
    """Return the columns of a list, with heads that link to a sorted list."""
    return [_head(listing, field, base, at) for at, field in enumerate(listing.fields)]


def plain_heads(listing: Listing) -> list[dict[str, Any]]:
    """Return the columns of a table inside a record page, without sort links."""
    return [
        {"name": one.name, "label": one.label, "align": _align(listing, one)}
        for one in listing.fields
    ]


def _head(listing: Listing, field: Field, base: str, at: int) -> dict[str, Any]:
    sorts = listing.sorts
    place = next((n for n, one in enumerate(sorts, 1) if one.field == field.name), 0)
    here = sorts[place - 1] if place else None
    return {
        "name": field.name,
        "label": field.label,
        "sortable": listing.sortable(field),
        "sorted": ("desc" if here.descending else "asc") if here else None,
        "place": place if len(sorts) > 1 else 0,
        "url": _sorted_by(listing, base, _turned(field, here if len(sorts) == 1 else None)),
        "add_url": _sorted_by(listing, base, *_with(sorts, field, here)),
        "align": _align(listing, field),
        "width": field.width or None,
        "sticky": at == 0,
        "help": field.help,
    }


def _turned(field: Field, here: Sort | None) -> Sort | None:
    """Return the next sort order: a click sorts ascending, the next descending, then not."""
    if here is None:
        return Sort(field.name)
    return None if here.descending else Sort(field.name, descending=True)


def _with(sorts: tuple[Sort, ...], field: Field, here: Sort | None) -> list[Sort | None]:
    """Return the order with this column's direction changed, or added after the others."""
    turned = _turned(field, here)
    if here is None:
        return [*sorts, turned]
    return [turned if one is here else one for one in sorts]


def _sorted_by(listing: Listing, base: str, *sorts: Sort | None) -> str:
    written = ",".join(str(one) for one in sorts if one is not None)
    return address(base, listing.args, sort=written or None, page=None)


def sort_chips(listing: Listing, base: str) -> list[dict[str, Any]]:
    """Return the order in words, where the heads alone do not show it."""
    shown = {field.name for field in listing.fields}
    if len(listing.sorts) < 2 and all(one.field in shown for one in listing.sorts):
        return []
    return [
        {
            "label": described(listing.model).field(one.field).label,
            "text": "降序" if one.descending else "升序",
            "url": _sorted_by(listing, base, *[other for other in listing.sorts if other != one]),
        }
        for one in listing.sorts
    ]


def _align(listing: Listing, field: Field) -> str:
    column = column_of(listing.model, field)
    is_number = column is not None and column.type.python_type not in (str, bool)
    dated = column is not None and hasattr(column.type.python_type, "isoformat")
    worded = field.relation or field.choices or field.codes
    return "right" if is_number and not dated and not worded else "left"


def body(
    listing: Listing, row_url: Any, chosen: frozenset[int] = frozenset()
) -> list[dict[str, Any]]:
    """Return the rows of a listing; ``row_url`` returns a row's page, ``chosen`` are ticked."""
    return [
        {
            "pk": item.id,
            "url": row_url(item),
            "picked": item.id in chosen,
            "cells": [cell_of(item, field) for field in listing.fields],
        }
        for item in listing.rows
    ]


def pages(listing: Listing, base: str) -> list[dict[str, Any]]:
    """Return the links of a listing's pager."""
    return page_links(base, listing.args, listing.page, listing.last_page)


def page_links(base: str, args: Mapping[str, str], here: int, last: int) -> list[dict[str, Any]]:
    """Return the links of a pager: first, last, neighbours of the present page, and gaps."""
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    found: list[dict[str, Any]] = []
    before = 0
    for number in near:
        if number - before > 1:
            found.append({"number": None, "url": "", "current": False})
        url = address(base, args, page=number)
        found.append({"number": number, "url": url, "current": number == here})
        before = number
    return found


def sizes(listing: Listing, base: str) -> list[dict[str, Any]]:
    """Return the links that change the number of rows on a page."""
    return [
        {
            "size": size,
            "url": address(base, listing.args, size=size, page=None),
            "current": size == listing.size,
        }
        for size in listing.sizes
    ]
