"""Which deadlines and figures does the home page show?"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for

from app.core.database import db
from app.core.views import home
from app.core.views.addresses import may, record_url, view_of
from app.core.views.home import list_url
from app.models import Batch
from app.services.filing.deadlines import Due, due_soon
from app.services.overview import Figures, figures


class HomeView(home.HomeView):
    """The home page with deadlines of batches and figures of the year."""

    def panels(self, today: date) -> dict[str, Any]:
        """Return the deadlines, the figures and the links to new records."""
        return {
            "deadlines": [_deadline(one) for one in due_soon(db.session, today)],
            "stats": _stats(figures(db.session, today), today.year),
            "quick": _quick(),
        }


def _deadline(one: Due) -> dict[str, Any]:
    return {
        "batch_no": one.batch.no,
        "title": one.batch.name,
        "label": one.deadline.label,
        "due": one.deadline.due,
        "standing": one.standing.text,
        "colour": one.colour,
        "url": record_url(one.batch),
    }


def _stats(found: Figures, year: int) -> list[dict[str, Any]]:
    return [
        {"label": "在办批次", "value": found.batches_open, "unit": "个", "url": list_url("Batch")},
        {"label": f"{year} 年批次", "value": found.batches_of_year, "unit": "个"},
        {"label": f"{year} 年核定证书", "value": found.certificates_of_year, "unit": "本"},
        {
            "label": "已备案评价机构",
            "value": found.bodies,
            "unit": "个",
            "url": list_url("Body", state="registered"),
        },
    ]


def _quick() -> list[dict[str, Any]]:
    view = view_of(Batch)
    if view is None or not may("can_add", view):
        return []
    url = url_for(f"{view.endpoint}.add")
    return [{"label": "新增认定批次", "url": url, "primary": True, "icon": "add"}]
