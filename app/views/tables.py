"""How do rows become a table on a page: heads with their sort links, cells, pager?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.models.field import Field
from app.views.addresses import address
from app.views.cells import cell_of
from app.views.columns import column_of
from app.views.listing import PAGE_SIZES, Listing


def heads(listing: Listing, base: str) -> list[dict[str, Any]]:
    """The columns of a list whose heads are links that sort."""
    return [_head(listing, field, base, at) for at, field in enumerate(listing.fields)]


def plain_heads(listing: Listing) -> list[dict[str, Any]]:
    """The columns of a table inside a record page, which is not sorted by hand."""
    return [
        {"name": one.name, "label": one.label, "align": _align(listing, one)}
        for one in listing.fields
    ]


def _head(listing: Listing, field: Field, base: str, at: int) -> dict[str, Any]:
    sort = listing.sort
    here = sort.field == field.name
    turned = f"-{field.name}" if here and not sort.descending else field.name
    return {
        "name": field.name,
        "label": field.label,
        "sortable": listing.sortable(field),
        "sorted": ("desc" if sort.descending else "asc") if here else None,
        "url": address(base, listing.args, sort=turned, page=None),
        "align": _align(listing, field),
        "width": field.width or None,
        "sticky": at == 0,
        "help": field.help,
    }


def _align(listing: Listing, field: Field) -> str:
    column = column_of(listing.model, field)
    is_number = column is not None and column.type.python_type not in (str, bool)
    dated = column is not None and hasattr(column.type.python_type, "isoformat")
    worded = field.relation or field.choices or field.codes
    return "right" if is_number and not dated and not worded else "left"


def body(
    listing: Listing, row_url: Any, chosen: frozenset[int] = frozenset()
) -> list[dict[str, Any]]:
    """The rows of a listing; ``row_url`` gives the record page of one, ``chosen`` are ticked."""
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
    """The links of a listing's pager."""
    return page_links(base, listing.args, listing.page, listing.last_page)


def page_links(base: str, args: Mapping[str, str], here: int, last: int) -> list[dict[str, Any]]:
    """The links of a pager: first, last, the neighbours of this page, and gaps."""
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
    """The links that change how many rows a page holds."""
    return [
        {
            "size": size,
            "url": address(base, listing.args, size=size, page=None),
            "current": size == listing.size,
        }
        for size in PAGE_SIZES
    ]
