"""How does a form read a number? As the rest of the product does, whatever was typed."""

from __future__ import annotations

from typing import Any

from wtforms import DecimalField, IntegerField

from app.core import outside


class WholeField(IntegerField):
    """A whole number in ASCII digits, within what a column holds."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuse what is no such number, with the field's own words."""
        if not valuelist:
            return
        self.data = outside.whole(valuelist[0])
        if self.data is None:
            raise ValueError(self._words())

    def _words(self) -> str:
        return getattr(self, "invalid_value_message", "") or "请填写整数"


class AmountField(DecimalField):
    """An amount with as many digits as a column may keep; never NaN, never without end."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Refuse what is no such amount, with the field's own words."""
        if not valuelist:
            return
        self.data: Any = outside.amount(valuelist[0])
        if self.data is None:
            raise ValueError(getattr(self, "invalid_value_message", "") or "请填写数字")
