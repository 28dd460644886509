"""Which form does a ``ModelView`` of somebody else get over a table of ours? Our controls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.core.declarations.field import describe
from app.core.records import record
from app.core.views.addresses import view_of
from app.core.views.forms.forms import EntityForm, build_form, stored


class GuestForm(EntityForm):
    """Made and filled by the framework, with controls, choices and refusals of ours."""

    view: ClassVar[Any]

    @classmethod
    def refresh(cls, obj: Any = None) -> GuestForm:
        """The form of this request. What was posted comes by itself, whatever ``obj`` is then."""
        is_row = obj is not None and not isinstance(obj, MultiDict)
        form = cls(data=stored(cls, obj) if is_row else None)
        # Related rows are chosen as on the table's own screen.
        form.offer(view_of(cls.model))
        return form

    def settle(self, name: str, row: Any) -> None:
        """Let a relation be this row, as if it had been chosen."""
        control = self[name]
        control.know(row)
        control.data, control.raw_data = row.id, [str(row.id)]

    def populate_obj(self, obj: Any) -> None:
        """Put what was typed into the row."""
        with record.filling(self.view.datamodel.session):
            self.fill(obj)


def guest_form(view: Any, kind: str) -> type[EntityForm]:
    """The form for adding or editing with the columns, words and controls that the view names."""
    model = view.datamodel.obj
    by_hand = getattr(view, f"{kind}_form_extra_fields") or {}
    names = getattr(view, f"{kind}_columns")
    known = {one.name: one for one in describe(model).fields}
    declared = tuple(
        replace(
            known[name],
            label=str(view.label_columns.get(name, known[name].label)),
            help=str((view.description_columns or {}).get(name, known[name].help)),
        )
        for name in names
        if name in known
    )
    form = build_form(model, declared, by_hand, names, GuestForm)
    form.view = view
    for name, own in (view.validators_columns or {}).items():
        control = getattr(form, name, None)
        if control is not None and name not in by_hand:
            control.kwargs["validators"] = [*own, *control.kwargs["validators"]]
    return form


class _Words:
    """Messages of controls by our catalogue first, which words those of the framework too."""

    def __init__(self, otherwise: Any) -> None:
        self.otherwise = otherwise

    def gettext(self, message: str) -> str:
        found = str(gettext(message))
        return found if found != message else str(self.otherwise.gettext(message))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(self.otherwise.ngettext(one, many, number))


def in_chinese(form: type[Any]) -> type[Any]:
    """A form of somebody else whose refusals are worded, whoever words them."""

    class Meta(form.Meta):  # type: ignore[misc,name-defined]
        """The form's own, with words."""

        def get_translations(self, asked: Any) -> _Words:
            return _Words(super().get_translations(asked))

    return type(form.__name__, (form,), {"Meta": Meta, "__module__": form.__module__})
