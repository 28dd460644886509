"""How is the announcement of a batch's results printed, with names and numbers masked?"""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core.database import db
from app.core.views.addresses import record_url
from app.core.views.interface import EntityInterface
from app.models import Publicity
from app.services.results.announcement import Announcement, announcement_of


class PublicityPrintView(BaseView):
    """公示打印: a page for A4 paper, for users who may see the publicity."""

    route_base = "/publicity_notice"
    class_permission_name = "Publicity"
    default_view = "page"

    @expose("/<pk>")
    @has_access
    @permission_name("show")
    def page(self, pk: str) -> str:
        """Show the announcement of a publicity in the user's scope, else 404."""
        publicity = EntityInterface(Publicity).one(pk)
        if publicity is None:
            abort(404)
        found = announcement_of(db.session, publicity)
        return self.render_template(
            "publicity/print.html",
            title="职业技能等级认定结果公示",
            breadcrumbs=[(publicity.no, record_url(publicity)), ("公示打印", None)],
            body=found.body,
            batch_no=found.batch_no,
            period=_period(found),
            rows=found.rows,
            phone=found.phone,
            issuer=found.body,
            date=_day(found.opens_on),
            back_url=record_url(publicity) or url_for("HomeView.index"),
        )


def _day(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　年　月　日"


def _period(found: Announcement) -> dict[str, Any]:
    return {"start": _day(found.opens_on), "end": _day(found.closes_on), "days": found.days}
