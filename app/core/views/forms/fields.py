"""Which control does a declared field have on a form, and what does it refuse?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, Text
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import (
    Field as Control,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    StopValidation,
    ValidationError,
)

from app.core import outside
from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.views import overrides
from app.core.views.columns import column_of, is_many
from app.core.views.forms.number_fields import AmountField, WholeField
from app.core.views.forms.relation_fields import RelatedField, RelatedManyField

BAD_DATE = "日期不对，请按“年-月-日”填写"
BAD_MOMENT = "时间不对，请选择日期和时刻"
BAD_NUMBER = "请填写数字"
BAD_CHOICE = "请从列表中选择"

#: The longest text in fields without a limit of their own.
LONGEST_TEXT = 4000


class Tidy:
    """Strip blanks from the ends of a text, and NULs from anywhere."""

    def __call__(self, value: str | None) -> str | None:
        # PostgreSQL stores no NUL in a text.
        return value.replace("\0", "").strip() if isinstance(value, str) else value


class Finite:
    """Refuse NaN and infinity; comparing a Decimal ``sNaN`` with a limit would raise."""

    def __call__(self, _form: Any, control: Any) -> None:
        if isinstance(control.data, Decimal) and not control.data.is_finite():
            raise StopValidation(BAD_NUMBER)


class Scale:
    """Refuse more decimal places than the column has: rounding would change the input."""

    def __init__(self, places: int) -> None:
        self.places = places

    def __call__(self, _form: Any, control: Any) -> None:
        value = control.data
        if isinstance(value, Decimal) and value.is_finite():
            exponent = value.normalize().as_tuple().exponent
            if isinstance(exponent, int) and -exponent > self.places:
                raise ValidationError(f"最多保留 {self.places} 位小数")


def control_for(model: type[Entity], field: Field) -> Any:
    """Return the unbound control of a declared field, with label, help, limits and default."""
    own = [*overrides.of(model).validators.get(field.name, ())]
    options = {
        "label": field.label,
        "description": field.help,
        # The screen's own validators come first: Optional() ends the chain for an empty value.
        "validators": [*own, _presence(model, field)],
        "default": default_of(model, field),
    }
    if field.relation:
        made = RelatedManyField if is_many(model, field) else RelatedField
        return made(model=model, declared=field, **options)
    if field.codes or field.choices:
        return _select(model, field, options)
    return _plain(column_of(model, field), field, options)


def _presence(model: type[Entity], field: Field) -> Any:
    column = column_of(model, field)
    is_tick = column is not None and isinstance(column.type, Boolean)
    if field.required and not is_tick:
        chosen = field.relation or field.codes or field.choices
        return InputRequired(f"请{'选择' if chosen else '填写'}“{field.label}”")
    return Optional()


def default_of(model: type[Entity], field: Field) -> Any:
    """Return the value that a new row starts with; None without a declared default."""
    column = None if field.relation else column_of(model, field)
    default = column.default if column is not None else None
    return default.arg if default is not None and default.is_scalar else None


def _select(model: type[Entity], field: Field, options: dict[str, Any]) -> Any:
    column = column_of(model, field)
    whole = column is not None and isinstance(column.type, Integer)
    return SelectField(coerce=as_choice(whole), invalid_choice_message=BAD_CHOICE, **options)


def as_choice(whole: bool) -> Any:
    """Return the function that converts a chosen value to the column's type."""
    return outside.whole if whole else str


def blank_allowed(model: type[Entity], field: Field) -> bool:
    """Return whether a select offers an empty choice: only if the field has no default."""
    return not default_of(model, field)


def choices_of(options: list[tuple[str, str]], *, blank: bool) -> list[SelectChoice]:
    """Return the options of a select, with an empty one in front if ``blank``."""
    empty = [SelectChoice(value="", label="请选择")] if blank else []
    return empty + [SelectChoice(value=value, label=label) for value, label in options if value]


def _plain(column: Any, field: Field, options: dict[str, Any]) -> Any:
    kind, checks = column.type, options.pop("validators")
    if isinstance(kind, Boolean):
        return BooleanField(validators=checks[:-1], **options)
    if isinstance(kind, DateTime):
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        return _dated(DateTimeLocalField, checks, BAD_MOMENT, options, format=formats)
    if isinstance(kind, Date):
        return _dated(DateField, checks, BAD_DATE, options)
    if isinstance(kind, Integer):
        limits = NumberRange(-outside.LARGEST_INTEGER, outside.LARGEST_INTEGER, BAD_NUMBER)
        return WholeField(validators=[*checks, limits], invalid_value_message=BAD_NUMBER, **options)
    if isinstance(kind, Numeric):
        return _decimal(kind, checks, options)
    return _text(kind, field, checks, options)


def _dated(made: Any, checks: list[Any], message: str, options: Any, **more: Any) -> Control:
    return made(validators=checks, invalid_value_message=message, **options, **more)


def _decimal(kind: Any, checks: list[Any], options: dict[str, Any]) -> Control:
    places = kind.scale or 0
    most = 10 ** ((kind.precision or 12) - places) - Decimal(1).scaleb(-places)
    limits = [Finite(), NumberRange(-most, most, f"请填写不超过 {most} 的数字"), Scale(places)]
    return AmountField(
        validators=[*checks, *limits],
        places=None,
        invalid_value_message=BAD_NUMBER,
        render_kw={"step": str(Decimal(1).scaleb(-places))},
        **options,
    )


def _text(kind: Any, field: Field, checks: list[Any], options: dict[str, Any]) -> Control:
    length = kind.length or LONGEST_TEXT
    limit = Length(max=length, message=f"不能超过 {length} 个字")
    long = field.multiline or isinstance(kind, Text)
    made = TextAreaField if long else StringField
    look = {"rows": 4} if long else {"maxlength": length}
    return made(validators=[*checks, limit], filters=[Tidy()], render_kw=look, **options)
