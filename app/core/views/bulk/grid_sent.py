"""Which rows with which changed cells did the page of a grid send?"""

from __future__ import annotations

from typing import Any

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from app.core.bulk.grid import MOST
from app.core.bulk.grid_cells import Sent

#: The most bytes that a page may send; a thousand rows of long texts need far less.
LARGEST = 4 * 2**20
NOTHING = "没有收到改动，请刷新后重试"


def read_sent(asked: Any) -> list[Sent]:
    """Return the posted rows; raises 413 for too many, 400 for anything our page never sends."""
    if (asked.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge
    sent = asked.get_json(silent=True)
    rows = sent.get("rows") if isinstance(sent, dict) else None
    if not isinstance(rows, list) or not rows:
        raise BadRequest(NOTHING)
    if len(rows) > MOST:
        raise RequestEntityTooLarge
    return [_row(row) for row in rows]


def _row(row: Any) -> Sent:
    if not isinstance(row, dict) or not isinstance(row.get("cells"), dict):
        raise BadRequest(NOTHING)
    texts, keys = {}, {}
    for name, value in row["cells"].items():
        picked = value if isinstance(value, dict) else {"text": value}
        if not isinstance(picked.get("text"), str):
            raise BadRequest(NOTHING)
        texts[name] = picked["text"]
        if picked.get("key") is not None:
            keys[name] = picked["key"]
    version = row.get("version")
    return Sent(str(row.get("id")), version if isinstance(version, int) else None, texts, keys)
