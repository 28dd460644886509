"""Which sheets does a form become, and how are they written to a file?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.sheets.writing.zipped import pack
from app.sheets.composing.grid import Sheet
from app.sheets.composing.layout import Layout
from app.sheets.composing.pdf import count_pages, print_page, print_pdf
from app.sheets.composing.pdf_pages import Progress, silent
from app.sheets.composing.word_document import write_document
from app.sheets.composing.workbook import draw
from app.sheets.forms.application import application_sheet, sheet_name
from app.sheets.forms.arrangement import arrangement_sheet
from app.sheets.forms.certificate import (
    Certificates,
    certificate_image,
    certificate_pages,
    certificates_pdf,
)
from app.sheets.forms.content import (
    ApplicationForm,
    ArrangementForm,
    Form,
    ResultListForm,
    ResultSummaryForm,
    RosterForm,
)
from app.sheets.forms.editions import layout_on
from app.sheets.forms.labels import TITLE as LABELS
from app.sheets.forms.labels import label_sheet
from app.sheets.forms.plain import KINDS as PLAIN_KINDS
from app.sheets.forms.plain import document_sheet
from app.sheets.forms.plain_documents import DeskLabel, PlainDocument
from app.sheets.forms.result_list import result_list_sheet
from app.sheets.forms.result_summary import result_summary_sheet
from app.sheets.forms.roster import roster_sheet
from app.sheets.forms.style_2021_7 import EDITION

_KINDS: dict[type[Form], str] = {
    RosterForm: "roster",
    ArrangementForm: "arrangement",
    ResultSummaryForm: "result-summary",
    ResultListForm: "result-list",
}
#: Number of files between two reports of progress.
_PORTION = 5
_NOT_IN_A_FILE_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


@dataclass(frozen=True)
class Composed:
    """A form laid out in the edition of its time, ready to be written in any format."""

    title: str
    issued: date
    sheets: tuple[Sheet, ...]


Write = Callable[[Sequence[Sheet], date], bytes]

WRITERS: Mapping[str, Write] = {"xlsx": draw, "pdf": print_pdf, "docx": write_document}
"""How a composed form leaves, by the end of the file's name."""


def write(made: Composed | Certificates, form: str, progress: Progress = silent) -> bytes:
    """Return the file in the format ``form`` (a key of ``WRITERS``); equal data give equal bytes.

    ``progress(done, total)`` is called every few pages of a PDF; other formats do not report it.
    Raises KeyError for an unknown format; certificates are written as PDF only.
    """
    if isinstance(made, Certificates):
        return {"pdf": certificates_pdf}[form](made, progress)
    if form == "pdf":
        return print_pdf(made.sheets, made.issued, progress)
    return WRITERS[form](made.sheets, made.issued)


def pages_of(made: Composed | Certificates) -> int:
    """Return the number of printed pages."""
    if isinstance(made, Certificates):
        return certificate_pages(made)
    return count_pages(made.sheets)


def page_image(made: Composed | Certificates, number: int, ppi: int = 100) -> bytes:
    """Return a PNG of one printed page (from 1). Raises IndexError if there is none."""
    if isinstance(made, Certificates):
        return certificate_image(made, number, ppi)
    return print_page(made.sheets, made.issued, number, ppi)


def compose_form(form: Form, on: date | None = None) -> Composed:
    """Compose a batch's form in the edition in force on ``on`` (default: the newest).

    Raises ValueError if a chosen 评价对象 or 评价方式 is not offered by the edition.
    """
    layout = layout_on(_KINDS[type(form)], on)
    return _composed(layout, [_sheet(form, layout)])


def compose_applications(forms: Sequence[ApplicationForm], on: date | None = None) -> Composed:
    """Compose a page for each candidate; without any, one blank form."""
    layout = layout_on("application", on)
    names = _names((form.number, form.name) for form in forms)
    sheets = [
        application_sheet(form, layout, name) for form, name in zip(forms, names, strict=True)
    ]
    return _composed(layout, sheets or [application_sheet(ApplicationForm(), layout)])


def compose_documents(
    documents: Sequence[tuple[str, PlainDocument]],
    kind: type[PlainDocument],
    on: date | None = None,
) -> Composed:
    """Compose (worksheet name, document) pairs of one kind; without any, one blank one."""
    layout = layout_on(PLAIN_KINDS[kind], on)
    names = _names((getattr(document, "number", 0), name) for name, document in documents)
    sheets = [
        document_sheet(document, layout, name)
        for (_called, document), name in zip(documents, names, strict=True)
    ]
    return _composed(layout, sheets or [document_sheet(kind(), layout)])


def compose_labels(labels: Sequence[DeskLabel]) -> Composed:
    """Compose desk labels, two side by side."""
    return Composed(LABELS, EDITION.issued, (label_sheet(labels),))


def write_apart(made: Composed, progress: Progress = silent) -> bytes:
    """Return a .zip with a PDF of each sheet, named by number and name; equal data, equal bytes.

    ``progress(done, total)`` is called every few files.
    """
    files = []
    for number, sheet in enumerate(made.sheets, start=1):
        files.append((file_name(sheet.name, made.title, "pdf"), print_pdf([sheet], made.issued)))
        if number % _PORTION == 0 or number == len(made.sheets):
            progress(number, len(made.sheets))
    return pack(files)


def _names(called: Iterable[tuple[int, str]]) -> list[str]:
    """Return unique sheet names: number in the roster, or else position, and name."""
    names: dict[str, str] = {}
    for place, (number, name) in enumerate(called, start=1):
        wanted = sheet_name(number or place, name)
        while wanted.casefold() in names:
            wanted = sheet_name(number or place, f"{place} {name}")
            place += 1
        names[wanted.casefold()] = wanted
    return list(names.values())


def file_name(number: str, title: str, form: str) -> str:
    """Return a file name as a centre would choose it: batch number, title, extension."""
    return f"{f'{number}-{title}'.translate(_NOT_IN_A_FILE_NAME)}.{form}"


def _composed(layout: Layout, sheets: Sequence[Sheet]) -> Composed:
    return Composed(layout.title, layout.edition.issued, tuple(sheets))


def _sheet(form: Form, layout: Layout) -> Sheet:
    match form:
        case RosterForm():
            return roster_sheet(form, layout)
        case ArrangementForm():
            return arrangement_sheet(form, layout)
        case ResultSummaryForm():
            return result_summary_sheet(form, layout)
        case ResultListForm():
            return result_list_sheet(form, layout)
