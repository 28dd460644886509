"""How is a number written in Chinese capitals (大写), which are hard to alter?"""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")


def capitals(number: Decimal | int | None) -> str:
    """Return 壹拾贰 for 12, 贰点伍 for 2.5; '' for None and outside [0, 10000)."""
    if number is None or not Decimal(number).is_finite() or not 0 <= number < 10000:
        return ""
    whole, _, fraction = f"{Decimal(number):f}".partition(".")
    fraction = fraction.rstrip("0")
    decimals = "点" + "".join(_DIGITS[int(digit)] for digit in fraction) if fraction else ""
    return _whole(int(whole)) + decimals


def _whole(number: int) -> str:
    written = ""
    digits = str(number)
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit != "0":
            written += _DIGITS[int(digit)] + _UNITS[place]
        elif not written.endswith("零"):
            written += "零"
    return written.rstrip("零") or "零"
