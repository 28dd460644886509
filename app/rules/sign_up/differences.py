"""Where does a row of a roster disagree with what is known of the person?"""

from __future__ import annotations

from datetime import date

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold, shown_day

BIRTH_DATE_DIFFERS = Rule(
    "birth_date_differs",
    "写明的出生日期与身份证号一致，不一致的按身份证号登记",
    "birth_date_problems",
    basis="GB 11643",
    severity="warning",
    number="0-75",
)
NAME_DIFFERS = Rule(
    "name_differs",
    "再次导入的名册，同一证件号码的姓名不变",
    "renamed_problems",
    basis=INFERRED,
    severity="warning",
    number="0-76",
)


def birth_date_problems(written: date | None, born: date | None, row: int) -> list[Problem]:
    """Warn where the birth date written differs from the one in the identity number."""
    if born is None or written is None or born == written:
        return []
    message = f"出生日期写的是{shown_day(written)}，身份证号为{shown_day(born)}，按后者登记"
    return [BIRTH_DATE_DIFFERS.broken(message, field="birth_date", row=row)]


def renamed_problems(written: str, known: str, row: int) -> list[Problem]:
    """Warn where the roster has another name for the same number; blanks are ignored."""
    if not written or not known or fold(known) == fold(written):
        return []
    message = f"名册里同一证件号码的姓名是“{known}”，接受后改为“{written}”，请核对"
    return [NAME_DIFFERS.broken(message, field="name", row=row)]
