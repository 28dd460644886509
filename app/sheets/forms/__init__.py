"""What do the official forms of 冀职鉴字〔2021〕7号 look like, filled with a batch's data?"""

from app.sheets.forms.content import (
    ApplicationForm,
    ArrangementForm,
    ArrangementRow,
    Form,
    HistoryRow,
    ResultListForm,
    ResultListRow,
    ResultSummaryForm,
    ResultSummaryRow,
    RosterForm,
    RosterRow,
)
from app.sheets.forms.workbook import form_filename, write, write_applications

__all__ = [
    "ApplicationForm",
    "ArrangementForm",
    "ArrangementRow",
    "Form",
    "HistoryRow",
    "ResultListForm",
    "ResultListRow",
    "ResultSummaryForm",
    "ResultSummaryRow",
    "RosterForm",
    "RosterRow",
    "form_filename",
    "write",
    "write_applications",
]
