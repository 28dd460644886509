"""Which edition of a form was in force on a day?"""

from collections.abc import Mapping
from datetime import date

from app.sheets.composing.layout import Layout
from app.sheets.forms.notice_2021_7 import ARRANGEMENT, ROSTER
from app.sheets.forms.notice_2021_7_application import APPLICATION
from app.sheets.forms.plain_2021_7 import (
    ARCHIVE_INVENTORY,
    COMMISSION_LETTER,
    PUBLICITY_NOTICE,
    RESULT_NOTICE,
    SIGN_IN_SHEET,
)
from app.sheets.forms.results_2021_7 import RESULT_LIST, RESULT_SUMMARY

EDITIONS: Mapping[str, tuple[Layout, ...]] = {
    "roster": (ROSTER,),
    "arrangement": (ARRANGEMENT,),
    "result-summary": (RESULT_SUMMARY,),
    "result-list": (RESULT_LIST,),
    "application": (APPLICATION,),
    "commission-letter": (COMMISSION_LETTER,),
    "publicity-notice": (PUBLICITY_NOTICE,),
    "result-notice": (RESULT_NOTICE,),
    "sign-in-sheet": (SIGN_IN_SHEET,),
    "archive-inventory": (ARCHIVE_INVENTORY,),
}
"""The editions of each kind of form, the oldest first."""


def layout_on(kind: str, day: date | None = None) -> Layout:
    """Return the edition in force on ``day`` (None: the newest; before the first: the first).

    Raises KeyError for an unknown kind of form.
    """
    editions = EDITIONS[kind]
    in_force = [one for one in editions if day is None or one.edition.issued <= day]
    return in_force[-1] if in_force else editions[0]
