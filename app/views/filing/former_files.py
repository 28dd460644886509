"""Where are the files of a batch read that were replaced after they were examined?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import url_for

from app.core.history import file_versions
from app.core.scope import AnySession
from app.core.tables import FileVersion
from app.core.views import file_tabs
from app.models import Batch, Material

Tab = tuple[str, str, Callable[[Any], dict[str, Any]]]


def files_tabs(session: AnySession) -> list[Tab]:
    """Return the tab of a material's page with all its files."""

    def content(item: Material) -> dict[str, Any]:
        found = file_versions.of_record(session, item)
        return file_tabs.table_of(found, Batch, _url(item.batch))

    return [("files", "历次文件", content)]


def former_files_tabs(session: AnySession) -> list[Tab]:
    """Return the tab of a batch's page with the files that its materials no longer hold."""

    def content(item: Batch) -> dict[str, Any]:
        found = file_versions.of_holder(session, Material, item)
        return file_tabs.table_of(found, Batch, _url(item))

    return [("files", "更换过的资料", content)]


def _url(batch: Batch) -> Callable[[FileVersion], str]:
    return lambda kept: url_for("MaterialView.former", batch_id=batch.id, version=kept.id)
