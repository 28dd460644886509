"""How are related rows chosen on a form, and only from the actor's scope?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.outside import as_key
from app.core.views.cells import choice_text
from app.core.views.columns import target_of
from app.core.views.interface import EntityInterface

OUT_OF_REACH = "没有这条记录，或不在您的管辖范围内"
HIDDEN = "（不在您的管辖范围内）"


class RelatedField(SelectField):
    """A select that loads its options from the server; holds the key of one row.

    ``stored`` is the record's present key, which may stay even if the actor cannot see that row.
    """

    def __init__(self, *, model: type[Entity], declared: Field, **options: Any) -> None:
        super().__init__(coerce=as_key, choices=[], validate_choice=False, **options)
        self.data_source = EntityInterface(target_of(model, declared))
        self.stored: int | None = None
        self._known: dict[int, Any] = {}

    def process_data(self, value: Any) -> None:
        super().process_data(value)
        self.stored = self.data

    def pre_validate(self, form: Any) -> None:
        """Refuse rows out of scope, except for the one stored before."""
        written = (self.raw_data or [""])[0]
        if not written or (self.data is not None and self.data == self.stored):
            return
        if self.data is None or self.row() is None:
            raise ValidationError(OUT_OF_REACH)

    @property
    def changed(self) -> bool:
        """Whether a different row than the stored one was chosen."""
        return self.data != self.stored

    def know(self, row: Any) -> None:
        """Remember a row that was already read, to save a statement."""
        if row is not None:
            self._known[row.id] = row

    def row(self) -> Any:
        """Return the chosen row; None if there is none or it is out of scope."""
        if not self.data:
            return None
        if self.data not in self._known:
            self.know(self.data_source.one(self.data))
        return self._known.get(self.data)

    def offer_current(self) -> None:
        """Offer only the chosen row; other options are loaded from the server."""
        empty = [] if self.flags.required and self.data else [SelectChoice(value="", label="")]
        self.choices = empty + ([self._choice()] if self.data else [])

    def _choice(self) -> SelectChoice:
        row = self.row()
        label = choice_text(row) if row is not None else HIDDEN
        return SelectChoice(value=str(self.data), label=label)


class RelatedManyField(SelectMultipleField):
    """A select of the same kind for several rows."""

    def __init__(self, *, model: type[Entity], declared: Field, **options: Any) -> None:
        look = {"data-wide": "1", "multiple": True}
        super().__init__(
            coerce=as_key, choices=[], validate_choice=False, render_kw=look, **options
        )
        self.data_source = EntityInterface(target_of(model, declared))
        self._known: dict[int, Any] = {}

    def pre_validate(self, form: Any) -> None:
        """Refuse rows out of scope."""
        if len(self.rows()) != len(set(self.data or [])):
            raise ValidationError(OUT_OF_REACH)

    def rows(self) -> list[Any]:
        """Return the chosen rows that the actor sees."""
        keys = [key for key in dict.fromkeys(self.data or []) if key]
        self.know(self.data_source.get_many([key for key in keys if key not in self._known]))
        return [self._known[key] for key in keys if key in self._known]

    def know(self, rows: Iterable[Any]) -> None:
        """Remember rows that were already read, to save statements."""
        self._known.update({row.id: row for row in rows})

    def offer_current(self) -> None:
        """Offer only the chosen rows; other options are loaded from the server."""
        self.choices = [SelectChoice(str(row.id), choice_text(row)) for row in self.rows()]
