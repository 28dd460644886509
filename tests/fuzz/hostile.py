"""What does somebody send who wants to see the product fail? Values by the kind of what takes them.

Everything is drawn from one seeded source, so that what failed once fails again.
"""

from __future__ import annotations

import io
import json
from random import Random
from typing import Any

#: More digits than Python turns into a number.
DIGITS = "9" * 5000
WHOLE = (
    "1", "2", "0", "-1", "+1", " 1 ", "01", "1_0", "1.0", "1e3", "²", "１２", "٣", "①",
    str(2**31 - 1), str(2**31), str(2**32), str(2**63 - 1), str(2**63), "99999999999999999999",
    f"-{2**63}", DIGITS, f"-{DIGITS}", "0x10", "null", "true", "1;2", "1,2", "NaN",
)  # fmt: skip
AMOUNTS = (
    *WHOLE, "1E+1000000", "1E-1000000", "-1E+1000000", "1e999999999999999999", "NaN", "sNaN",
    "Infinity", "-Infinity", "0E+999999", "1." + "0" * 4000, "61.55555", "６１．５", "1__0",
)  # fmt: skip
DAYS = (
    "2021-04-24", "0001-01-01", "9999-12-31", "10000-01-01", "2021-02-30", "２０２１-04-24",
    "2021-W10-1", "20210424", "0000-00-00", "2021-04-24T25:00", "9999-12-31T23:59",
    "0001-01-01T00:00", "2021-04-24T09:00+08:00", DIGITS, "-2021-04-24",
)  # fmt: skip
WORDS = (
    "", " ", "\0", "甲\0乙", "\ud800", "\udfff甲", "甲" * 300, "x" * 100_000, "%s%n%x", "{{7*7}}",
    "<script>", "'; DROP TABLE batch;--", "\r\nX: y", "\u202e\u200b\ufeff", "𠮷" * 50, "../../etc",
    "%", "_", "\\", "\x1b[0m", "\x7f\x01", "None", "__class__", "id", "=1+1", "\U0010ffff",
)  # fmt: skip
NESTED = "[" * 100_000
BODIES = (
    "1", "0", "-1", "null", "true", '"text"', "[]", "{}", "[1]", "", "{", "[[[]]]", "NaN",
    "1E+1000000", DIGITS, '{"a":' * 50_000, NESTED, NESTED + "]" * 100_000, '{"version": 1E400}',
    '"\\ud800"', '{"\\u0000": "\\u0000"}', '{"name": "\\ud800"}', "\ufeff{}", '{"version": "²"}',
    '{"rows": 1}', '{"rows": [1]}', '{"rows": [{"cells": {}}]}', '{"note": {"a": []}}',
    '{"id": ' + DIGITS + "}",
)  # fmt: skip
TYPES = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 500,
    "application/json; charset=utf-99", "application/x-www-form-urlencoded; charset=utf-16",
    "\xff/\xff", "", ";;;", "a" * 2000,
)  # fmt: skip
HEADERS: dict[str, tuple[str, ...]] = {
    "Accept": ("application/json", "*/*;q=x", "text/html;q=1e999", ";;,,", "a" * 3000, "\xff"),
    "Accept-Language": ("xx", "zh;q=²", "*" * 500, "zh-CN,,,;q=", "../../x", "\xff"),
    "Accept-Encoding": ("gzip;q=0", "\xff", "identity;q=-1"),
    "Range": (
        "bytes=0-0", "bytes=5-1", "bytes=-0", "bytes=²-", f"bytes={DIGITS[:400]}-", "lines=1-2",
        "bytes=0-1,2-3,5-", "bytes=--1", f"bytes=0-{2**70}",
    ),
    "If-Range": ("x", '"a"', "Thu, 99 Foo 9999 99:99:99 GMT"),
    "If-Modified-Since": ("yesterday", "Thu, 01 Jan 0000 00:00:00 GMT", "9" * 400, "²"),
    "If-Unmodified-Since": ("Thu, 32 Jan 99999 00:00:00 GMT", "x"),
    "If-None-Match": ("*", 'W/"', "\xff", "," * 500),
    "If-Match": ("*", '"x"', "W/" * 200),
    "Cookie": (
        "skills_session=x", "skills_session=" + "a" * 4000, "=;=;", "skills_session=.eJx.²",
        "skills_session=\xff\xfe", 'skills_session="\\400"', "remember_token=1|x", ";" * 500,
    ),
    "Authorization": ("Bearer", "Bearer \xff", "Basic =", "Basic w6nDqQ==", "Bearer skills_²",
        "x" * 3000,
    ),
    "X-CSRFToken": ("x", "\xff"),
    "X-Requested-With": ("XMLHttpRequest",),
    "Referer": ("http://[", "\xff", "//x", "http://a:99999999/"),
    "Origin": ("null", "http://["),
    "X-Forwarded-For": ("\xff", "1" * 900),
    "X-HTTP-Method-Override": ("DELETE", "²"),
    "Idempotency-Key": ("", "x" * 3000, "\xff"),
}  # fmt: skip

