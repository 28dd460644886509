"""How are documents filled in whose values are printed as they are?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from app.sheets.composing.compose import compose
from app.sheets.composing.grid import Sheet
from app.sheets.composing.layout import Layout
from app.sheets.forms.plain_documents import (
    ArchiveInventory,
    CommissionLetter,
    PlainDocument,
    PublicityNotice,
    ResultNotice,
    SignInSheet,
)
from app.sheets.forms.values import filled_date, row_values

KINDS: Mapping[type[PlainDocument], str] = {
    CommissionLetter: "commission-letter",
    PublicityNotice: "publicity-notice",
    ResultNotice: "result-notice",
    SignInSheet: "sign-in-sheet",
    ArchiveInventory: "archive-inventory",
}
"""The kind of layout that each document takes."""


def document_sheet(document: PlainDocument, layout: Layout, name: str = "") -> Sheet:
    """Return the document on a worksheet called ``name``.

    Layout values: its fields by name, dates as 2021年4月24日, ``count`` of its rows. Row values:
    their fields, ``number`` from 1, and an empty ``signature``.
    """
    rows = getattr(document, "rows", ())
    values: dict[str, str | int] = {"count": len(rows)}
    for field in fields(document):
        value = getattr(document, field.name)
        if isinstance(value, str | int):
            values[field.name] = value
        elif field.name != "rows":
            values[field.name] = filled_date(value)
    lines = [
        {"number": number, "signature": "", **row_values(row)}
        for number, row in enumerate(rows, start=1)
    ]
    return compose(layout, values, lines, name)
