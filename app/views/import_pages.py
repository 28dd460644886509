"""What do the pages of an import show: the upload, its preview, what was written?"""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for

from app.database import db
from app.errors import Problem
from app.models import Batch, Candidate, Entity, ExamSession, ImportRun, Score
from app.scope import actor_of
from app.services import importing
from app.services.importing import Preview, PreviewRow
from app.views.addresses import address, may, record_url, view_of
from app.views.interface import as_key
from app.views.tables import page_links

Context = dict[str, Any]

ROWS_ON_PAGE = 100
ACCEPTED_FILES = ".xlsx,.xls,.csv"

_STATES = {
    "staged": ("待确认", "blue"),
    "accepted": ("已导入", "green"),
    "discarded": ("已放弃", "grey"),
}
_RESULTS: dict[str, tuple[str, type[Entity]]] = {
    "roster": ("查看名册", Candidate),
    "scores": ("查看成绩", Score),
    "arrangement": ("查看考务安排", ExamSession),
}


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
                "template_url": url_for("ImportView.template", kind=kind),
            }
            for kind in kinds
        ],
        "kind": chosen,
        "accept": ACCEPTED_FILES,
        "limits": "不超过 20 MB",
        "problems": problems,
        "runs": [_run_line(run) for run in importing.runs_of(db.session, batch)],
    }


def trail(batch: Batch, last: str) -> list[tuple[str, str | None]]:
    """The way back from a page of an import: batches, the batch, this page."""
    view = view_of(Batch)
    first = [(view.list_title, view.list_url)] if view is not None else []
    return [*first, (batch.no, record_url(batch) or None), (last, None)]


def _run_line(run: ImportRun) -> Context:
    label, colour = _STATES[run.state]
    counts = importing.counts_of(run)
    page = {"staged": "ImportView.preview", "accepted": "ImportView.done"}.get(run.state)
    return {
        "at": run.at.strftime("%Y-%m-%d %H:%M"),
        "who": run.actor_name,
        "filename": run.filename,
        "kind_label": importing.LABELS[run.kind],
        "state": label,
        "colour": colour,
        "text": f"新增 {counts.new}，修改 {counts.changed}，问题 {counts.refused}",
        "url": url_for(page, run_id=run.id) if page else None,
    }


def run_context(run: ImportRun, batch: Batch) -> Context:
    """What every page of an upload says about it."""
    return {
        "id": run.id,
        "filename": run.filename,
        "kind_label": importing.LABELS[run.kind],
        "batch_no": batch.no,
        "batch_url": record_url(batch),
    }


def preview_context(run: ImportRun, batch: Batch, shown: Preview) -> Context:
    """One page of the preview; ``only=1`` in the address leaves the rows without problems out."""
    base = url_for("ImportView.preview", run_id=run.id)
    only = request.args.get("only") == "1"
    rows = [row for row in shown.rows if row.problems or row.status == "refused" or not only]
    last = max(1, -(-len(rows) // ROWS_ON_PAGE))
    page = min(as_key(request.args.get("page", "")) or 1, last)
    counts = shown.counts
    return {
        "title": f"{importing.LABELS[run.kind]}导入预览",
        "breadcrumbs": trail(batch, "导入预览"),
        "run": run_context(run, batch) | {"sheet": shown.sheet, "header_rows": shown.header_rows},
        "counts": {**run.counts, **_counts(shown), "total": counts.total},
        "headings": [
            {
                "text": one.text,
                "column": one.column,
                "field": one.field,
                "known": bool(one.field),
                "sample": one.sample,
            }
            for one in shown.headings
        ],
        "fields": shown.fields,
        "remap_url": url_for("ImportView.headings", run_id=run.id),
        "missing": shown.missing,
        "notices": [_notice(one) for one in shown.notes],
        "table": {
            "headings": [one.text for one in shown.headings if one.field],
            "rows": [_row(row) for row in rows[(page - 1) * ROWS_ON_PAGE : page * ROWS_ON_PAGE]],
        },
        "only_problems": only,
        "only_url": address(base, {}, only="1"),
        "all_url": base,
        "page": page,
        "pages": page_links(base, request.args, page, last) if last > 1 else [],
        "total": len(rows),
        "accept_url": url_for("ImportView.accept", run_id=run.id) if counts.accepted else None,
        "why_not": _why_not(shown),
        "refused_url": url_for("ImportView.refused", run_id=run.id),
        "discard_url": url_for("ImportView.discard", run_id=run.id),
    }


def _notice(note: Problem) -> Context:
    return {"colour": "grey" if note.code == "rows_skipped" else "orange", "text": note.message}


def _counts(shown: Preview) -> dict[str, int]:
    counts = shown.counts
    return {
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
    }


def _row(row: PreviewRow) -> Context:
    """A row with its cells; what is wrong with no cell in particular stands below it."""
    columns = {cell.field for cell in row.cells}
    return {
        "number": row.number,
        "status": row.status,
        "cells": row.cells,
        "problems": [one.message for one in row.problems if one.field not in columns],
    }


def _why_not(shown: Preview) -> str:
    if shown.missing:
        return "缺少必需的列，指定列名或补上后才能导入。"
    if shown.counts.refused:
        return "没有可以导入的行：有问题的行请改正后重新上传。"
    return "表中的内容与已有的完全相同，不需要导入。"


def next_buttons(run: ImportRun, batch: Batch) -> list[Context]:
    """Where to go from the finished import."""
    label, model = _RESULTS[run.kind]
    view = view_of(model)
    found = []
    if view is not None and may("can_list", view):
        found.append({"label": label, "url": address(view.list_url, {"batch": str(batch.id)})})
    again = url_for("ImportView.upload", pk=batch.id, kind=run.kind)
    return [*found, {"label": "再导入一个", "url": again}]
