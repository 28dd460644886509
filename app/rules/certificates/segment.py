"""Do these certificate numbers form complete segments (证书号段), one number per pass?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.errors import Problem
from app.core.rule import INFERRED, Rule

SEGMENT_PREFIX = Rule(
    "segment_prefix",
    "号段内证书编号的机构、年份、等级与本组一致",
    "segment_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-02",
)
SEGMENT_REPEAT = Rule(
    "segment_repeat",
    "证书编号不重复",
    "segment_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-03",
)
SEGMENT_COUNT = Rule(
    "segment_count",
    "证书编号个数等于合格人数",
    "segment_problems",
    clause="流程七",
    basis="附件4（一）",
    number="7-04",
)
SEGMENT_GAP = Rule(
    "segment_gap",
    "证书号段连续，不跳号",
    "segment_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-05",
)
SEGMENT_BOUNDS = Rule(
    "segment_bounds",
    "号段的起止编号和证书数与所含证书一致，证书的核发年份与号段一致",
    "bounds_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-06",
)
SEGMENT_OVERLAP = Rule(
    "segment_overlap",
    "同一编号规则、机构、年份、等级的号段互不重叠",
    "overlap_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-07",
)
SEGMENT_SKIPPED = Rule(
    "segment_skipped",
    "同一编号规则、机构、年份、等级的号段从1起首尾相接，用到计数器所记的序号为止，不跳号",
    "skipped_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-08",
)
NUMBER_TAKEN = Rule(
    "number_taken",
    "核定的证书编号从未发出过",
    "issued_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-09",
)


@dataclass(frozen=True)
class Run:
    """Consecutive numbers from ``first`` to ``last`` inclusive."""

    first: str
    last: str
    count: int

    @property
    def text(self) -> str:
        """As printed in the summary table: one number, or first and last joined by 至."""
        return self.first if self.count == 1 else f"{self.first}至{self.last}"


@dataclass(frozen=True)
class Segment:
    """A stored segment: its serials and numbers, both ends included.

    ``batch`` is the batch's number, ``years`` are the years in which its certificates were issued.
    """

    batch: str
    year: int
    first: int
    last: int
    count: int
    first_number: str
    last_number: str
    numbers: tuple[str, ...] = ()
    years: frozenset[int] = frozenset()


def bounds_problems(segment: Segment) -> list[Problem]:
    """Return the problems with a segment whose record differs from its certificates."""
    found = []
    ends = (segment.numbers[0], segment.numbers[-1]) if segment.numbers else ("", "")
    if ends != (segment.first_number, segment.last_number):
        message = (
            f"号段登记为{segment.first_number}至{segment.last_number}，"
            f"证书却从{ends[0] or '无'}到{ends[1] or '无'}，请核对"
        )
        found.append(SEGMENT_BOUNDS.broken(message, field="first_number"))
    if not segment.count == segment.last - segment.first + 1 == len(segment.numbers):
        message = (
            f"号段登记序号{segment.first}至{segment.last}、证书{segment.count}个，"
            f"实有{len(segment.numbers)}个，请核对"
        )
        found.append(SEGMENT_BOUNDS.broken(message, field="count"))
    if segment.years - {segment.year}:
        years = "、".join(str(year) for year in sorted(segment.years))
        message = f"号段属于{segment.year}年，证书的核发日期却在{years}年，请核对"
        found.append(SEGMENT_BOUNDS.broken(message, field="year"))
    return found


def overlap_problems(segments: Sequence[Segment]) -> list[Problem]:
    """Return the problems with segments of one rule, body, year and level sharing serials."""
    found: list[Problem] = []
    widest: Segment | None = None
    for one in sorted(segments, key=lambda segment: (segment.first, segment.last)):
        if widest is not None and one.first <= widest.last:
            last = min(one.last, widest.last)
            message = (
                f"批次{one.batch}的号段与批次{widest.batch}重叠，"
                f"序号{one.first}至{last}用了两次，请核对"
            )
            found.append(SEGMENT_OVERLAP.broken(message, field="first_serial"))
        if widest is None or one.last > widest.last:
            widest = one
    return found


def skipped_problems(segments: Sequence[Segment], given: int) -> list[Problem]:
    """Return the problems with serials from 1 to ``given`` (the counter) in no segment."""
    found: list[Problem] = []
    reached = 0
    for one in sorted(segments, key=lambda segment: segment.first):
        if one.first > reached + 1:
            found.append(_skipped(reached + 1, one.first - 1))
        reached = max(reached, one.last)
    if given > reached:
        found.append(_skipped(reached + 1, given))
    elif given < reached:
        message = f"号段已用到序号{reached}，计数器只记到{given}，再编号会重复，请先改正计数"
        found.append(SEGMENT_SKIPPED.broken(message, field="last_serial"))
    return found


def _skipped(first: int, last: int) -> Problem:
    range_text = f"序号{first}" if first == last else f"序号{first}至{last}"
    message = f"{range_text}没有用在任何号段上，请核对是否跳号"
    return SEGMENT_SKIPPED.broken(message, field="first_serial")


def contiguous_runs(numbers: Iterable[str]) -> list[Run]:
    """Return the numbers as the fewest runs, ascending; a repeated number counts once."""
    runs: list[Run] = []
    for number in sorted(set(numbers), key=_key):
        if runs and _follows(runs[-1].last, number):
            runs[-1] = Run(runs[-1].first, number, runs[-1].count + 1)
        else:
            runs.append(Run(number, number, 1))
    return runs


def segment_text(numbers: Iterable[str]) -> str:
    """Return the content of the cell 证书号段: all runs, joined by 、."""
    return "、".join(run.text for run in contiguous_runs(numbers))


def segment_problems(numbers: Sequence[str], *, passes: int, prefix: str = "") -> list[Problem]:
    """Return the problems with the numbers of one group, which must share ``prefix``.

    Only the first kind of fault is reported: a foreign or repeated number would otherwise come back
    as a wrong count and a gap as well.
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


def issued_problems(first: str, last: str, *, issued: int) -> list[Problem]:
    """Object where ``issued`` of the numbers from ``first`` to ``last`` exist already."""
    if not issued:
        return []
    message = (
        f"编号 {first} 至 {last} 中有已经发出的，"
        "请核对评价机构的证书编号规则中机构序列码是否与其他机构相同"
    )
    return [NUMBER_TAKEN.broken(message, field="number")]
