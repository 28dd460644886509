"""How does a workbook become rows of a batch: preview, headings, acceptance, refused rows?"""

from app.services.importing.accept import accept, check_columns
from app.services.importing.forms import HINTS, KINDS, LABELS, form_of
from app.services.importing.gate import check_open, open_kinds
from app.services.importing.preview import preview
from app.services.importing.refused import blank_workbook, refused_workbook
from app.services.importing.result import Counts, Heading, Preview, PreviewCell, PreviewRow
from app.services.importing.staged import (
    accept_run,
    counts_of,
    discard_run,
    find_run,
    map_headings,
    preview_run,
    refused_of_run,
    runs_of,
    stage,
)

__all__ = [
    "HINTS",
    "KINDS",
    "LABELS",
    "Counts",
    "Heading",
    "Preview",
    "PreviewCell",
    "PreviewRow",
    "accept",
    "accept_run",
    "blank_workbook",
    "check_columns",
    "check_open",
    "counts_of",
    "discard_run",
    "find_run",
    "form_of",
    "map_headings",
    "open_kinds",
    "preview",
    "preview_run",
    "refused_of_run",
    "refused_workbook",
    "runs_of",
    "stage",
]
