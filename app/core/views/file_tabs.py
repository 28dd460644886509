"""How are the files shown that stood in a row before, and at which steps?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.core.declarations.base import Entity, entity_named
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import describe
from app.core.history.file_versions import Stood
from app.core.tables import FileVersion, Step
from app.core.views.cells import code_lists

Context = dict[str, Any]

COLUMNS = ("文件名", "资料", "大小（字节）", "起", "止", "在此期间办理", "更换", "文件指纹")


def table_of(
    files: Iterable[Stood], holder: type[Entity], url: Callable[[FileVersion], str]
) -> Context:
    """Return the table of files; ``url`` is where a former one is downloaded."""
    columns = [{"name": name, "label": name} for name in COLUMNS]
    rows = [_row(one, holder, url) for one in files]
    return {"table": {"columns": columns, "rows": rows, "empty": {"title": "没有更换过的文件"}}}


def _row(one: Stood, holder: type[Entity], url: Callable[[FileVersion], str]) -> Context:
    kept = one.version
    there = kept is not None and kept.destroyed_at is None
    name: Context = {"text": one.filename}
    if kept is not None and there:
        name["url"] = url(kept)
    texts = [
        "" if kept is None else _about(kept),
        f"{one.size}",
        _moment(one.since),
        "现在的文件" if kept is None else _moment(kept.until),
        "、".join(_step(holder, step) for step in one.steps),
        "" if kept is None else "：".join(filter(None, (kept.actor_name, kept.reason))),
        one.digest,
    ]
    cells = [name, *({"text": text} for text in texts)]
    return {"pk": 0 if kept is None else kept.id, "cells": cells, "muted": kept is not None}


def _about(kept: FileVersion) -> str:
    model, lists = entity_named(kept.entity), code_lists()
    words = []
    for name, value in kept.about.items():
        if name == model.__dict__.get("__file_of__"):
            continue
        codes = {one.code: one.name for one in lists.get(describe(model).field(name).codes, ())}
        words.append(codes.get(value, value))
    return "、".join(words)


def _moment(at: Any) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"


def _step(holder: type[Entity], step: Step) -> str:
    procedure = find_procedure(holder.__name__)
    labels = {} if procedure is None else {one.name: one.label for one in procedure.moves}
    return f"{labels.get(step.move, step.move)}（{step.at:%Y-%m-%d} {step.actor_name}）"
