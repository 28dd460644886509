"""Do these certificate numbers make whole segments (证书号段), one for each pass?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.errors import Problem
from app.rules.rule import INFERRED, Rule

SEGMENT_PREFIX = Rule(
    "segment_prefix",
    "号段内证书编号的机构、年份、等级与本组一致",
    "segment_problems",
    clause="流程七",
    basis=INFERRED,
)
SEGMENT_REPEAT = Rule(
    "segment_repeat", "证书编号不重复", "segment_problems", clause="流程七", basis=INFERRED
)
SEGMENT_COUNT = Rule(
    "segment_count",
    "证书编号个数等于合格人数",
    "segment_problems",
    clause="流程七",
    basis="附件4（一）",
)
SEGMENT_GAP = Rule(
    "segment_gap", "证书号段连续，不跳号", "segment_problems", clause="流程七", basis=INFERRED
)


@dataclass(frozen=True)
class Run:
    """Consecutive numbers from ``first`` to ``last``, both included."""

    first: str
    last: str
    count: int

    @property
    def text(self) -> str:
        """As the summary table writes it: one number, or first and last joined by 至."""
        return self.first if self.count == 1 else f"{self.first}至{self.last}"


def contiguous_runs(numbers: Iterable[str]) -> list[Run]:
    """The numbers as the fewest runs, in ascending order; a repeated number counts once."""
    runs: list[Run] = []
    for number in sorted(set(numbers), key=_key):
        if runs and _follows(runs[-1].last, number):
            runs[-1] = Run(runs[-1].first, number, runs[-1].count + 1)
        else:
            runs.append(Run(number, number, 1))
    return runs


def segment_text(numbers: Iterable[str]) -> str:
    """The cell 证书号段: all runs, joined by 、."""
    return "、".join(run.text for run in contiguous_runs(numbers))


def segment_problems(numbers: Sequence[str], *, passes: int, prefix: str = "") -> list[Problem]:
    """Objections to the numbers of one group whose certificates share ``prefix``.

    The kinds are asked in turn and the first kind that objects answers: a foreign or repeated
    number would otherwise come back as a wrong count and a gap as well.
    """
    strangers = [number for number in numbers if not number.startswith(prefix)]
    if strangers:
        message = (
            f"证书编号{'、'.join(strangers[:5])}的机构、年份或等级与本组（{prefix}）不符，请核对"
        )
        return [SEGMENT_PREFIX.broken(message, field="number")]
    repeated = [number for number, times in Counter(numbers).items() if times > 1]
    if repeated:
        message = f"证书编号{'、'.join(repeated[:5])}重复，请核对"
        return [SEGMENT_REPEAT.broken(message, field="number")]
    if len(numbers) != passes:
        message = f"合格{passes}人，证书编号却有{len(numbers)}个，请核对"
        return [SEGMENT_COUNT.broken(message, field="number")]
    runs = contiguous_runs(numbers)
    if len(runs) > 1:
        message = f"证书号段不连续：{segment_text(numbers)}，请核对是否跳号"
        return [SEGMENT_GAP.broken(message, field="number")]
    return []


def _key(number: str) -> tuple[str, int, int]:
    head, tail = _split(number)
    return head, len(tail), int(tail or 0)


def _follows(before: str, number: str) -> bool:
    head, tail = _split(number)
    earlier_head, earlier_tail = _split(before)
    same_shape = head == earlier_head and len(tail) == len(earlier_tail) and tail != ""
    return same_shape and int(tail) == int(earlier_tail or 0) + 1


def _split(number: str) -> tuple[str, str]:
    tail = re.search(r"[0-9]*$", number)
    cut = tail.start() if tail else len(number)
    return number[:cut], number[cut:]
