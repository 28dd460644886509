"""What does a batch's page show of its segments of certificate numbers?"""

from __future__ import annotations

from typing import Any

from app.core.scope import AnySession
from app.services.certificates import segments

Context = dict[str, Any]

SOUND = {
    "title": "号段核对无误",
    "text": "证书个数等于合格人数，号段连续，与其他号段不重叠，年份、等级和机构相符。",
}


def segments_tabs(item: Any, session: AnySession) -> list[tuple[str, str, Any]]:
    """Return the tab 号段核对 if the batch has its numbers, else no tab."""
    if item.state not in segments.NUMBERED:
        return []
    return [("segments", "号段核对", lambda batch: _checked(session, batch))]


def _checked(session: AnySession, batch: Any) -> Context:
    rows = [
        {"pk": at, "cells": [{"text": one.message}, {"text": one.clause}]}
        for at, one in enumerate(segments.check_segments(session, batch))
    ]
    columns = [{"name": "message", "label": "问题"}, {"name": "clause", "label": "依据"}]
    return {"table": {"columns": columns, "rows": rows, "empty": SOUND}}
