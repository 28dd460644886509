"""How does a clerk import rows of any table from its list?"""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core import importing
from app.core.declarations.base import Entity
from app.core.errors import BadSheet, NotFound, Problem
from app.core.outside import as_key
from app.core.refusals.files import of_file
from app.core.views.addresses import address, may
from app.core.views.attachments import safe_name
from app.core.views.downloads import sends_file, sent
from app.core.views.importing import upload_pages as pages
from app.core.views.lists.listing import Listing

#: The routes that only tables with importable rows have.
IMPORT_ROUTES = frozenset({"import_rows", "import_template"})


class RowImport:
    """The import routes of an entity view; the pages of an upload are shared by all imports."""

    datamodel: Any
    route_base: str
    label: str

    def list_buttons(self, listing: Listing) -> list[dict[str, Any]]:
        """Add 导入 beside 新增, for the rows that the list is filtered to."""
        buttons = super().list_buttons(listing)
        if importing.importable(self.datamodel.obj) and may("can_import", self):
            url = address(f"{self.route_base}/import", self._parents(listing))
            first = sum(1 for one in buttons if one.get("primary"))
            buttons.insert(first, {"label": "导入", "url": url, "icon": "upload"})
        return buttons

    @expose("/import", methods=["GET", "POST"])
    @has_access
    @permission_name("import")
    def import_rows(self) -> Any:
        """Choose a file; a readable file leads to its preview."""
        model = self.datamodel.obj
        importing.check_rows_open(self.datamodel.actor, model)
        problems: list[Problem] = []
        if request.method == "POST":
            try:
                run = self._stage(model)
            except BadSheet as refusal:
                problems = [of_file(refusal, "file")]
            else:
                return redirect(url_for("ImportRunView.preview", run_id=run.id))
        context = pages.upload_rows_context(self, self._given(), problems)
        return self.render_template("importing/upload.html", **context), 422 if problems else 200

    def _stage(self, model: type[Entity]) -> Any:
        file = request.files.get("file")
        if file is None or not file.filename:
            raise BadSheet("没有选择文件，请选择一个表格文件后再上传", "no_file")
        return importing.stage_rows(
            self.datamodel.session,
            self.datamodel.actor,
            model,
            self._given(),
            file.read(),
            safe_name(file.filename),
        )

    @expose("/import/template")
    @has_access
    @permission_name("import")
    @sends_file
    def import_template(self) -> Any:
        """Send a blank sheet with the declared headings, choices and notes."""
        session, actor = self.datamodel.session, self.datamodel.actor
        content = importing.blank_rows(session, actor, self.datamodel.obj, self._given())
        return sent(content, f"{self.label}（空白）.xlsx")

    def _given(self) -> dict[str, Entity]:
        """Return the rows that all imported rows belong to; raises NotFound if out of scope."""
        relations = {one.name for one in importing.row_fields(self.datamodel.obj) if one.relation}
        asked = {
            name: as_key(text) or 0 for name, text in request.args.items() if name in relations
        }
        found = importing.related_parents(self.datamodel.session, self.datamodel.obj, asked)
        if len(found) != len(asked):
            raise NotFound("没有这条记录，或不在您的管辖范围内")
        return found
