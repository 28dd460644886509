"""How does a form say which fields many rows get, and with which values?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Boolean
from werkzeug.datastructures import MultiDict
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.core.bulk import bulk
from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.errors import NotPermitted
from app.core.roles import Actor
from app.core.views.columns import column_of, grouped, is_many
from app.core.views.forms.fields import BAD_CHOICE, control_for
from app.core.views.forms.forms import EntityForm
from app.core.views.overrides import described

YES_NO = [("1", "是"), ("0", "否")]
VALUE_MISSING = "请填写新值；要去掉原来的值，请勾选“清空”"
NOTHING_CHOSEN = "请勾选至少一个要修改的字段"

Context = dict[str, Any]


class BulkForm(EntityForm):
    """A control for each field that bulk edits may set; only ticked ones are applied."""

    #: The fields ticked for change, and those of them to be cleared.
    chosen: tuple[str, ...] = ()
    emptied: frozenset[str] = frozenset()

    def take(self, posted: MultiDict[str, str]) -> None:
        """Read which fields were ticked."""
        emptied = set(posted.getlist("empty"))
        ticked = set(posted.getlist("change")) | emptied
        fields = [one for one in self.declared if one.name in ticked]
        self.chosen = tuple(one.name for one in fields)
        self.emptied = frozenset(
            one.name for one in fields if one.name in emptied and bulk.may_be_empty(self.model, one)
        )

    def sound(self) -> bool:
        """Return whether the ticked fields can be read; errors are put on the controls."""
        found = True
        for name in self.chosen:
            if name in self.emptied:
                continue
            control = self[name]
            # A ticked field needs a value, because clearing has a box of its own.
            if not any(one.strip() for one in control.raw_data or ()):
                control.errors = [VALUE_MISSING]
                found = False
            elif not control.validate(self):
                found = False
        return found

    def values(self) -> dict[str, Any]:
        """Return field name → typed value of the ticked fields; None for those to be cleared."""
        return {name: self._typed(name) for name in self.chosen}

    def _typed(self, name: str) -> Any:
        field = next(one for one in self.declared if one.name == name)
        control = self[name]
        if name in self.emptied:
            return [] if is_many(self.model, field) else None
        if field.relation:
            return control.rows() if is_many(self.model, field) else control.row()
        return control.data == "1" if _is_tick(self.model, field) else control.data

    def offer(self, view: Any) -> None:
        """Fill the selects, each with an additional empty choice."""
        super().offer(view)
        for field in self.declared:
            control = self[field.name]
            if field.codes or field.choices:
                options = [one for one in control.choices if one.value not in ("", None)]
                control.choices = [SelectChoice(value="", label="请选择"), *options]

    def lines_by_group(self) -> list[Context]:
        """Return the controls with their boxes, by the groups of the declaration."""
        return [
            {"title": title, "lines": [self._line(one) for one in fields]}
            for title, fields in grouped(self.model, self.declared)
        ]

    def _line(self, field: Field) -> Context:
        return {
            "control": self[field.name],
            "name": field.name,
            "ticked": field.name in self.chosen,
            "emptied": field.name in self.emptied,
            "may_be_empty": bulk.may_be_empty(self.model, field),
        }


def bulk_form_class(model: type[Entity], actor: Actor) -> type[BulkForm]:
    """Return the form class with the fields of ``model`` that the actor may set in bulk."""
    worded = described(model)
    declared = tuple(worded.field(one.name) for one in bulk.fields_of(model, actor))
    made = {one.name: _control(model, one) for one in declared}
    body = {"model": model, "declared": declared, **made}
    return type(f"{model.__name__}BulkForm", (BulkForm,), body)


def _is_tick(model: type[Entity], field: Field) -> bool:
    column = column_of(model, field)
    return column is not None and isinstance(column.type, Boolean)


def _control(model: type[Entity], field: Field) -> Any:
    if _is_tick(model, field):
        # An unticked checkbox would mean neither yes nor no.
        return SelectField(
            field.label,
            description=field.help,
            choices=[("", "请选择"), *YES_NO],
            invalid_choice_message=BAD_CHOICE,
        )
    made = control_for(model, field)
    # No defaults here: a value that was not filled in must not be applied.
    made.kwargs["default"] = None
    made.kwargs["validators"] = [
        one for one in made.kwargs["validators"] if not isinstance(one, InputRequired)
    ]
    return made


def asked_of(posted: MultiDict[str, str], form: BulkForm) -> dict[str, list[str]]:
    """Return the input for the ticked fields, to be filled in again at the confirmation.

    Raises NotPermitted if nothing was ticked.
    """
    if not form.chosen:
        raise NotPermitted(NOTHING_CHOSEN)
    given = {name: posted.getlist(name) for name in form.chosen}
    return {**given, "change": list(form.chosen), "empty": sorted(form.emptied)}


def filled_again(asked: Mapping[str, list[str]]) -> MultiDict[str, str]:
    """Return stored input in the form in which it was posted."""
    return MultiDict([(name, one) for name, values in asked.items() for one in values])
