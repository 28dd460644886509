"""How does a form read a number, in the same way as the rest of the product?"""

from __future__ import annotations

from typing import Any

from wtforms import DecimalField, IntegerField

from app.core import outside


class WholeField(IntegerField):
    """An integer in ASCII digits, within the range of a column."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raises ValueError with the field's own message."""
        if not valuelist:
            return
        self.data = outside.whole(valuelist[0])
        if self.data is None:
            raise ValueError(self._words())

    def _words(self) -> str:
        return getattr(self, "invalid_value_message", "") or "请填写整数"


class AmountField(DecimalField):
    """A finite amount with no more digits than a column can hold."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount; raises ValueError with the field's own message."""
        if not valuelist:
            return
        self.data: Any = outside.amount(valuelist[0])
        if self.data is None:
            raise ValueError(getattr(self, "invalid_value_message", "") or "请填写数字")
