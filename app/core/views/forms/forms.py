"""What does the form of a table contain, and how does the input reach the row?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField

from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.errors import Problem
from app.core.views import overrides
from app.core.views.addresses import picker_url, view_of
from app.core.views.cells import code_lists
from app.core.views.columns import column_of, filled_in, is_many, key_name, target_of
from app.core.views.forms import conflicts
from app.core.views.forms.fields import blank_allowed, choices_of, control_for, default_of
from app.core.views.forms.relation_fields import RelatedField, RelatedManyField
from app.core.views.lists import controls


class EntityForm(FlaskForm):
    """The form of one table; controls come from the declaration, choices are read per request.

    ``version`` and ``opened`` are the row's version and values when the form was opened. If a
    later version was saved meanwhile, the user sees both people's changes.
    """

    model: type[Entity]
    declared: tuple[Field, ...]
    version = HiddenField()
    opened = HiddenField()
    #: Fields that this person may not fill in, with the reason: shown, but disabled.
    shut: Mapping[str, str] = MappingProxyType({})
    #: Controls defined by the screen itself, replacing those of fields or in addition.
    by_hand: frozenset[str] = frozenset()
    #: Group and name of every control, in the order of the form.
    placed: tuple[tuple[str, str], ...] = ()

    def control(self, name: str) -> Any:
        """Return the control of the field with that name."""
        return self[name]

    def fill(self, item: Any) -> None:
        """Put the input into ``item``; a relation that did not change is not touched.

        A disabled control posts nothing. What was posted nevertheless is put in to be refused.
        """
        for field in self.declared:
            control = self[field.name]
            if field.name in self.shut and not control.raw_data:
                continue
            if isinstance(control, RelatedManyField):
                setattr(item, field.name, control.rows())
            elif isinstance(control, RelatedField):
                if control.changed:
                    setattr(item, field.name, control.row())
            else:
                setattr(item, field.name, self._value(field))
        for name in self.beyond:
            setattr(item, name, self[name].data)

    @property
    def beyond(self) -> list[str]:
        """The controls that do not belong to a declared field."""
        return sorted(self.by_hand - {field.name for field in self.declared})

    def _value(self, field: Field) -> Any:
        value = self[field.name].data
        if value not in (None, ""):
            return value
        column = column_of(self.model, field)
        if column is not None and column.nullable:
            return None
        default = default_of(self.model, field)
        return value if default is None else default

    def offer(self, view: Any) -> None:
        """Fill the selects for this request: active codes and the row's own, related rows."""
        for field in self.declared:
            control = self[field.name]
            if isinstance(control, RelatedField | RelatedManyField):
                control.offer_current()
                control.render_kw = {**(control.render_kw or {}), **_remote(self, view, field)}
            elif (field.codes or field.choices) and field.name not in self.by_hand:
                options = _options(self.model, field, control.data)
                blank = blank_allowed(self.model, field)
                control.choices = choices_of(options, blank=blank)
            if field.name in self.shut:
                self._disable(control, self.shut[field.name])

    def _disable(self, control: Any, why: str) -> None:
        control.validators = ()  # a disabled control is not posted
        control.validate_choice = False
        control.render_kw = {**(control.render_kw or {}), "disabled": "disabled", "title": why}
        control.description = control.description or why

    def put(self, problems: Iterable[Problem]) -> list[Problem]:
        """Put each problem on its field; return those without a field in this form."""
        left = []
        for problem in problems:
            name = problem.field.removesuffix("_id")
            if name in self:
                self[name].errors = [*self[name].errors, problem.message]
            else:
                left.append(problem)
        return left

    def know(self, rows: Mapping[str, Any]) -> None:
        """Pass in related rows that were already read, by field."""
        for name, row in rows.items():
            if isinstance(self[name], RelatedField | RelatedManyField):
                self[name].know(row)

    def groups(self) -> list[dict[str, Any]]:
        """Return the controls by the groups of the declaration."""
        titles = dict.fromkeys(title for title, _name in self.placed)
        return [
            {
                "title": title,
                "fields": [self[name] for group, name in self.placed if group == title],
            }
            for title in titles
        ]


def form_class(
    model: type[Entity], base: type[EntityForm] = EntityForm, *, adding: bool = False
) -> type[EntityForm]:
    """Return the form class of ``model`` with a control for each field to fill in.

    The screen may define further controls; those that it does not place come last.
    """
    declared = tuple(filled_in(model, adding=adding))
    order = overrides.of(model).columns.get("add" if adding else "edit", ())
    return build_form(model, declared, overrides.of(model).extra(adding=adding), order, base)


def build_form(
    model: type[Entity],
    declared: tuple[Field, ...],
    by_hand: Mapping[str, Any],
    order: Iterable[str],
    base: type[EntityForm],
) -> type[EntityForm]:
    """Return a form class of ``declared`` fields and further controls, in this order."""
    made = {field.name: control_for(model, field) for field in declared}
    body = {
        "model": model,
        "declared": declared,
        "by_hand": frozenset(by_hand),
        "placed": _placed(declared, [*(order or made), *by_hand]),
        **made,
        **by_hand,
    }
    return type(f"{model.__name__}Form", (base,), body)


def _placed(declared: Iterable[Field], order: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return group and name of every control; additional ones join the preceding group."""
    groups = {field.name: field.group for field in declared}
    found: list[tuple[str, str]] = []
    for name in dict.fromkeys(order):
        last = found[-1][0] if found else ""
        found.append((groups.get(name, last), name))
    return tuple(found)


def stored(form: type[EntityForm], item: Any) -> dict[str, Any]:
    """Return the values of ``item`` for its form, with relations by key."""
    model = form.model
    found: dict[str, Any] = {
        "version": str(item.version),
        "opened": conflicts.written(conflicts.stored(model, item)),
    }
    for name in form.by_hand:
        found[name] = getattr(item, name, None)
    for field in form.declared:
        if field.name in form.by_hand:
            continue
        if is_many(model, field):
            found[field.name] = [one.id for one in getattr(item, field.name)]
        elif field.relation:
            found[field.name] = getattr(item, key_name(model, field))
        else:
            found[field.name] = getattr(item, field.name)
    return found


def _options(model: type[Entity], field: Field, value: Any) -> list[tuple[str, str]]:
    if not field.codes:
        return controls.options(model, field)
    items = code_lists().get(field.codes, ())
    return [(item.code, item.name) for item in items if item.active or item.code == value]


def _remote(form: EntityForm, view: Any, field: Field) -> Mapping[str, str]:
    target = view_of(target_of(form.model, field))
    if field.name in form.shut:
        return {}
    within = [name for name in (target.within if target is not None else ()) if name in form]
    look = {"data-remote": picker_url(view, field.name), "data-placeholder": "请选择"}
    return {**look, "data-depends": " ".join(within)} if within else look
