"""How does a centre import a year of holidays: upload a sheet, preview it, accept it?"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core import clock
from app.core.database import db
from app.core.errors import BadSheet, RulesBroken
from app.core.outside import whole
from app.core.refusals.files import of_file
from app.core.scope import actor_of
from app.core.views.addresses import view_of
from app.core.views.attachments import safe_name
from app.core.views.downloads import sends_file, sent
from app.models import WorkdayOverride
from app.services.reference import calendar_import
from app.services.reference.calendar_import import CalendarSheet, DayLine, Status

TITLE = "导入年度放假安排"
_FATES: dict[Status, tuple[str, str]] = {
    "new": ("新增", "green"),
    "changed": ("修改", "blue"),
    "unchanged": ("不变", "grey"),
    "refused": ("有问题", "red"),
}


class CalendarImportView(BaseView):
    """导入年度放假安排: imports a sheet of one year; nothing is written before acceptance."""

    route_base = "/workday_override/year"
    class_permission_name = "WorkdayOverride"
    default_view = "upload"

    @expose("/", methods=["GET", "POST"])
    @has_access
    @permission_name("import")
    def upload(self) -> Any:
        """Show the upload form, or the lines of an uploaded sheet."""
        if request.method == "GET":
            return self._page(None)
        try:
            data, filename = _uploaded()
            found = calendar_import.preview(db.session, _year(), data, filename)
        except BadSheet as refusal:
            return self._page(None, [of_file(refusal)]), 422
        staged = {"filename": filename, "content": b64encode(data).decode()}
        return self._page(found, staged=staged), 422 if found.problems else 200

    @expose("/accept", methods=["POST"])
    @has_access
    @permission_name("import")
    def accept(self) -> Any:
        """Write the previewed sheet."""
        staged = {name: request.form.get(name, "") for name in ("filename", "content")}
        source = request.form.get("source", "").replace("\0", "")
        try:
            data = b64decode(staged["content"], validate=True)
            found = calendar_import.accept(
                db.session, actor_of(db.session), _year(), source, data, staged["filename"]
            )
        except (NotBase64, BadSheet):
            flash("预览的文件已经不在了，请重新上传", "danger")
            return redirect(f"{self.route_base}/")
        except RulesBroken as refusal:
            shown = calendar_import.preview(db.session, _year(), data, staged["filename"])
            return self._page(shown, refusal.problems, staged), 422
        flash(_done(found), "success")
        view = view_of(WorkdayOverride)
        base = view.list_url if view is not None else "/"
        return redirect(f"{base}?day_from={found.year}-01-01&day_to={found.year}-12-31")

    @expose("/blank")
    @has_access
    @permission_name("import")
    @sends_file
    def blank(self) -> Any:
        """Send an empty sheet for the requested year, by default the next one."""
        year = _year() or clock.today().year + 1
        return sent(calendar_import.blank(year), f"{year}年工作日历（空白）.xlsx")

    def _page(
        self,
        found: CalendarSheet | None,
        problems: Any = (),
        staged: dict[str, str] | None = None,
    ) -> str:
        view = view_of(WorkdayOverride)
        back = view.list_url if view is not None else "/"
        label = view.list_title if view is not None else ""
        return self.render_template(
            "calendar/import.html",
            title=TITLE,
            breadcrumbs=[(label, back), (TITLE, None)],
            problems=problems,
            staged=staged or {},
            found=found,
            year=found.year if found else clock.today().year + 1,
            source=request.form.get("source", ""),
            tiles=[(found.count(name), *_FATES[name]) for name in _FATES] if found else [],
            columns=[{"label": one, "name": one} for one in _HEADINGS],
            rows=[_line(one) for one in found.lines] if found else [],
            notices=_notices(found) if found else [],
            upload_url=f"{self.route_base}/",
            accept_url=f"{self.route_base}/accept",
            blank_url=f"{self.route_base}/blank",
        )


_HEADINGS = ("行号", "日期", "上班或放假", "说明", "结果", "问题")
_WEEK = "一二三四五六日"


def _uploaded() -> tuple[bytes, str]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadSheet("没有选择文件，请选择一个表格文件后再上传", "no_file")
    return file.read(calendar_import.LARGEST + 1), safe_name(file.filename)


def _year() -> int | None:
    return whole(request.values.get("year", ""), 1000, 9999)


def _line(line: DayLine) -> dict[str, Any]:
    row = line.row
    day = f"{row.day} 周{_WEEK[row.day.weekday()]}" if row.day else ""
    label, colour = _FATES[line.status]
    working = {True: "上班", False: "放假", None: row.word}[row.working]
    why = "；".join(problem.message for problem in line.problems)
    cells = [
        {"text": str(row.number)},
        {"text": day},
        {"text": working},
        {"text": row.note},
        {"text": label, "kind": "badge", "colour": colour},
        {"text": why},
    ]
    return {"pk": row.number, "cells": cells}


def _notices(found: CalendarSheet) -> list[dict[str, str]]:
    notices = [{"colour": "orange", "text": one.message} for one in found.warnings]
    if found.kept:
        text = f"{found.year}年另有 {found.kept} 条调整不在这张表里，导入后保留不动。"
        notices.append({"colour": "blue", "text": text})
    if found.published:
        text = f"国务院公布的{found.year}年放假安排系统已有，导入的日期作为调整优先于它。"
        notices.append({"colour": "blue", "text": text})
    elif not found.registered:
        text = f"导入后{found.year}年登记为完整：没有列出的周一至周五上班，周末休息。"
        notices.append({"colour": "blue", "text": text})
    return notices


def _done(found: CalendarSheet) -> str:
    new, changed = found.count("new"), found.count("changed")
    whole = "" if found.published else "，该年已登记为完整"
    counted = f"{found.year}年工作日历已导入：新增 {new} 天，修改 {changed} 天"
    return f"{counted}{whole}，各批次的期限已重新推算"
