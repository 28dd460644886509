"""Do gender and age agree with the identity number, and is the person old enough?"""

from __future__ import annotations

from datetime import date

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule
from app.core.wording import fold, shown_day
from app.rules.reference.identity import gender_of

GENDER_FORMAT = Rule(
    "gender_format",
    "性别填“男”或“女”",
    "gender_problems",
    basis="附件1、附件2",
    remedy="把性别改为“男”或“女”",
    number="0-61",
)

GENDER_MISSING = Rule(
    "gender_missing",
    "证件号码看不出性别的，性别必须填写",
    "gender_problems",
    basis="附件1、附件2",
    remedy="在参评人员中补填性别",
    number="0-62",
)

GENDER_MISMATCH = Rule(
    "gender_mismatch",
    "性别与身份证号第17位一致（奇男偶女）",
    "gender_problems",
    basis="GB 11643",
    remedy="对照证件改正性别或号码",
    number="0-63",
)

UNDER_AGE = Rule(
    "under_age",
    "考试日年满16周岁（生日当天算满）",
    "age_problems",
    basis=CENTRE,
    remedy="核对证件号码；确未满的从名册删去",
    number="0-64",
)


def age_on(birth: date, day: date) -> int:
    """Return full years of age on ``day``; birthdays on 29 February count from 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def gender_problems(number: str | None, gender: str | None) -> list[Problem]:
    """Return at most one problem with the gender; ``number`` is valid, or None if unknown."""
    written, derived = fold(gender), gender_of(number)
    if written and written not in ("男", "女"):
        message = f"性别“{written}”无法识别，请填“男”或“女”"
        return [GENDER_FORMAT.broken(message, field="gender")]
    if not written and derived is None:
        return [GENDER_MISSING.broken("缺少性别，请补填“男”或“女”", field="gender")]
    if written and derived and written != derived:
        message = f"性别填“{written}”，身份证号第17位表示“{derived}”，请核对证件后改正其一"
        return [GENDER_MISMATCH.broken(message, field="gender")]
    return []


def age_problems(birth: date | None, exam_date: date | None, minimum: int = 16) -> list[Problem]:
    """Object where the person is younger than ``minimum`` full years on the exam day."""
    if birth is None or exam_date is None:
        return []
    age = age_on(birth, exam_date)
    if age >= minimum:
        return []
    message = (
        f"考试日未满{minimum}周岁：出生日期{shown_day(birth)}，考试日{shown_day(exam_date)}"
        f"时{max(age, 0)}周岁，请核对证件号码，确未满的不能报名"
    )
    return [UNDER_AGE.broken(message, field="id_number")]
