"""How does a clerk bring a workbook in: upload, look, say what the headings mean, accept?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core import importing
from app.core.database import db
from app.core.errors import AppError, BadSheet, NotFound, Problem
from app.core.outside import as_key
from app.core.roles import AREAS, Actor
from app.core.scope import actor_of
from app.core.tables import ImportRun
from app.core.views.attachments import safe_name
from app.core.views.downloads import sends_file, sent
from app.core.views.importing import import_pages as pages
from app.core.views.interface import EntityInterface
from app.models import Batch

#: Everybody who brings rows into some table; the service asks for the right to the very one.
IMPORTERS = frozenset().union(*(area.write for area in AREAS.values()))


class ImportView(BaseView):
    """导入: the official sheets of a batch."""

    route_base = "/"
    class_permission_name = "Batch"
    default_view = "upload"

    @property
    def actor(self) -> Actor:
        """On whose behalf this request acts."""
        return actor_of(db.session)

    @expose("/batch/<pk>/import/", methods=["GET", "POST"])
    @expose("/batch/<pk>/import/<kind>", methods=["GET", "POST"])
    @has_access
    @permission_name("import")
    def upload(self, pk: str, kind: str = "") -> Any:
        """Choose a kind and a file; a readable one goes on to its preview."""
        batch = _batch(pk)
        kinds = importing.open_kinds(db.session, self.actor, batch)
        chosen = request.form.get("kind", "") or kind or (kinds[0] if kinds else "roster")
        importing.check_open(db.session, self.actor, batch, chosen)
        problems: list[Problem] = []
        if request.method == "POST":
            try:
                run = self._stage(batch, chosen)
            except BadSheet as refusal:
                db.session.rollback()
                problems = [Problem(refusal.code, refusal.message, "file")]
            else:
                return redirect(url_for("ImportRunView.preview", run_id=run.id))
        page = self.render_template(
            "importing/upload.html", **pages.upload_context(batch, kinds, chosen, problems)
        )
        return page, 422 if problems else 200

    def _stage(self, batch: Batch, kind: str) -> ImportRun:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise BadSheet("没有选择文件，请选择一个表格文件后再上传", "no_file")
        return importing.stage(
            db.session, self.actor, batch, kind, file.read(), safe_name(file.filename)
        )

    @expose("/batch/<pk>/import/template/<kind>")
    @has_access
    @permission_name("import")
    @sends_file
    def template(self, pk: str, kind: str) -> Any:
        """A blank sheet of that kind for the batch, in the order of the official form."""
        batch = _batch(pk)
        content = importing.blank_workbook(db.session, self.actor, kind, batch)
        return sent(content, f"{batch.no}-{importing.LABELS[kind]}（空白）.xlsx")


class ImportRunView(BaseView):
    """The pages of one upload of any kind. Only POST changes anything."""

    route_base = "/import"
    class_permission_name = "ImportRun"
    default_view = "preview"
    open_to = IMPORTERS

    @property
    def actor(self) -> Actor:
        """On whose behalf this request acts."""
        return actor_of(db.session)

    @expose("/<run_id>")
    @has_access
    @permission_name("import")
    def preview(self, run_id: str) -> Any:
        """What accepting the upload would do, page by page; nothing is written."""
        run, batch = _run(run_id)
        if run.state in ("accepted", "withdrawn"):
            return redirect(url_for("ImportRunView.done", run_id=run.id))
        only = request.args.get("only") == "1"
        number = as_key(request.args.get("page", "")) or 1
        page = importing.page_of_run(db.session, self.actor, run, number, only=only)
        context = pages.preview_context(run, batch, page, only_problems=only)
        return self.render_template("importing/preview.html", **context)

    @expose("/<run_id>/headings", methods=["POST"])
    @has_access
    @permission_name("import")
    def headings(self, run_id: str) -> Any:
        """Take over what the user says the headings mean, and preview again."""
        run, _batch_of_run = _run(run_id)
        head = importing.page_of_run(db.session, self.actor, run, 1, only=False).head
        chosen: dict[str, str] = {}
        for heading in head.headings:
            field = request.form.get(f"map_{heading.column}")
            # Of two columns with the same heading the one that is imported decides.
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
        run, _batch_of_run = _run(run_id)
        try:
            importing.accept_run(db.session, self.actor, run)
        except AppError as refusal:
            db.session.rollback()
            flash(refusal.message, "danger")
            return redirect(url_for("ImportRunView.preview", run_id=run_id))
        return redirect(url_for("ImportRunView.done", run_id=run.id))

    @expose("/<run_id>/discard", methods=["POST"])
    @has_access
    @permission_name("import")
    def discard(self, run_id: str) -> Any:
        """Give the upload up."""
        run, batch = _run(run_id)
        importing.discard_run(db.session, self.actor, run)
        flash(f"已放弃“{run.filename}”，没有写入任何数据", "success")
        return redirect(pages.upload_url(run, batch))

    @expose("/<run_id>/done")
    @has_access
    @permission_name("import")
    def done(self, run_id: str) -> Any:
        """What the acceptance wrote, and what has become of it."""
        run, batch = _run(run_id)
        if run.state not in ("accepted", "withdrawn"):
            return redirect(url_for("ImportRunView.preview", run_id=run.id))
        context = pages.done_context(self.actor, run, batch)
        return self.render_template("importing/done.html", **context)

    @expose("/<run_id>/refused")
    @has_access
    @permission_name("import")
    @sends_file
    def refused(self, run_id: str) -> Any:
        """The refused rows as a workbook with the column 问题."""
        run, batch = _run(run_id)
        content = importing.refused_of_run(db.session, self.actor, run)
        label = pages.label_of(run)
        name = f"{batch.no}-{label}" if batch is not None else label
        return sent(content, f"{name}-问题行.xlsx")

    @expose("/<run_id>/withdraw", methods=["POST"])
    @has_access
    @permission_name("import")
    def withdraw(self, run_id: str) -> Any:
        """Take the import back as a whole."""
        run, _batch_of_run = _run(run_id)
        try:
            done = importing.withdraw_run(db.session, self.actor, run)
        except AppError as refusal:
            db.session.rollback()
            flash(refusal.message, "danger")
        else:
            flash(f"已撤回“{run.filename}”：{done.count} 条已恢复为导入以前的样子", "success")
        return redirect(url_for("ImportRunView.done", run_id=run_id))


def _batch(pk: object) -> Batch:
    batch: Batch | None = EntityInterface(Batch).one(pk)
    if batch is None:
        raise NotFound("没有这个批次，或不在您的管辖范围内")
    return batch


def _run(run_id: str) -> tuple[ImportRun, Batch | None]:
    """The upload, for those who may bring rows of its table in."""
    run, batch = importing.find_run(db.session, as_key(run_id) or 0)
    importing.check_run_open(actor_of(db.session), run)
    return run, batch
