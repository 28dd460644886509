"""Which rows and cells does an export contain, without a request being necessary?"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import inspect
from werkzeug.datastructures import MultiDict

from app.core.declarations.field import Field
from app.core.jobs.exports import Leaving, Wanted
from app.core.masking import mask_identity
from app.core.roles import may_write
from app.core.scope import AnySession, owns
from app.core.views.addresses import view_of
from app.core.views.cells import text_of
from app.core.views.columns import column_of, exported, is_many, relations_among, target_of
from app.core.views.interface import EntityInterface
from app.core.views.lists import controls
from app.core.views.lists.listing import Listing

#: The number of rows read at a time, with one statement per portion.
PORTION = 500
#: The fewest digits of a telephone or identity number.
SHORTEST_NUMBER = 11


def read_rows(session: AnySession, wanted: Wanted, chosen: Sequence[int] | None = None) -> Leaving:
    """Return the rows that ``wanted`` asks for, or those ``chosen`` that are in scope.

    Only keys are held, at eight bytes each, and rows are read in portions, so that memory hardly
    grows with their number.
    """
    listing = listing_of(session, wanted)
    data, declared = listing.data, {one.name: one for one in exported(wanted.model)}
    fields = [declared[name] for name in wanted.columns if name in declared]
    masked = not (wanted.whole and may_write(data.actor, wanted.model.__area__))
    asked = _asked(listing) if chosen is None else {"范围": "所选记录"}
    keys = listing.each_key() if chosen is None else data.in_scope(chosen)
    found = array("q", keys)
    return Leaving(
        headings=[field.label for field in fields],
        count=len(found),
        rows=_rows(data, found, fields, codes=wanted.codes, masked=masked),
        noted={"证件号码": "部分隐藏" if masked else "完整"} | asked,
    )


def listing_of(session: AnySession, wanted: Wanted) -> Listing:
    """Return the listing for the query in ``wanted``, in the order of its screen."""
    view, data = view_of(wanted.model), EntityInterface(wanted.model, session)
    args = MultiDict(parse_qsl(wanted.query))
    return Listing(data, args, order=view.order if view is not None else ())


def _rows(
    data: EntityInterface, keys: array[int], fields: list[Field], *, codes: bool, masked: bool
) -> Iterator[list[Any]]:
    names = relations_among(fields)
    private = any(field.sensitive for field in fields)
    for start in range(0, len(keys), PORTION):
        for item in data.get_many(keys[start : start + PORTION].tolist(), names):
            # Rows of a common pool are visible to all, but unmasked only for their owner.
            hidden = masked or (private and not owns(data.actor, item))
            yield [value_of(item, field, masked=hidden, codes=codes) for field in fields]
        data.forget()


def _asked(listing: Listing) -> dict[str, str]:
    """Return the conditions in words, masked: the history has more readers than the rows."""
    found: dict[str, str] = {}
    for one in listing.search.conditions:
        text, label = controls.wording(listing, one, masked=mask_identity), one.field.label
        found[label] = f"{found[label]}，{text}" if label in found else text
    if words := listing.search.words:
        found["快速查找"] = mask_identity(words) if _numeric(words) else words
    return found


def _numeric(words: str) -> bool:
    """Return whether the words are a personal number, not a name or a number of our own."""
    return sum(map(str.isdigit, words)) >= SHORTEST_NUMBER


def value_of(item: Any, field: Field, *, masked: bool, codes: bool = False) -> Any:
    """Return the value for a cell of a sheet: dates and numbers as such, others in words.

    With ``codes``, choices and related rows that have a code are given by it.
    """
    if codes and (code := _code_of(item, field)) is not None:
        return code
    worded = field.relation or field.codes or field.choices or field.sensitive
    if worded or field.name == "state" or column_of(type(item), field) is None:
        return text_of(item, field, masked=masked)
    return getattr(item, field.name)


def _code_of(item: Any, field: Field) -> str | None:
    value = getattr(item, field.name)
    if not field.relation:
        listed = field.codes or field.choices or field.name == "state"
        return str(value) if listed and value is not None else None
    if value is None or is_many(type(item), field):
        return None
    target = inspect(target_of(type(item), field))
    name = next((one for one in ("code", "digit") if one in target.columns), "")
    return str(getattr(value, name)) if name else None
