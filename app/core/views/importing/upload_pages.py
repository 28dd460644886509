"""What does the page for uploading a file show?"""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

from app.core import importing
from app.core.database import db
from app.core.declarations.base import Entity, entity_named
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.importing import KINDS
from app.core.scope import actor_of
from app.core.tables import ImportRun
from app.core.views.addresses import address, may, record_url, view_of

Context = dict[str, Any]

ACCEPTED_FILES = ".xlsx,.xls,.csv"

_STATES = {
    "staged": ("待确认", "blue"),
    "accepted": ("已导入", "green"),
    "discarded": ("已放弃", "grey"),
    "withdrawn": ("已撤回", "orange"),
}


def sheet_view_of(model: type[Entity]) -> Any:
    """Return the view that imports official sheets into ``model``; raises LookupError."""
    for view in current_app.appbuilder.baseviews:
        if getattr(view, "sheets_into", None) is model:
            return view
    raise LookupError(model.__name__)


def _page(parent: Entity, method: str, **values: Any) -> str:
    view = sheet_view_of(type(parent))
    return url_for(f"{view.endpoint}.{method}", pk=parent.id, **values)


def import_buttons(parent: Entity) -> list[Context]:
    """Return the button 导入 of a record's page; none without the right, disabled if closed."""
    view = sheet_view_of(type(parent))
    if not may("can_import", view):
        return []
    open_kinds = importing.open_kinds(db.session, actor_of(db.session), parent)
    why, url = "" if open_kinds else view.why_closed, _page(parent, "upload")
    return [{"label": "导入", "url": url, "icon": "upload", "disabled": bool(why), "why": why}]


def upload_context(
    parent: Entity, kinds: tuple[str, ...], chosen: str, problems: list[Problem]
) -> Context:
    """Return the page for uploading a file, with the earlier uploads below."""
    sheets = [KINDS[kind] for kind in kinds]
    return {
        "title": "导入",
        "breadcrumbs": trail(parent, "导入"),
        "target": {"title": KINDS[chosen].parent_title(parent), "url": record_url(parent)},
        "form_action": _page(parent, "upload"),
        "kinds": [
            {
                "value": sheet.name,
                "label": sheet.label,
                "hint": sheet.hint,
                "template_url": _page(parent, "template", kind=sheet.name),
            }
            for sheet in sheets
        ],
        "kind": chosen,
        "accept": ACCEPTED_FILES,
        "limits": "不超过 20 MB",
        "problems": problems,
        "runs": [_run_line(run) for run in importing.runs_of(db.session, parent)],
    }


def upload_rows_context(view: Any, given: dict[str, Entity], problems: list[Problem]) -> Context:
    """Return the page for uploading rows of a table, with the earlier uploads below."""
    model, keys = view.datamodel.obj, {name: str(row.id) for name, row in given.items()}
    described = describe(model)
    met = "、".join(described.field(name).label for name in importing.natural_key(model))
    parent = next(iter(given.values()), None)
    target = {"title": str(parent), "url": record_url(parent)} if parent else None
    return {
        "title": f"导入{described.label}",
        "breadcrumbs": [(view.list_title, view.list_url), ("导入", None)],
        "target": target,
        "form_action": address(f"{view.route_base}/import", keys),
        "kinds": [
            {
                "value": importing.ROWS,
                "label": described.label,
                "hint": f"按“{met}”认出已有的并更新，没有的新增；空白单元格不改动。",
                "template_url": address(f"{view.route_base}/import/template", keys),
            }
        ],
        "kind": importing.ROWS,
        "accept": ACCEPTED_FILES,
        "limits": "不超过 20 MB",
        "problems": problems,
        "runs": [_run_line(run) for run in importing.runs_of_rows(db.session, model)],
    }


def label_of(run: ImportRun) -> str:
    """Return the name of the uploaded sheet: an official form or a table."""
    sheet = KINDS.get(run.kind)
    return sheet.label if sheet is not None else describe(entity_named(run.entity)).label


def upload_url(run: ImportRun, parent: Entity | None) -> str:
    """Return the address for uploading the next file of the same kind."""
    if parent is not None and run.kind != importing.ROWS:
        return _page(parent, "upload", kind=run.kind)
    view: Any = view_of(entity_named(run.entity))
    keys = {name: str(key) for name, key in (run.parents or {}).items()}
    return address(f"{view.route_base}/import", keys)


def trail(parent: Entity, last: str) -> list[tuple[str, str | None]]:
    """Return the breadcrumbs of an import page: the list, the record, this page."""
    view = view_of(type(parent))
    first = [(view.list_title, view.list_url)] if view is not None else []
    return [*first, (str(parent), record_url(parent) or None), (last, None)]


def _run_line(run: ImportRun) -> Context:
    label, colour = _STATES[run.state]
    counts = importing.counts_of(run)
    page = {"staged": "ImportRunView.preview", "discarded": None}.get(
        run.state, "ImportRunView.done"
    )
    return {
        "at": run.at.strftime("%Y-%m-%d %H:%M"),
        "who": run.actor_name,
        "filename": run.filename,
        "kind_label": label_of(run),
        "state": label,
        "colour": colour,
        "text": f"新增 {counts.new}，修改 {counts.changed}，问题 {counts.refused}",
        "url": url_for(page, run_id=run.id) if page else None,
        "staged": run.state == "staged",
        "accepted": run.state == "accepted" and bool(run.operation),
        "refused_url": url_for("ImportRunView.refused", run_id=run.id)
        if counts.refused and run.state in ("staged", "accepted")
        else None,
    }
