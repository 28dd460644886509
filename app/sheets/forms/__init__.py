"""What do the official forms of 冀职鉴字〔2021〕7号 look like, filled with a batch's data?

Layouts are data: a new edition is a new file beside the old one, and an old batch prints in the
edition of its time.
"""

from app.sheets.composing.composed import (
    WRITERS,
    Composed,
    compose_applications,
    compose_documents,
    compose_form,
    compose_labels,
    file_name,
    page_image,
    pages_of,
    write,
    write_apart,
)
from app.sheets.forms.certificate import CertificatePage, Certificates, Place, PrintedCertificate
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
from app.sheets.forms.plain_documents import (
    ArchiveInventory,
    CommissionLetter,
    DeskLabel,
    InventoryRow,
    NoticeRow,
    PlainDocument,
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
    "CertificatePage",
    "Certificates",
    "CommissionLetter",
    "Composed",
    "DeskLabel",
    "Form",
    "HistoryRow",
    "InventoryRow",
    "NoticeRow",
    "PlainDocument",
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
    "compose_documents",
    "file_name",
    "page_image",
    "pages_of",
    "write",
    "write_apart",
]
