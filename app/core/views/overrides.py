"""Which columns does a screen define itself, instead of deriving them from the declaration?

It does so by the attributes that Flask-AppBuilder developers know. A table has one screen, so they
apply wherever its rows are shown, searched or edited: lists, pages, forms, exports and the
interface. Imported sheets keep the declared headings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from typing import Any

from flask import current_app, has_app_context
from sqlalchemy import Boolean, Date, Integer, Numeric, inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Description, Field, Search, describe
from app.core.views.override_checks import PAGES, check

Names = tuple[str, ...]
_REGISTRY = "screen_overrides"


@dataclass(frozen=True)
class Overrides:
    """What one screen defines itself; everything else is derived.

    ``columns`` holds names by page (list, show, add, edit, search, export). ``base_filters`` are
    (column, filter class, value). ``order`` are columns, with - for descending.
    """

    columns: Mapping[str, Names] = dataclass_field(default_factory=dict)
    labels: Mapping[str, str] = dataclass_field(default_factory=dict)
    helps: Mapping[str, str] = dataclass_field(default_factory=dict)
    formatters: Mapping[str, Callable[[Any], Any]] = dataclass_field(default_factory=dict)
    validators: Mapping[str, list[Any]] = dataclass_field(default_factory=dict)
    extra_to_add: Mapping[str, Any] = dataclass_field(default_factory=dict)
    extra_to_edit: Mapping[str, Any] = dataclass_field(default_factory=dict)
    base_filters: tuple[tuple[str, Any, Any], ...] = ()
    order: Names = ()
    page_size: int = 0

    def extra(self, *, adding: bool) -> Mapping[str, Any]:
        """Return the additional controls of the form for adding, or for editing."""
        return self.extra_to_add if adding else self.extra_to_edit


NOTHING = Overrides()


def read(view: type[Any], base: type[Any], model: type[Entity]) -> Overrides:
    """Return what ``view`` and its bases up to ``base`` define; raises BadConfig if wrong."""
    said = _said_below(view, base)
    check(view.__name__, model, said)
    columns = {
        page: tuple(said[name]) for name, page in PAGES.items() if said.get(name) is not None
    }
    return Overrides(
        columns,
        said.get("label_columns") or {},
        said.get("description_columns") or {},
        said.get("formatters_columns") or {},
        said.get("validators_columns") or {},
        said.get("add_form_extra_fields") or {},
        said.get("edit_form_extra_fields") or {},
        base_filters=tuple(tuple(one) for one in said.get("base_filters") or ()),
        order=_order(said.get("base_order")),
        page_size=said.get("page_size") or 0,
    )


def _said_below(view: type[Any], base: type[Any]) -> dict[str, Any]:
    """Return the attributes of the view and of its bases below ``base``."""
    found: dict[str, Any] = {}
    for one in view.__mro__:
        if one is base:
            break
        found = {**vars(one), **found}
    return found


def _order(said: tuple[str, str] | None) -> Names:
    if said is None:
        return ()
    name, way = said
    return (f"-{name}" if way == "desc" else name,)


def install(model: type[Entity], said: Overrides) -> None:
    """Make ``said`` apply to ``model`` in this application."""
    known = current_app.extensions.setdefault(_REGISTRY, {})
    known[model.__name__] = (said, _described(model, said))


def of(model: type[Entity]) -> Overrides:
    """Return what the screen of ``model`` defines itself."""
    return _known(model)[0]


def described(model: type[Entity]) -> Description:
    """Return the declaration of ``model`` as changed by its screen."""
    return _known(model)[1]


def _known(model: type[Entity]) -> tuple[Overrides, Description]:
    known = current_app.extensions.get(_REGISTRY, {}) if has_app_context() else {}
    return known.get(model.__name__) or (NOTHING, describe(model))


def _described(model: type[Entity], said: Overrides) -> Description:
    declared = describe(model)
    fields = tuple(_field(model, one, said) for one in declared.fields)
    return replace(declared, fields=fields)


def _field(model: type[Entity], field: Field, said: Overrides) -> Field:
    name, changes = field.name, dict[str, Any]()
    for page in ("list", "show", "export"):
        if page in said.columns:
            changes[page] = name in said.columns[page]
    if "search" in said.columns:
        asked = name in said.columns["search"]
        changes["search"] = (field.search or _usual_search(model, field)) if asked else None
        changes["quick"] = field.quick and asked
    return replace(
        field,
        label=str(said.labels.get(name, field.label)),
        help=str(said.helps.get(name, field.help)),
        **changes,
    )


def _usual_search(model: type[Entity], field: Field) -> Search:
    """Return how to search a field whose declaration does not say it."""
    if field.relation or field.codes or field.choices:
        return "pick"
    type_ = inspect(model).columns[field.name].type
    if isinstance(type_, Boolean):
        return "pick"
    return "range" if isinstance(type_, Date | Integer | Numeric) else "contains"
