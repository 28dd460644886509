"""Which form does a third-party ``ModelView`` have for a table of ours?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.core.declarations.field import describe
from app.core.errors import Stale
from app.core.records import record
from app.core.transaction import SAVED_MEANWHILE
from app.core.views.addresses import view_of
from app.core.views.forms.forms import EntityForm, build_form, stored


class GuestForm(EntityForm):
    """A form that the framework creates and fills, with our controls, choices and messages."""

    view: ClassVar[Any]

    @classmethod
    def refresh(cls, obj: Any = None) -> GuestForm:
        """Return the form of this request; posted input is read regardless of ``obj``."""
        is_row = obj is not None and not isinstance(obj, MultiDict)
        form = cls(data=stored(cls, obj) if is_row else None)
        # Related rows are chosen as on the screen of the table itself.
        form.offer(view_of(cls.model))
        return form

    def settle(self, name: str, row: Any) -> None:
        """Set a relation to this row as if it had been chosen."""
        control = self[name]
        control.know(row)
        control.data, control.raw_data = row.id, [str(row.id)]

    def populate_obj(self, obj: Any) -> None:
        """Put the input into the row; raises Stale if it was saved since the form was opened."""
        opened = self.version.data
        if getattr(obj, "id", None) is not None and opened and opened != str(obj.version):
            raise Stale(SAVED_MEANWHILE)
        with record.filling(self.view.datamodel.session):
            self.fill(obj)


def guest_form(view: Any, kind: str) -> type[EntityForm]:
    """Return the form class for adding or editing, with the view's columns and controls."""
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
    """Translates messages of controls with our catalogue first, then with the framework's."""

    def __init__(self, otherwise: Any) -> None:
        self.otherwise = otherwise

    def gettext(self, message: str) -> str:
        found = str(gettext(message))
        return found if found != message else str(self.otherwise.gettext(message))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(self.otherwise.ngettext(one, many, number))


def in_chinese(form: type[Any]) -> type[Any]:
    """Return a third-party form class whose error messages are in Chinese."""

    class Meta(form.Meta):  # type: ignore[misc,name-defined]
        """The form's own Meta, with translations."""

        def get_translations(self, asked: Any) -> _Words:
            return _Words(super().get_translations(asked))

    return type(form.__name__, (form,), {"Meta": Meta, "__module__": form.__module__})
