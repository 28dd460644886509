"""How is a commission's letter written before any batch is filed under it?"""

from __future__ import annotations

from app.core import audit
from app.core.errors import NotFound
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Commission
from app.services.documents import notices
from app.services.documents.documents import FORMATS as NAMES
from app.services.documents.documents import Taken
from app.sheets import forms

FORMATS = tuple((form, NAMES[form]) for form in ("pdf", "docx"))
"""The file formats of a letter: (name, label)."""
#: Resolution of page images in pixels per inch: readable on a screen.
PPI = 110


def why_not(commission: Commission) -> str:
    """Return what must be done before there is a letter; empty if there is one."""
    return "" if commission.letter_no else "还没有委托函，登记委托函号和日期后可预览、打印"


def take(session: AnySession, commission: Commission, form: str) -> Taken:
    """Return the letter as a file and audit the export.

    Raises NotFound for an unknown format and where there is no letter.
    """
    if form not in dict(FORMATS):
        raise NotFound(f"委托函没有“{form}”这种格式，可用的有：pdf、docx")
    made = _made(commission)
    content = forms.write(made, form)
    noted = {"表格": [None, "委托函"]}
    with transaction(session):
        audit.write(session, "Commission", "export", [(commission.id, commission.no, noted)])
    return Taken(forms.file_name(commission.no, made.title, form), content)


def pages(commission: Commission) -> int:
    """Return the number of pages of the letter. Raises NotFound where there is none."""
    return forms.pages_of(_made(commission))


def image(commission: Commission, page: int = 1) -> bytes:
    """Return a PNG of one page (from 1). Raises NotFound for a missing letter or page."""
    try:
        return forms.page_image(_made(commission), page, PPI)
    except IndexError as error:
        raise NotFound(f"委托函没有第{page}页") from error


def _made(commission: Commission) -> forms.Composed:
    why = why_not(commission)
    if why:
        raise NotFound(why)
    letters = [(commission.no, notices.letter_of(commission))]
    return forms.compose_documents(letters, forms.CommissionLetter, commission.letter_date)
