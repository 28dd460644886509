"""What do the pages of an import show: the upload, its preview, what was written?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import current_app, request, url_for

from app.core import importing
from app.core.database import db
from app.core.declarations.base import Entity, entity_named
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.importing import Head, Page, ShownRow
from app.core.roles import Actor
from app.core.scope import actor_of
from app.core.tables import ImportRun
from app.core.views.addresses import address, may, record_url, view_of
from app.core.views.tables import page_links
from app.models import Batch

Context = dict[str, Any]

SHOWN_OBSTACLES = 20
ACCEPTED_FILES = ".xlsx,.xls,.csv"

_STATES = {
    "staged": ("待确认", "blue"),
    "accepted": ("已导入", "green"),
    "discarded": ("已放弃", "grey"),
    "withdrawn": ("已撤回", "orange"),
}
_RESULTS = {"roster": "查看名册", "scores": "查看成绩", "arrangement": "查看考务安排"}


def import_buttons(batch: Batch) -> list[Context]:
    """The button 导入 for a batch's page: none without the right, closed with its reason."""
    if not current_app.appbuilder.sm.has_access("can_import", "Batch"):
        return []
    session, actor = db.session, actor_of(db.session)
    open_kinds = importing.open_kinds(session, actor, batch)
    why = "" if open_kinds else "批次现在的状态不接收名册、成绩和考务安排"
    url = url_for("ImportView.upload", pk=batch.id)
    return [{"label": "导入", "url": url, "icon": "upload", "disabled": bool(why), "why": why}]


def upload_context(
    batch: Batch, kinds: tuple[str, ...], chosen: str, problems: list[Problem]
) -> Context:
    """The page that asks for a file, with the earlier uploads below."""
    return {
        "title": "导入",
        "breadcrumbs": trail(batch, "导入"),
        "target": {"number": batch.no, "title": batch.name, "url": record_url(batch)},
        "form_action": url_for("ImportView.upload", pk=batch.id),
        "kinds": [
            {
                "value": kind,
                "label": importing.LABELS[kind],
                "hint": importing.HINTS[kind],
                "template_url": url_for("ImportView.template", pk=batch.id, kind=kind),
            }
            for kind in kinds
        ],
        "kind": chosen,
        "accept": ACCEPTED_FILES,
        "limits": "不超过 20 MB",
        "problems": problems,
        "runs": [_run_line(run) for run in importing.runs_of(db.session, batch)],
    }


def upload_rows_context(view: Any, given: dict[str, Entity], problems: list[Problem]) -> Context:
    """The page that asks for a file with rows of a table, with the earlier uploads below."""
    model, keys = view.datamodel.obj, {name: str(row.id) for name, row in given.items()}
    described = describe(model)
    met = "、".join(described.field(name).label for name in importing.natural_key(model))
    parent = next(iter(given.values()), None)
    target = {"number": "", "title": str(parent), "url": record_url(parent)} if parent else None
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
    """What the uploaded sheet is called: an official form, or a table."""
    return importing.LABELS.get(run.kind) or describe(entity_named(run.entity)).label


def upload_url(run: ImportRun, batch: Batch | None) -> str:
    """Where the next file of the same kind is uploaded."""
    if batch is not None and run.kind != importing.ROWS:
        return url_for("ImportView.upload", pk=batch.id, kind=run.kind)
    view: Any = view_of(entity_named(run.entity))
    keys = {name: str(key) for name, key in (run.parents or {}).items()}
    return address(f"{view.route_base}/import", keys)


def trail(batch: Batch, last: str) -> list[tuple[str, str | None]]:
    """The way back from a page of an import: batches, the batch, this page."""
    view = view_of(Batch)
    first = [(view.list_title, view.list_url)] if view is not None else []
    return [*first, (batch.no, record_url(batch) or None), (last, None)]


def _trail(run: ImportRun, batch: Batch | None, last: str) -> list[tuple[str, str | None]]:
    if batch is not None and run.kind != importing.ROWS:
        return trail(batch, last)
    view: Any = view_of(entity_named(run.entity))
    return [(view.list_title, view.list_url), ("导入", upload_url(run, batch)), (last, None)]


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


def run_context(run: ImportRun, batch: Batch | None) -> Context:
    """What every page of an upload says about it."""
    return {
        "id": run.id,
        "filename": run.filename,
        "kind_label": label_of(run),
        "batch_no": batch.no if batch is not None else "",
        "batch_url": record_url(batch),
        "who": run.actor_name,
        "at": (run.accepted_at or run.at).strftime("%Y-%m-%d %H:%M"),
    }


