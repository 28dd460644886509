"""Which invented people stand in the tests of the rules?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from stdnum.iso7064 import mod_11_2

from app.core.errors import Problem
from app.rules.bodies.approved_scope import ApprovedItem
from app.rules.sign_up.roster import CandidateRow

ALL_LEVELS = frozenset("54321")
EXAM = date(2021, 4, 24)
APPROVED = (
    ApprovedItem("车工", "普通车工", ALL_LEVELS),
    ApprovedItem("车工", "数控车工", frozenset("543")),
    ApprovedItem("电工", "电工", ALL_LEVELS),
    ApprovedItem("焊工", "电焊工", ALL_LEVELS),
    ApprovedItem("起重装卸机械操作工", "桥式起重机司机", ALL_LEVELS),
)


def codes(problems: Iterable[Problem]) -> list[str]:
    """The ids of the broken rules, in the order in which they were found."""
    return [problem.code for problem in problems]


def number(region: str = "130203", born: str = "19820923", sequence: str = "277") -> str:
    """A resident identity number with the right check character."""
    body = region + born + sequence
    return body + mod_11_2.calc_check_digit(body)


MAN = number()
WOMAN = number(sequence="278")


def candidate(**cells: object) -> CandidateRow:
    """A clean row of a roster with the given cells changed."""
    clean: dict[str, object] = {
        "row": 5,
        "name": "曹怡",
        "gender": "男",
        "id_number": MAN,
        "education": "高中",
        "employer": "河北燕南重型机械制造有限公司",
        "post": "电工",
        "years": 12,
        "occupation": "电工",
        "work_type": "电工",
        "level": "四级/中级工",
        "current_level": "五级/初级工",
        "phone": "13888572013",
    }
    return CandidateRow(**(clean | cells))  # type: ignore[arg-type]
