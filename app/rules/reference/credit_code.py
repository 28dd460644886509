"""Is this a unified social credit code (统一社会信用代码, GB 32100)?"""

from __future__ import annotations

import re

from stdnum.cn import uscc

from app.core.errors import Problem
from app.core.rule import Rule
from app.core.wording import fold

# The library's validate() requires eight leading digits and so rejects the authorities A, N and Y,
# e.g. every rural collective (N2…). Therefore only its check character is used.
_SHAPE = re.compile(r"[1-9ANY][1-9A-HJ-NP-RTUWXY][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")

CREDIT_CODE_FORMAT = Rule(
    "credit_code_format",
    "统一社会信用代码为18位，不含字母I、O、S、V、Z",
    "credit_code_problems",
    basis="GB 32100",
    number="0-52",
)
CREDIT_CODE_CHECK_DIGIT = Rule(
    "credit_code_check_digit",
    "统一社会信用代码第18位校验码正确",
    "credit_code_problems",
    basis="GB 32100",
    number="0-53",
)


def credit_code_problems(code: str | None, *, field: str = "credit_code") -> list[Problem]:
    """Return at most one problem; none for an empty code, which the form checks."""
    text = fold(code).upper()
    if not text:
        return []
    if not _SHAPE.fullmatch(text):
        message = (
            "统一社会信用代码应为18位数字和大写字母（不含I、O、S、V、Z），"
            f"现为{len(text)}位，请对照营业执照填写"
        )
        return [CREDIT_CODE_FORMAT.broken(message, field=field)]
    if text[-1] != uscc.calc_check_digit(text[:17]):
        message = "统一社会信用代码校验不符，至少有一位写错，请对照营业执照逐位核对"
        return [CREDIT_CODE_CHECK_DIGIT.broken(message, field=field)]
    return []
