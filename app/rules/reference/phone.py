"""Is this a valid telephone number in mainland China?"""

from __future__ import annotations

import re

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold

_MOBILE = re.compile(r"(?:\+?86-?)?1[3-9][0-9](?:[0-9]{8}|-[0-9]{4}-[0-9]{4})")
_LANDLINE = re.compile(
    r"(?:\(0(?:10|2[0-9])\)|0(?:10|2[0-9])-?)[2-8][0-9]{7}(?:[-转][0-9]{1,6})?"
    r"|(?:\(0[3-9][0-9]{2}\)|0[3-9][0-9]{2}-?)[2-8][0-9]{6,7}(?:[-转][0-9]{1,6})?"
)
_SERVICE = re.compile(r"1[0-9]{4,5}|[48]00-?[0-9]{3}-?[0-9]{4}")

PHONE_FORMAT = Rule(
    "phone_format",
    "电话为11位手机号，或带区号的固定电话；监督举报电话还可为12333一类服务号码",
    "phone_problems",
    basis=INFERRED,
    remedy="改为11位手机号，或区号加号码",
    number="0-67",
)


def phone_problems(
    phone: str | None, *, field: str = "phone", service: bool = False
) -> list[Problem]:
    """Return at most one problem; an empty number gives none.

    ``service`` also admits short service numbers (12333) and 400/800 numbers.
    """
    text = fold(phone).replace("—", "-").replace("–", "-")
    if not text or _MOBILE.fullmatch(text) or _LANDLINE.fullmatch(text):
        return []
    if service and _SERVICE.fullmatch(text):
        return []
    message = "电话应为1开头的11位手机号，或区号加号码（如0315-2800123），请改正"
    return [PHONE_FORMAT.broken(message, field=field)]
