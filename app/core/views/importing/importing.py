"""How does a clerk import a workbook, from upload to acceptance?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core import importing
from app.core.database import db
from app.core.declarations.base import Entity
from app.core.errors import AppError, BadSheet, NotFound, Problem
from app.core.outside import as_key
from app.core.refusals.files import of_file
from app.core.roles import AREAS, Actor
from app.core.scope import actor_of
from app.core.tables import ImportRun
from app.core.views.attachments import safe_name
from app.core.views.downloads import sends_file, sent
from app.core.views.importing import import_pages as pages
from app.core.views.importing import upload_pages as uploads
from app.core.views.interface import EntityInterface

#: All roles that may import into some table; the service checks the right for the actual one.
IMPORTERS = frozenset().union(*(area.write for area in AREAS.values()))


class SheetImportView(BaseView):
    """导入: the official sheets of one table's records; a product derives one for each table.

    ``route_base`` and ``class_permission_name`` are those of the table's own screen.
    ``why_closed`` is the message for a record that now accepts no sheet.
    """

    default_view = "upload"
    sheets_into: type[Entity]
    why_closed: str

    @property
    def actor(self) -> Actor:
        """The actor of this request."""
        return actor_of(db.session)

    @expose("/<pk>/import/", methods=["GET", "POST"])
    @expose("/<pk>/import/<kind>", methods=["GET", "POST"])
    @has_access
    @permission_name("import")
    def upload(self, pk: str, kind: str = "") -> Any:
        """Choose a kind and a file; a readable file leads to its preview."""
        parent = self._parent(pk)
        kinds = importing.open_kinds(db.session, self.actor, parent)
        known = [one.name for one in importing.kinds_into(self.sheets_into)]
        chosen = request.form.get("kind", "") or kind or (kinds or known)[0]
        importing.check_open(db.session, self.actor, parent, chosen)
        problems: list[Problem] = []
        if request.method == "POST":
            try:
                run = self._stage(parent, chosen)
            except BadSheet as refusal:
                problems = [of_file(refusal, "file")]
            else:
                return redirect(url_for("ImportRunView.preview", run_id=run.id))
        page = self.render_template(
            "importing/upload.html", **uploads.upload_context(parent, kinds, chosen, problems)
        )
        return page, 422 if problems else 200

    def _stage(self, parent: Entity, kind: str) -> ImportRun:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise BadSheet("没有选择文件，请选择一个表格文件后再上传", "no_file")
        return importing.stage(
            db.session, self.actor, parent, kind, file.read(), safe_name(file.filename)
        )

    @expose("/<pk>/import/template/<kind>")
    @has_access
    @permission_name("import")
    @sends_file
    def template(self, pk: str, kind: str) -> Any:
        """Send a blank sheet of that kind for the record, in the order of the official form."""
        parent = self._parent(pk)
        content = importing.blank_workbook(db.session, self.actor, kind, parent)
        return sent(content, f"{parent}-{importing.KINDS[kind].label}（空白）.xlsx")

    def _parent(self, pk: object) -> Entity:
        parent: Entity | None = EntityInterface(self.sheets_into).one(pk)
        if parent is None:
            label = importing.kinds_into(self.sheets_into)[0].parent_label
            raise NotFound(f"没有这个{label}，或不在您的管辖范围内")
        return parent


class ImportRunView(BaseView):
    """The pages of one upload of any kind; only POST changes anything."""

    route_base = "/import"
    class_permission_name = "ImportRun"
    default_view = "preview"
    open_to = IMPORTERS

    @property
    def actor(self) -> Actor:
        """The actor of this request."""
        return actor_of(db.session)

    @expose("/<run_id>")
    @has_access
    @permission_name("import")
    def preview(self, run_id: str) -> Any:
        """Show what accepting the upload would do, page by page; writes no rows."""
        run, parent = _run(run_id)
        if run.state in ("accepted", "withdrawn"):
            return redirect(url_for("ImportRunView.done", run_id=run.id))
        only = request.args.get("only") == "1"
        number = as_key(request.args.get("page", "")) or 1
        page = importing.page_of_run(db.session, self.actor, run, number, only=only)
        context = pages.preview_context(run, parent, page, only_problems=only)
        return self.render_template("importing/preview.html", **context)

    @expose("/<run_id>/headings", methods=["POST"])
    @has_access
    @permission_name("import")
    def headings(self, run_id: str) -> Any:
        """Store the fields that the user assigned to headings, and preview again."""
        run, _parent = _run(run_id)
        head = importing.page_of_run(db.session, self.actor, run, 1, only=False).head
        chosen: dict[str, str] = {}
        for heading in head.headings:
            field = request.form.get(f"map_{heading.column}")
            # Of two columns with the same heading, the one assigned to a field counts.
            if field is not None and not chosen.get(heading.key):
                chosen[heading.key] = field
        remember = request.form.get("remember") == "1"
        importing.map_headings(db.session, self.actor, run, chosen, remember)
        return redirect(url_for("ImportRunView.preview", run_id=run.id))

    @expose("/<run_id>/accept", methods=["POST"])
    @has_access
    @permission_name("import")
    def accept(self, run_id: str) -> Any:
        """Write the new and changed rows."""
        run, _parent = _run(run_id)
        try:
            importing.accept_run(db.session, self.actor, run)
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(url_for("ImportRunView.preview", run_id=run_id))
        return redirect(url_for("ImportRunView.done", run_id=run.id))

    @expose("/<run_id>/discard", methods=["POST"])
    @has_access
    @permission_name("import")
    def discard(self, run_id: str) -> Any:
        """Discard the upload."""
        run, parent = _run(run_id)
        importing.discard_run(db.session, self.actor, run)
        flash(f"已放弃“{run.filename}”，没有写入任何数据", "success")
        return redirect(uploads.upload_url(run, parent))

    @expose("/<run_id>/done")
    @has_access
    @permission_name("import")
    def done(self, run_id: str) -> Any:
        """Show what the acceptance wrote, and whether it was withdrawn."""
        run, parent = _run(run_id)
        if run.state not in ("accepted", "withdrawn"):
            return redirect(url_for("ImportRunView.preview", run_id=run.id))
        context = pages.done_context(self.actor, run, parent)
        return self.render_template("importing/done.html", **context)

    @expose("/<run_id>/refused")
    @has_access
    @permission_name("import")
    @sends_file
    def refused(self, run_id: str) -> Any:
        """Send the refused rows as a workbook with the column 问题."""
        run, parent = _run(run_id)
        content = importing.refused_of_run(db.session, self.actor, run)
        label = uploads.label_of(run)
        name = f"{parent}-{label}" if parent is not None else label
        return sent(content, f"{name}-问题行.xlsx")

    @expose("/<run_id>/withdraw", methods=["POST"])
    @has_access
    @permission_name("import")
    def withdraw(self, run_id: str) -> Any:
        """Withdraw the import as a whole."""
        run, _parent = _run(run_id)
        try:
            done = importing.withdraw_run(db.session, self.actor, run)
        except AppError as refusal:
            flash(refusal.message, "danger")
        else:
            flash(f"已撤回“{run.filename}”：{done.count} 条已恢复为导入以前的样子", "success")
        return redirect(url_for("ImportRunView.done", run_id=run_id))


def _run(run_id: str) -> tuple[ImportRun, Any | None]:
    """Return the upload and its record; raises NotFound or NotPermitted."""
    run, parent = importing.find_run(db.session, as_key(run_id) or 0)
    importing.check_run_open(actor_of(db.session), run)
    return run, parent
