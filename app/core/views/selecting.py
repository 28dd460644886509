"""Which rows is a bulk act about? The ticked ones, or all that the list showed when chosen."""

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
    """The kept selection that a list is shown with: its number and its rows."""

    id: int
    keys: frozenset[int]


class SelectRoute:
    """The route behind 选择全部: keeps the rows that match now, so that no later one slips in."""

    datamodel: Any
    list_url: str

    @expose("/select", methods=["POST"])
    @has_access
    @permission_name("list")
    def select(self) -> Any:
        data, kept = self.datamodel, None
        check_conditions(data.obj, request.args)
        keys = self.listing().keys(limit=selection.MOST + 1)
        try:
            kept = selection.keep(data.session, data.actor, data.obj, keys)
        except AppError as refusal:
            flash(refusal.message, "danger")
        return redirect(address(self.list_url, request.args, selection=kept), 303)


def asked_keys(view: Any) -> list[int]:
    """The rows that the posted form is about, in order; empty when none was chosen.

    Exactly those that were shown: ``selection`` names a kept choice (less the rows unticked since),
    otherwise the ticked ``rowid`` are meant. Rows that have left the scope are still among them:
    the act says of each that it was not found. Raises NotFound for an expired choice.
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
    """The rows of a kept choice that the screen shows; NotFound for an expired one."""
    data = view.datamodel
    kept: list[int] = data.passing(selection.keys_of(data.session, data.actor, data.obj, number))
    return kept


def _keys(written: list[str]) -> list[int]:
    return [key for value in written if (key := as_key(value)) is not None]


def kept_choice(view: Any) -> Chosen | None:
    """The selection in the address of a list; None without one, or (said by a message) expired."""
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
