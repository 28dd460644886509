"""Which problems does a row of a roster have, alone and beside the other rows?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold
from app.rules.bodies.approved_scope import (
    ApprovedItem,
    approved_level_problems,
    work_type_problems,
)
from app.rules.reference.gender_and_age import age_on, age_problems, gender_problems
from app.rules.reference.identity import RESIDENT, birth_date, compact, identity_problems
from app.rules.reference.level import (
    NOTICE_LEVELS,
    LevelName,
    current_level_problems,
    level_problems,
    parse_level,
)
from app.rules.reference.phone import phone_problems

# Rare characters are in the extensions or, from older input methods, in the private use area.
_HAN_NAME = re.compile(
    r"[\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"[\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff·•・．.]{1,29}"
)
_LATIN_NAME = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f .,'’·\-]{1,59}")
_MOST_YEARS = 60

NAME_MISSING = Rule(
    "name_missing",
    "姓名必须填写",
    "name_problems",
    "流程五",
    "附件1、附件2",
    remedy="在参评人员中补填姓名",
    number="5-22",
)
NAME_FORMAT = Rule(
    "name_format",
    "姓名为汉字（少数民族可带间隔号）或外文字母，不含数字和符号",
    "name_problems",
    basis=INFERRED,
    remedy="对照证件改正姓名",
    number="0-77",
)
YEARS_RANGE = Rule(
    "years_range",
    f"从本职业年限在0至{_MOST_YEARS}年之间",
    "years_problems",
    basis=INFERRED,
    remedy="改正从本职业年限",
    number="0-78",
)
YEARS_OVER_AGE = Rule(
    "years_over_age",
    "从本职业年限小于考试日的周岁年龄",
    "years_problems",
    basis=INFERRED,
    remedy="核对年限和证件号码后改正",
    number="0-79",
)
YEARS_BEFORE_16 = Rule(
    "years_before_16",
    "按年限推算，开始从业时已满16周岁（报送前提醒，导入时不提示）",
    "early_start_problems",
    basis=INFERRED,
    severity="warning",
    remedy="核对年限及其证明材料；确实无误的不必改",
    number="0-80",
)
DUPLICATE_IN_BATCH = Rule(
    "duplicate_in_batch",
    "同一批次内同一人只出现一次",
    "duplicate_problems",
    basis=INFERRED,
    remedy="删去重复的一人",
    number="0-81",
)


@dataclass(frozen=True)
class CandidateRow:
    """One row of a roster as read; empty cells are None.

    ``row`` is the row number in the spreadsheet. ``unread`` names fields whose cell was refused on
    reading (a formula, a number that lost digits): they are not judged again. ``level`` may be any
    wording or the digit.
    """

    row: int | None = None
    name: str | None = None
    gender: str | None = None
    document_kind: str = RESIDENT
    id_number: str | None = None
    education: str | None = None
    employer: str | None = None
    post: str | None = None
    years: Decimal | int | None = None
    occupation: str | None = None
    work_type: str | None = None
    level: str | None = None
    current_level: str | None = None
    current_certificate: str | None = None
    phone: str | None = None
    remark: str | None = None
    unread: frozenset[str] = frozenset()


def candidate_problems(
    row: CandidateRow,
    *,
    exam_date: date | None,
    levels: Sequence[LevelName] = NOTICE_LEVELS,
    approved: Sequence[ApprovedItem] | None = None,
    suggestion: str = "",
    minimum_age: int = 16,
) -> list[Problem]:
    """Return all problems of the row by itself; one fault gives one problem.

    What is derived from a cell is judged only if the cell is valid: no gender or age from an
    invalid number, no level for a work type out of scope. ``scope`` None skips the body's scope,
    ``exam_date`` None the age. ``duplicate_problems`` compares the rows with each other.
    """
    identity = (
        []
        if "id_number" in row.unread
        else identity_problems(row.id_number, kind=row.document_kind, on=exam_date)
    )
    sound = "id_number" not in row.unread and all(p.severity == "warning" for p in identity)
    born = birth_date(row.id_number) if sound else None
    found = [
        *name_problems(row.name),
        *identity,
        *_gender(row, sound=sound),
        *age_problems(born, exam_date, minimum_age),
        *years_problems(row.years, born, exam_date),
        *_applied_for(row, exam_date, levels, approved, suggestion),
        *current_level_problems(row.current_level, levels),
        *phone_problems(row.phone),
    ]
    return [replace(p, row=row.row) for p in found if p.field not in row.unread]


def name_problems(name: str | None) -> list[Problem]:
    """Return at most one problem with a person's name."""
    text = (name or "").strip()
    if not fold(text):
        return [NAME_MISSING.broken("缺少姓名，请补填", field="name")]
    if _HAN_NAME.fullmatch(fold(text)) or _HAN_NAME.fullmatch(re.sub(r"\s", "", text)):
        return []
    if _LATIN_NAME.fullmatch(text):
        return []
    message = f"姓名“{text[:30]}”含有数字、符号或只有一个字，请按证件填写"
    return [NAME_FORMAT.broken(message, field="name")]


