"""Is this number valid for its kind of identity document, and what does it tell of its holder?"""

from __future__ import annotations

import re
from datetime import date

from stdnum.iso7064 import mod_11_2

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule
from app.core.wording import fold

RESIDENT = "01"
PASSPORT = "02"
HK_MACAO_PERMIT = "03"
TAIWAN_PERMIT = "04"
FOREIGN_RESIDENT = "05"
RESIDENCE_PERMIT = "06"

KIND_NAMES = {
    RESIDENT: "居民身份证",
    PASSPORT: "护照",
    HK_MACAO_PERMIT: "港澳居民来往内地通行证",
    TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    FOREIGN_RESIDENT: "外国人永久居留身份证",
    RESIDENCE_PERMIT: "港澳台居民居住证",
}

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_PERMIT_PREFIXES = ("81", "82", "83")
_PROVINCES = {
    *("11", "12", "13", "14", "15"),
    *("21", "22", "23"),
    *("31", "32", "33", "34", "35", "36", "37"),
    *("41", "42", "43", "44", "45", "46"),
    *("50", "51", "52", "53", "54"),
    *("61", "62", "63", "64", "65"),
    *("71", "81", "82", "83"),
}
_OLD_FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")
_SHAPES = {
    PASSPORT: (re.compile(r"(?=.*[0-9])[A-Z0-9]{5,17}"), "5至17位字母和数字"),
    HK_MACAO_PERMIT: (re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"), "H或M加8位（或10位）数字"),
    TAIWAN_PERMIT: (
        re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?"),
        "8位数字（旧版10位数字，可带1位字母）",
    ),
}

ID_MISSING = Rule(
    "id_missing",
    "证件号码必须填写",
    "identity_problems",
    "流程五",
    "附件1、附件2",
    remedy="在参评人员中补填证件号码",
    number="5-19",
)
ID_KIND = Rule(
    "id_kind",
    "证件类型须在代码表内",
    "identity_problems",
    basis="附件4（二）",
    remedy="在参评人员中选择证件类型",
    number="0-54",
)
ID_FORMAT = Rule(
    "id_format",
    "证件号码须符合其证件类型的格式",
    "identity_problems",
    basis="GB 11643",
    remedy="对照证件改正号码或证件类型",
    number="0-55",
)
ID_OLD_15 = Rule(
    "id_old_15",
    "不接受15位旧身份证号",
    "identity_problems",
    basis="GB 11643—1999",
    remedy="按现行身份证改为18位号码",
    number="0-56",
)
ID_KIND_MISMATCH = Rule(
    "id_kind_mismatch",
    "证件号码与所选证件类型相符",
    "identity_problems",
    basis="GB 11643；" + INFERRED,
    remedy="对照证件改正证件类型或号码",
    number="0-57",
)
ID_BIRTH_DATE = Rule(
    "id_birth_date",
    "第7至14位是真实存在的过去日期",
    "identity_problems",
    basis="GB 11643",
    remedy="对照证件改正号码",
    number="0-58",
)
ID_CHECK_DIGIT = Rule(
    "id_check_digit",
    "第18位校验码按 ISO 7064 MOD 11-2 计算正确",
    "identity_problems",
    basis="GB 11643",
    remedy="对照证件逐位核对后改正号码",
    number="0-59",
)
ID_REGION = Rule(
    "id_region",
    "前两位是已知的省级代码（县级代码已撤销的不提示）",
    "identity_problems",
    basis="GB/T 2260",
    severity="warning",
    remedy="对照证件核对号码；确实无误的不必改",
    number="0-60",
)


def compact(number: str | None) -> str:
    """Return the number as stored: no blanks, half-width, capital letters."""
    return fold(number).upper()


def birth_date(number: str | None) -> date | None:
    """Return the date in digits 7–14 of an 18-digit number, or None if there is no valid one."""
    text = compact(number)
    if not _EIGHTEEN.fullmatch(text):
        return None
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None


def gender_of(number: str | None) -> str | None:
    """Return '男' or '女' by digit 17; None for numbers that do not tell."""
    text = compact(number)
    # A foreigner's number (leading 9) has the same check digit, but digit 17 is not documented.
    if not _EIGHTEEN.fullmatch(text) or text.startswith("9"):
        return None
    return "男" if int(text[16]) % 2 else "女"


def guess_kind(number: str | None) -> str:
    """Guess the kind of document from its number; a resident's card where nothing else fits."""
    text = compact(number)
    if _EIGHTEEN.fullmatch(text):
        return _natural_kind(text)
    if _OLD_FOREIGN.fullmatch(text):
        return FOREIGN_RESIDENT
    if re.fullmatch(r"[HM](?:[0-9]{8}|[0-9]{10})", text):
        return HK_MACAO_PERMIT
    # Require letters before the digits: eight bare digits may be a truncated identity number.
    if re.fullmatch(r"[A-Z]{1,2}[0-9]{6,8}", text):
        return PASSPORT
    return RESIDENT


def identity_problems(number: str | None, *, kind: str, on: date | None = None) -> list[Problem]:
    """Return at most one problem with the number of a document of that kind ("01" … "06").

    The holder must have been born before ``on`` (None: not checked). County codes are not looked
    up, because many valid numbers contain abolished ones.
    """
    text = compact(number)
    if not text:
        return [ID_MISSING.broken("缺少证件号码，请补填", field="id_number")]
    if kind not in KIND_NAMES:
        message = f"证件类型代码“{kind}”不在代码表内，请从下拉列表中选择"
        return [ID_KIND.broken(message, field="document_kind")]
    if kind == FOREIGN_RESIDENT and _OLD_FOREIGN.fullmatch(text):
        return []
    if kind in _SHAPES:
        return _shape_problems(text, kind)
    return _eighteen_problems(text, kind, on)


def _natural_kind(text: str) -> str:
    if text.startswith("9"):
        return FOREIGN_RESIDENT
    return RESIDENCE_PERMIT if text.startswith(_PERMIT_PREFIXES) else RESIDENT


def _shape_problems(text: str, kind: str) -> list[Problem]:
    shape, words = _SHAPES[kind]
    if shape.fullmatch(text):
        return []
    message = f"{KIND_NAMES[kind]}号码应为{words}，请核对证件"
    return [ID_FORMAT.broken(message, field="id_number")]


def _eighteen_problems(text: str, kind: str, on: date | None) -> list[Problem]:
    if re.fullmatch(r"[0-9]{15}", text):
        message = "这是15位旧身份证号，请按现行身份证填写18位号码"
        return [ID_OLD_15.broken(message, field="id_number")]
    if not _EIGHTEEN.fullmatch(text):
        message = (
            f"{KIND_NAMES[kind]}号码应为18位数字（末位可为X），现为{len(text)}位"
            f"{'' if len(text) != 18 else '但含有其他字符'}，请核对证件"
        )
        return [ID_FORMAT.broken(message, field="id_number")]
    natural = _natural_kind(text)
    if natural != kind:
        message = (
            f"该号码属于{KIND_NAMES[natural]}，证件类型却为{KIND_NAMES[kind]}，请改正证件类型或号码"
        )
        return [ID_KIND_MISMATCH.broken(message, field="document_kind")]
    return _content_problems(text, on)


def _content_problems(text: str, on: date | None) -> list[Problem]:
    born = birth_date(text)
    if born is None or born.year < 1900 or (on is not None and born >= on):
        message = f"证件号码第7至14位“{text[6:14]}”不是合理的出生日期，请核对证件"
        return [ID_BIRTH_DATE.broken(message, field="id_number")]
    if not mod_11_2.is_valid(text):
        message = "证件号码末位校验不符，至少有一位写错，请对照证件逐位核对"
        return [ID_CHECK_DIGIT.broken(message, field="id_number")]
    if text[:2] not in _PROVINCES and not text.startswith("9"):
        message = f"证件号码前两位“{text[:2]}”不是已知的省级代码，请核对证件"
        return [ID_REGION.broken(message, field="id_number")]
    return []