def preview_context(
    run: ImportRun, batch: Batch | None, shown: Page, *, only_problems: bool
) -> Context:
    """One page of the preview; ``only=1`` in the address leaves the rows without problems out."""
    base = url_for("ImportRunView.preview", run_id=run.id)
    head, counts = shown.head, shown.head.counts
    return {
        "title": f"{label_of(run)}导入预览",
        "breadcrumbs": _trail(run, batch, "导入预览"),
        "run": run_context(run, batch) | {"sheet": head.sheet, "header_rows": head.header_rows},
        "counts": {**run.counts, **asdict(counts), "total": counts.total},
        "headings": [
            {
                "text": one.text,
                "column": one.column,
                "field": one.field,
                "known": bool(one.field),
                "sample": one.sample,
            }
            for one in head.headings
        ],
        "fields": head.fields,
        "remap_url": url_for("ImportRunView.headings", run_id=run.id),
        "missing": head.missing,
        "notices": [_notice(one) for one in head.notes],
        "table": {
            "headings": [one.text for one in head.headings if one.field],
            "rows": [_row(row) for row in shown.rows],
        },
        "only_problems": only_problems,
        "only_url": address(base, {}, only="1"),
        "all_url": base,
        "page": shown.number,
        "pages": page_links(base, request.args, shown.number, shown.last) if shown.last > 1 else [],
        "total": shown.total,
        "accept_url": url_for("ImportRunView.accept", run_id=run.id) if counts.accepted else None,
        "why_not": _why_not(head),
        "refused_url": url_for("ImportRunView.refused", run_id=run.id),
        "discard_url": url_for("ImportRunView.discard", run_id=run.id),
    }


def _notice(note: Problem) -> Context:
    return {"colour": "grey" if note.code == "rows_skipped" else "orange", "text": note.message}


def _row(row: ShownRow) -> Context:
    """A row with its cells; what is wrong with no cell in particular stands below it."""
    columns = {cell.field for cell in row.cells}
    return {
        "number": row.number,
        "status": row.status,
        "cells": row.cells,
        "problems": [one.message for one in row.problems if one.field not in columns],
    }


def _why_not(head: Head) -> str:
    if head.missing:
        return "缺少必需的列，指定列名或补上后才能导入。"
    if head.counts.refused:
        return "没有可以导入的行：有问题的行请改正后重新上传。"
    return "表中的内容与已有的完全相同，不需要导入。"


def done_context(actor: Actor, run: ImportRun, batch: Batch | None) -> Context:
    """What an acceptance wrote, what has become of it, and where to go from here."""
    counts = importing.counts_of(run)
    standing = importing.withdrawable(db.session, actor, run)
    return {
        "title": f"{label_of(run)}导入{'已撤回' if run.state == 'withdrawn' else '完成'}",
        "breadcrumbs": _trail(run, batch, "导入完成"),
        "run": run_context(run, batch),
        "state": run.state,
        "counts": {**run.counts, "accepted": counts.accepted},
        "refused_url": url_for("ImportRunView.refused", run_id=run.id) if run.content else None,
        "back_url": record_url(batch) if batch is not None else None,
        "next": _next_buttons(run, batch),
        "withdraw_url": url_for("ImportRunView.withdraw", run_id=run.id),
        "withdrawable": standing.possible,
        "obstacles": [one.message for one in standing.problems[:SHOWN_OBSTACLES]],
        "more_obstacles": max(0, len(standing.problems) - SHOWN_OBSTACLES),
        "withdrawn": {
            "who": run.withdrawn_by,
            "at": run.withdrawn_at.strftime("%Y-%m-%d %H:%M") if run.withdrawn_at else "",
        },
    }


def _next_buttons(run: ImportRun, batch: Batch | None) -> list[Context]:
    """Where to go from the finished import."""
    model: type[Entity] = entity_named(run.entity)
    label = _RESULTS.get(run.kind) or f"查看{describe(model).label}"
    view, found = view_of(model), []
    if view is not None and may("can_list", view):
        args = {"batch": str(batch.id)} if batch is not None else {}
        found.append({"label": label, "url": address(view.list_url, args)})
    return [*found, {"label": "再导入一个", "url": upload_url(run, batch)}]