def years_problems(
    years: Decimal | int | None, born: date | None, exam_date: date | None
) -> list[Problem]:
    """Return at most one problem with the years worked in the occupation; None is accepted."""
    if years is None:
        return []
    if not 0 <= years <= _MOST_YEARS:
        message = f"从本职业年限“{years}”应在0至{_MOST_YEARS}之间，请改正"
        return [YEARS_RANGE.broken(message, field="years")]
    if born is None or exam_date is None or years < age_on(born, exam_date):
        return []
    message = f"从本职业年限{years}年不小于年龄{age_on(born, exam_date)}周岁，请核对"
    return [YEARS_OVER_AGE.broken(message, field="years")]


def early_start_problems(
    years: Decimal | int | None, born: date | None, exam_date: date | None
) -> list[Problem]:
    """Warn where the years reach back before the sixteenth birthday.

    Not part of ``candidate_problems``: people often count years of training, so the import accepts
    the row and the pre-filing check reports it.
    """
    if years is None or born is None or exam_date is None:
        return []
    start_age = age_on(born, exam_date) - years
    if start_age >= 16 or years_problems(years, born, exam_date):
        return []
    message = f"年限{years}年，推算开始从业时仅{start_age}周岁，请核对年限及其证明材料"
    return [YEARS_BEFORE_16.broken(message, field="years")]


def duplicate_problems(rows: Iterable[CandidateRow]) -> list[Problem]:
    """Return a problem for each row whose person is in an earlier row, naming that row."""
    seen: dict[tuple[str, str], CandidateRow] = {}
    found: list[Problem] = []
    for row in rows:
        number = "" if "id_number" in row.unread else compact(row.id_number)
        if not number:
            continue
        first = seen.setdefault((row.document_kind, number), row)
        if first is not row:
            place = f"第{first.row}行" if first.row is not None else "前面"
            message = f"与{place}（{first.name or '无姓名'}）的证件号码相同，请删去重复的一行"
            found.append(DUPLICATE_IN_BATCH.broken(message, field="id_number", row=row.row))
    return found


def _gender(row: CandidateRow, *, sound: bool) -> list[Problem]:
    # A valid number tells the gender, so without one a blank gender is not yet a fault.
    if not sound and not fold(row.gender):
        return []
    return gender_problems(row.id_number if sound else None, row.gender)


def _applied_for(
    row: CandidateRow,
    exam_date: date | None,
    levels: Sequence[LevelName],
    approved: Sequence[ApprovedItem] | None,
    suggestion: str,
) -> list[Problem]:
    found = level_problems(row.level, levels)
    if approved is None or row.unread & {"occupation", "work_type"}:
        return found
    work_type = work_type_problems(
        row.occupation, row.work_type, approved, on=exam_date, suggestion=suggestion
    )
    digit = parse_level(row.level, levels)
    if work_type or digit is None or "level" in row.unread:
        return found + work_type
    return found + approved_level_problems(
        row.occupation, row.work_type, digit, approved, on=exam_date, levels=levels
    )
