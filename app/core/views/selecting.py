"""Which rows is a bulk act about?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import expose, has_access, permission_name

from app.core.errors import AppError, NotFound
from app.core.lists import selection
from app.core.outside import as_key
from app.core.views.addresses import address
from app.core.views.lists.condition_names import check_conditions


@dataclass(frozen=True)
class Chosen:
    """The stored selection with which a list is shown: its id and its rows."""

    id: int
    keys: frozenset[int]


class SelectRoute:
    """The route behind 选择全部: stores the rows that match now, so that no later one is added."""

    datamodel: Any
    list_url: str

    @expose("/select", methods=["POST"])
    @has_access
    @permission_name("list")
    def select(self) -> Any:
        data, kept = self.datamodel, None
        check_conditions(data.obj, request.args)
        # One more than allowed shows that there are too many, without reading them all.
        keys = self.listing().keys(limit=selection.MOST + 1)
        try:
            kept = selection.keep(data.session, data.actor, data.obj, keys)
        except AppError as refusal:
            flash(refusal.message, "danger")
        return redirect(address(self.list_url, request.args, selection=kept), 303)


def asked_keys(view: Any) -> list[int]:
    """Return the rows that the posted form is about, in order; empty if none was chosen.

    These are exactly the rows that were shown: the stored ``selection`` without the rows unticked
    since, else the ticked ``rowid``. Rows now out of scope are included, so that the act reports
    them as not found. Raises NotFound for an expired selection.
    """
    form, data = request.form, view.datamodel
    if written := form.get("selection", ""):
        number = as_key(written)
        if number is None:
            raise NotFound(selection.EXPIRED)
        kept = keys_of_choice(view, number)
        left_out = set(_keys(form.getlist("except")))
        return [key for key in kept if key not in left_out]
    return data.passing(list(dict.fromkeys(_keys(form.getlist("rowid")))))


def keys_of_choice(view: Any, number: int) -> list[int]:
    """Return the rows of a selection that the screen shows; raises NotFound if it expired."""
    data = view.datamodel
    kept: list[int] = data.passing(selection.keys_of(data.session, data.actor, data.obj, number))
    return kept


def _keys(written: list[str]) -> list[int]:
    return [key for value in written if (key := as_key(value)) is not None]


def kept_choice(view: Any) -> Chosen | None:
    """Return the selection in a list's address; None without one, or with a message if expired."""
    written = request.args.get("selection", "")
    if not written:
        return None
    number = as_key(written) or 0
    try:
        keys = keys_of_choice(view, number)
    except NotFound as expired:
        flash(expired.message, "warning")
        return None
    return Chosen(number, frozenset(keys))
