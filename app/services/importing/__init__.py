"""How does a workbook become rows: templates, preview, acceptance, refused rows, withdrawal?"""

from app.services.importing.accept import accept, check_columns
from app.services.importing.entities import (
    ROWS,
    importable,
    importable_models,
    importable_named,
    natural_key,
    number_field,
    row_fields,
    rows_form,
)
from app.services.importing.forms import HINTS, KINDS, LABELS, form_of
from app.services.importing.gate import check_open, open_kinds
from app.services.importing.kept import Head, Page, ShownRow
from app.services.importing.looked import map_headings, page_of_run
from app.services.importing.preview import preview
from app.services.importing.refused import refused_workbook
from app.services.importing.result import Counts, Heading, Preview, PreviewCell, PreviewRow
from app.services.importing.rows import check_rows_open, preview_rows, related_parents
from app.services.importing.runs import counts_of, find_run, runs_of, runs_of_rows
from app.services.importing.staged import (
    accept_run,
    discard_run,
    preview_run,
    refused_of_run,
    stage,
    stage_rows,
)
from app.services.importing.templates import blank_rows, blank_workbook
from app.services.importing.withdrawal import (
    Standing,
    check_run_open,
    withdraw_run,
    withdrawable,
)

__all__ = [
    "HINTS",
    "KINDS",
    "LABELS",
    "ROWS",
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
    "discard_run",
    "find_run",
    "form_of",
    "importable",
    "importable_models",
    "importable_named",
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