FILES = (
    b"", b"\0" * 100, "姓名,证件号码\n甲,1\n".encode(), b"PK\x03\x04" + b"x" * 50,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"%PDF-1.4 x",
    b"\xff\xd8\xff" + b"x" * 40, b"\x89PNG\r\n\x1a\n" + b"x" * 40,
)  # fmt: skip
NAMES = (
    "a.csv", "a.xlsx", "a.xls", "a.zip", "a.pdf", "a.jpg", "..", "甲\0.csv", "x" * 300 + ".csv",
    "\ud800.csv", ".csv", "a",
)  # fmt: skip


class Hostile:
    """Draws values; what is plausible comes often enough to get past the first check."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - what failed once must fail again

    def chance(self, share: float) -> bool:
        """True as often as ``share`` of the times."""
        return self.random.random() < share

    def one(self, of: Any) -> Any:
        """One of them."""
        return self.random.choice(of)

    def key(self) -> str:
        """The key of a row, in most cases one that is there."""
        return "1" if self.chance(0.6) else self.one(WHOLE)

    def value(self, kind: str) -> str:
        """A value for something of that kind: key, whole, amount, day or word."""
        if self.chance(0.1):
            kind = self.one(("key", "whole", "amount", "day", "word"))
        if kind == "key":
            return self.key()
        return str(self.one({"whole": WHOLE, "amount": AMOUNTS, "day": DAYS}.get(kind, WORDS)))

    def json(self, names: dict[str, str]) -> bytes:
        """A body that should be JSON."""
        if self.chance(0.4):
            return str(self.one(BODIES)).encode("utf-8", "surrogatepass")
        picked = self.random.sample(sorted(names), min(len(names), self.random.randint(1, 6)))
        body = {name: self._json_value(names[name]) for name in picked}
        if self.chance(0.3):
            row = {
                "id": self._json_value("key"),
                "version": self._json_value("whole"),
                "cells": body,
            }
            body = {"rows": [row, dict(row, id="new1")][: self.random.randint(1, 2)]}
        text = json.dumps(body)
        return text.replace('"§', "").replace('§"', "").encode("utf-8", "surrogatepass")

    def _json_value(self, kind: str) -> Any:
        plain = self.value(kind)
        if self.chance(0.2) and plain.lstrip("-").isdecimal() and plain.isascii():
            return f"§{plain}§"  # a bare number, however long
        odd = (
            None,
            True,
            1.5,
            2**70,
            [],
            {},
            [plain],
            {"id": plain},
            {"text": plain},
            [{"id": 1}],
            1,
        )
        return self.one(odd) if self.chance(0.3) else plain

    def file(self) -> tuple[io.BytesIO, str]:
        """An upload."""
        content, name = self.one(FILES), self.one(NAMES)
        return io.BytesIO(content), name.encode("utf-8", "replace").decode()

    def headers(self) -> dict[str, str]:
        """None in most cases, else one to three odd ones."""
        if self.chance(0.7):
            return {}
        names = self.random.sample(sorted(HEADERS), self.random.randint(1, 3))
        return {name: self.one(HEADERS[name]) for name in names}
