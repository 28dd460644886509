"""Which operators can a condition use for each kind of field?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.core.views.lists import clauses
from app.core.views.lists.clauses import Clause, Kind, Subject

#: What an operator takes in the address: nothing, one value, two, several, a number of days or the
#: name of a period.
Takes = Literal["none", "one", "two", "many", "days", "period"]

#: The most values in one condition; more would be a roster.
MOST_VALUES = 1000


@dataclass(frozen=True)
class Operator:
    """One operator: its name in the address, Chinese label, arguments and SQL clause.

    ``clause`` returns None for values that cannot be read.
    """

    name: str
    label: str
    takes: Takes
    clause: Callable[[Subject, Sequence[str]], Clause]


_FILLING = (
    Operator("empty", "为空", "none", clauses.is_empty),
    Operator("filled", "不为空", "none", clauses.is_filled),
)
_CHOICE = (
    Operator("in", "是其中之一", "many", clauses.is_one_of),
    Operator("is", "等于", "one", clauses.equals),
    Operator("not", "不等于", "one", clauses.differs),
    Operator("not_in", "不是其中之一", "many", clauses.is_none_of),
    *_FILLING,
)
_DATED = (
    Operator("between", "介于", "two", clauses.lies_between),
    Operator("is", "等于", "one", clauses.equals),
    Operator("before", "早于", "one", clauses.is_below),
    Operator("after", "晚于", "one", clauses.is_above),
    Operator("from", "不早于", "one", clauses.is_at_least),
    Operator("to", "不晚于", "one", clauses.is_at_most),
    Operator("period", "属于", "period", clauses.in_period),
    Operator("last", "最近", "days", clauses.in_last_days),
    Operator("next", "今后", "days", clauses.in_next_days),
    *_FILLING,
)

#: The operators of each kind of field, the default one first. Masked numbers can only be compared
#: as a whole, since partial matches would let them be guessed digit by digit.
OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    "text": (
        Operator("contains", "包含", "one", clauses.contains),
        Operator("without", "不包含", "one", clauses.excludes),
        Operator("is", "等于", "one", clauses.equals),
        Operator("not", "不等于", "one", clauses.differs),
        Operator("starts", "开头是", "one", clauses.starts_with),
        Operator("in", "是其中之一", "many", clauses.is_one_of),
        Operator("not_in", "不是其中之一", "many", clauses.is_none_of),
        *_FILLING,
    ),
    "private": (
        Operator("is", "等于", "one", clauses.equals),
        Operator("in", "是其中之一", "many", clauses.is_one_of),
        *_FILLING,
    ),
    "pick": _CHOICE,
    "relation": _CHOICE,
    "many": _CHOICE,
    "flag": (Operator("is", "等于", "one", clauses.equals), *_FILLING),
    "day": _DATED,
    "moment": _DATED,
    "number": (
        Operator("between", "介于", "two", clauses.lies_between),
        Operator("is", "等于", "one", clauses.equals),
        Operator("not", "不等于", "one", clauses.differs),
        Operator("above", "大于", "one", clauses.is_above),
        Operator("from", "不小于", "one", clauses.is_at_least),
        Operator("below", "小于", "one", clauses.is_below),
        Operator("to", "不大于", "one", clauses.is_at_most),
        Operator("in", "是其中之一", "many", clauses.is_one_of),
        *_FILLING,
    ),
}


def operator_of(kind: Kind, name: str) -> Operator | None:
    """Return the operator of that name for the kind of field, or None."""
    return next((one for one in OPERATORS[kind] if one.name == name), None)


def separate(subject: Subject, written: str) -> list[str]:
    """Split a list of values as a clerk writes or pastes it."""
    # Names may contain spaces; numbers, dates and keys do not.
    spaced = subject.kind in ("text", "pick")
    signs = r"[,，、;；\t\r\n]+" if spaced else r"[,，、;；\s]+"
    return [one.strip() for one in re.split(signs, written) if one.strip()][:MOST_VALUES]
