"""What do the pages of an upload show before and after acceptance?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import request, url_for

from app.core import importing
from app.core.database import db
from app.core.declarations.base import Entity, entity_named
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.importing import KINDS, Head, Page, ShownRow
from app.core.refusals.cells import ROWS_SKIPPED
from app.core.roles import Actor
from app.core.tables import ImportRun
from app.core.views.addresses import address, may, record_url, view_of
from app.core.views.columns import target_of
from app.core.views.importing.upload_pages import label_of, trail, upload_url
from app.core.views.tables import page_links

Context = dict[str, Any]

SHOWN_OBSTACLES = 20


def _trail(run: ImportRun, parent: Entity | None, last: str) -> list[tuple[str, str | None]]:
    if parent is not None and run.kind != importing.ROWS:
        return trail(parent, last)
    view: Any = view_of(entity_named(run.entity))
    return [(view.list_title, view.list_url), ("导入", upload_url(run, parent)), (last, None)]


def run_context(run: ImportRun, parent: Entity | None) -> Context:
    """Return the facts that every page of an upload shows."""
    return {
        "id": run.id,
        "filename": run.filename,
        "kind_label": label_of(run),
        "parent": str(parent) if parent is not None else "",
        "parent_label": _called(parent),
        "parent_url": record_url(parent),
        "who": run.actor_name,
        "at": (run.accepted_at or run.at).strftime("%Y-%m-%d %H:%M"),
    }


def _called(parent: Entity | None) -> str:
    if parent is None:
        return ""
    return next(one.parent_label for one in importing.kinds_into(type(parent)))


def preview_context(
    run: ImportRun, parent: Entity | None, shown: Page, *, only_problems: bool
) -> Context:
    """Return one page of the preview; ``only=1`` in the address shows only rows with problems."""
    base = url_for("ImportRunView.preview", run_id=run.id)
    head, counts = shown.head, shown.head.counts
    return {
        "title": f"{label_of(run)}导入预览",
        "breadcrumbs": _trail(run, parent, "导入预览"),
        "run": run_context(run, parent) | {"sheet": head.sheet, "header_rows": head.header_rows},
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
    return {"colour": "grey" if note.code == ROWS_SKIPPED.code else "orange", "text": note.message}


def _row(row: ShownRow) -> Context:
    """Return a row with its cells, and its problems that belong to no cell."""
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


def done_context(actor: Actor, run: ImportRun, parent: Entity | None) -> Context:
    """Return the page after acceptance: what was written, and what can be done next."""
    counts = importing.counts_of(run)
    standing = importing.withdrawable(db.session, actor, run)
    return {
        "title": f"{label_of(run)}导入{'已撤回' if run.state == 'withdrawn' else '完成'}",
        "breadcrumbs": _trail(run, parent, "导入完成"),
        "run": run_context(run, parent),
        "state": run.state,
        "counts": {**run.counts, "accepted": counts.accepted},
        "refused_url": url_for("ImportRunView.refused", run_id=run.id) if run.content else None,
        "back_url": record_url(parent) if parent is not None else None,
        "next": _next_buttons(run, parent),
        "withdraw_url": url_for("ImportRunView.withdraw", run_id=run.id),
        "withdrawable": standing.possible,
        "obstacles": [one.message for one in standing.problems[:SHOWN_OBSTACLES]],
        "more_obstacles": max(0, len(standing.problems) - SHOWN_OBSTACLES),
        "withdrawn": {
            "who": run.withdrawn_by,
            "at": run.withdrawn_at.strftime("%Y-%m-%d %H:%M") if run.withdrawn_at else "",
        },
    }


def _next_buttons(run: ImportRun, parent: Entity | None) -> list[Context]:
    """Return the buttons that lead on from a finished import."""
    model: type[Entity] = entity_named(run.entity)
    sheet = KINDS.get(run.kind)
    label = sheet.result if sheet is not None else f"查看{describe(model).label}"
    view, found = view_of(model), []
    if view is not None and may("can_list", view):
        url = address(view.list_url, _narrowed(run, model, parent))
        found.append({"label": label, "url": url})
    return [*found, {"label": "再导入一个", "url": upload_url(run, parent)}]


def _narrowed(run: ImportRun, model: type[Entity], parent: Entity | None) -> dict[str, str]:
    """Return the list's condition for the rows of the record that the upload belongs to."""
    if parent is None:
        return {}
    sheet = KINDS.get(run.kind)
    if sheet is not None:
        return {sheet.link: str(parent.id)}
    fields = describe(model)
    named = [name for name, key in (run.parents or {}).items() if key == parent.id]
    return {
        name: str(parent.id)
        for name in named
        if target_of(model, fields.field(name)) is type(parent)
    }
