"""Which day is it in a practice database, and how do people choose another?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask, current_app, flash, g, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core import clock, practice
from app.core.database import db
from app.core.errors import AppError
from app.core.roles import Power
from app.core.security.entrance import local_path
from app.core.sheets.reading.cell import parse_date

MARK = "practice"


class PracticeView(BaseView):
    """练习日期: the day that everybody's pages take for today; only in a practice database."""

    route_base = "/practice"
    class_permission_name = "Profile"
    open_to = Power.ENTER

    @expose("/day", methods=["POST"])
    @has_access
    @permission_name("show")
    def day(self) -> Any:
        """Choose the day, or return to the real one; leads back to the page that asked."""
        written = request.form.get("day", "").strip()
        chosen = _wanted(written)
        asked = local_path(request.form.get("next", ""))
        back = redirect(asked or url_for("HomeView.index"), 303)
        if chosen is None and "real" not in request.form:
            flash(f"练习日期“{written[:20]}”不对，请写成 2021-04-24 的样子", "danger")
            return back
        try:
            practice.choose_day(db.session, chosen)
        except AppError as refusal:
            flash(refusal.message, "danger")
            return back
        words = f"练习日期改为 {chosen}" if chosen else "已恢复真实日期"
        flash(f"{words}，所有人的页面都按这一天办理", "success")
        return back


def _wanted(written: str) -> date | None:
    if "real" in request.form:
        return None
    if "later" in request.form:
        return clock.today() + timedelta(days=1)
    return parse_date(written)


def shown() -> dict[str, Any] | None:
    """Return what the strip on every page of a practice database shows; None in a real one."""
    if not current_app.extensions.get(MARK):
        return None
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return {
        "today": clock.today().isoformat(),
        "real": clock.real().date().isoformat(),
        "is_set": clock.is_set(),
        "url": url_for("PracticeView.day"),
        "next": here,
    }


def install(app: Flask) -> None:
    """Let every request of a practice database take place on its practice day.

    Whether the database is for practice is looked up once for each process: a database in real use
    is asked nothing more.
    """

    @app.before_request
    def _set_clock() -> None:
        if MARK not in app.extensions:
            app.extensions[MARK] = practice.looked_up(db.engine)
        if app.extensions[MARK] and not (request.endpoint or "").endswith("static"):
            g.practice_day = practice.days_of(db.session)
            g.practice_day.__enter__()

    @app.teardown_request
    def _free_clock(_error: BaseException | None) -> None:
        # Threads of the server are used again: the next request must not find this one's day.
        held = g.pop("practice_day", None)
        if held is not None:
            held.__exit__(None, None, None)
