"""How does a workbook become rows, from blank template to preview, acceptance and withdrawal?

Acceptance writes exactly what the preview showed, using the same code, or is refused as outdated.
Refused rows are returned with their problems. Importing the same file twice changes nothing.
"""

from app.core.importing.accept import accept, check_columns
from app.core.importing.any_table import check_rows_open, preview_rows, related_parents
from app.core.importing.blank_sheets.official_templates import blank_workbook
from app.core.importing.blank_sheets.templates import blank_rows
from app.core.importing.entities import (
    ROWS,
    importable,
    importable_models,
    importable_named,
    natural_key,
    number_field,
    row_fields,
    rows_form,
)
from app.core.importing.forms import form_of
from app.core.importing.judgements import Head, Page, ShownRow
from app.core.importing.permission import check_open, open_kinds
from app.core.importing.preview import preview
from app.core.importing.preview_pages import map_headings, page_of_run
from app.core.importing.refused import refused_workbook
from app.core.importing.result import Counts, Heading, Preview, PreviewCell, PreviewRow
from app.core.importing.sheet_kinds import (
    KINDS,
    SheetKind,
    declare_kinds,
    kind_named,
    kinds_into,
)
from app.core.importing.upload_list import counts_of, find_run, runs_of, runs_of_rows
from app.core.importing.uploads import (
    accept_run,
    discard_run,
    preview_run,
    refused_of_run,
    stage,
    stage_rows,
)
from app.core.importing.withdrawal import Standing, check_run_open, withdraw_run, withdrawable

__all__ = [
    "KINDS",
    "ROWS",
    "SheetKind",
    "Standing",
    "Counts",
    "Head",
    "Heading",
    "Page",
    "Preview",
    "PreviewCell",
    "PreviewRow",
    "ShownRow",
    "accept",
    "accept_run",
    "blank_rows",
    "blank_workbook",
    "check_columns",
    "check_open",
    "check_run_open",
    "check_rows_open",
    "counts_of",
    "declare_kinds",
    "discard_run",
    "find_run",
    "form_of",
    "importable",
    "importable_models",
    "importable_named",
    "kind_named",
    "kinds_into",
    "map_headings",
    "natural_key",
    "number_field",
    "open_kinds",
    "page_of_run",
    "preview",
    "preview_rows",
    "preview_run",
    "refused_of_run",
    "refused_workbook",
    "related_parents",
    "row_fields",
    "rows_form",
    "runs_of",
    "runs_of_rows",
    "stage",
    "stage_rows",
    "withdraw_run",
    "withdrawable",
]
