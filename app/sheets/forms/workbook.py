"""Which workbook does a form become, and what is its file called?"""

from collections.abc import Sequence
from datetime import date

from app.sheets.forms.application import application_sheet, sheet_name
from app.sheets.forms.arrangement import arrangement_sheet
from app.sheets.forms.content import (
    ApplicationForm,
    ArrangementForm,
    Form,
    ResultListForm,
    ResultSummaryForm,
    RosterForm,
)
from app.sheets.forms.draw import draw
from app.sheets.forms.editions import layout_on
from app.sheets.forms.grid import Sheet
from app.sheets.forms.layout import Layout
from app.sheets.forms.result_list import result_list_sheet
from app.sheets.forms.result_summary import result_summary_sheet
from app.sheets.forms.roster import roster_sheet

_KINDS: dict[type[Form], str] = {
    RosterForm: "roster",
    ArrangementForm: "arrangement",
    ResultSummaryForm: "result-summary",
    ResultListForm: "result-list",
}
_NOT_IN_A_FILE_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


def write(form: Form, on: date | None = None) -> bytes:
    """The .xlsx file of a batch's form in the edition in force on that day (default: the newest).

    The same form gives the same bytes. Raises ValueError when an assessed group or method is
    chosen that the edition does not offer.
    """
    layout = layout_on(_KINDS[type(form)], on)
    return draw([_sheet(form, layout)], layout.edition.issued)


def write_applications(forms: Sequence[ApplicationForm], on: date | None = None) -> bytes:
    """One .xlsx file with a one-page sheet for each candidate; with none, one blank form."""
    layout = layout_on("application", on)
    sheets = [
        application_sheet(form, layout, sheet_name(number, form))
        for number, form in enumerate(forms, start=1)
    ]
    return draw(sheets or [application_sheet(ApplicationForm(), layout)], layout.edition.issued)


def form_filename(kind: str, batch_no: str, on: date | None = None) -> str:
    """A name a centre would give the file: batch number, official title, .xlsx.

    `kind` is roster, arrangement, result-summary, result-list or application; another raises
    KeyError.
    """
    return f"{batch_no.translate(_NOT_IN_A_FILE_NAME)}-{layout_on(kind, on).title}.xlsx"


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
