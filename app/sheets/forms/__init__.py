"""What do the official forms of 冀职鉴字〔2021〕7号 look like, filled with a batch's data?

Layouts are data: a new edition is a new file beside the old one, and an old batch prints in the
edition of its time.
"""

from app.sheets.composing.composed import (
    WRITERS,
    Composed,
    compose_applications,
    compose_form,
    compose_labels,
    compose_papers,
    file_name,
    page_image,
    pages_of,
    write,
    write_apart,
)
from app.sheets.forms.certificate import CertificatePaper, Certificates, Place, PrintedCertificate
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
from app.sheets.forms.papers import (
    ArchiveInventory,
    CommissionLetter,
    DeskLabel,
    InventoryRow,
    NoticeRow,
    Paper,
    PublicityNotice,
    ResultNotice,
    SignInRow,
    SignInSheet,
)

__all__ = [
    "ApplicationForm",
    "ArchiveInventory",
    "ArrangementForm",
    "ArrangementRow",
    "CertificatePaper",
    "Certificates",
    "CommissionLetter",
    "Composed",
    "DeskLabel",
    "Form",
    "HistoryRow",
    "InventoryRow",
    "NoticeRow",
    "Paper",
    "Place",
    "PrintedCertificate",
    "PublicityNotice",
    "ResultListForm",
    "ResultListRow",
    "ResultNotice",
    "ResultSummaryForm",
    "ResultSummaryRow",
    "RosterForm",
    "RosterRow",
    "SignInRow",
    "SignInSheet",
    "WRITERS",
    "compose_applications",
    "compose_form",
    "compose_labels",
    "compose_papers",
    "file_name",
    "page_image",
    "pages_of",
    "write",
    "write_apart",
]
