"""May a body use this number rule from this day on, and which rule is in force on a day?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.core.wording import shown_day
from app.rules.certificates.certificate_number import (
    FORMAT_22,
    FORMAT_22_SENIOR,
    NumberFormat,
    NumberParts,
    format_named,
)

NUMBER_RULE_SINCE = Rule(
    "number_rule_since",
    "机构换用编号规则自某日起，该日不早于规则启用日，且晚于该机构最近一次核定编号的日期",
    "since_problems",
    basis=INFERRED,
    number="0-28",
)
NUMBER_RULE_PARTS = Rule(
    "number_rule_parts",
    "机构编号规则填有该规则所需的各组成部分，位数正确",
    "row_problems",
    basis="职业技能等级证书编码规则；" + INFERRED,
    number="0-29",
)
NUMBER_RULE_TAKEN = Rule(
    "number_rule_taken",
    "两个机构的编号组成不相同，否则证书编号会重复",
    "taken_problems",
    basis=INFERRED,
    number="0-30",
)
NUMBER_RULE_MISSING = Rule(
    "number_rule_missing",
    "核定编号之日机构有适用的编号规则",
    "missing_problems",
    clause="流程七",
    basis=CENTRE,
    number="7-01",
)


@dataclass(frozen=True)
class NumberRow:
    """A body's number rule: the rule's name, its first day and its fixed parts."""

    rule: str
    since: date
    letters: str
    filing: str
    region: str
    serial: str

    def format_for(self, level: str) -> NumberFormat:
        """Return the format for a level's mark."""
        # 特级技师 and 首席技师 have two letters and 20 digits, hence a format of their own.
        if self.rule == FORMAT_22.name and level.isalpha():
            return FORMAT_22_SENIOR
        return format_named(self.rule) or FORMAT_22

    def parts(self, year: int, level: str, serial: int) -> NumberParts:
        """Return the parts of a number with that year, level mark and serial."""
        return NumberParts(self.letters, self.filing, self.region, self.serial, year, level, serial)


def in_force(rows: Iterable[NumberRow], day: date) -> NumberRow | None:
    """Return the row in force on ``day``: the latest that has begun; None before the first."""
    begun = [row for row in rows if row.since <= day]
    return max(begun, key=lambda row: row.since, default=None)


def missing_problems(row: NumberRow | None, day: date) -> list[Problem]:
    """Object where no rule is in force on the day of numbering."""
    if row is not None:
        return []
    message = (
        f"评价机构在{shown_day(day)}没有适用的证书编号规则，"
        "请由中心在该机构的“证书编号规则”中登记规则、启用日期和编号组成"
    )
    return [NUMBER_RULE_MISSING.broken(message, field="rule")]


def row_problems(row: NumberRow) -> list[Problem]:
    """Return a problem, with its field, for each part that does not fit the row's rule."""
    number_format = format_named(row.rule)
    if number_format is None:
        message = f"没有名为“{row.rule}”的编号规则，请从列表中选择"
        return [NUMBER_RULE_PARTS.broken(message, field="rule")]
    found = [
        NUMBER_RULE_PARTS.broken(one.message, field="serial" if one.field == "body" else one.field)
        for one in number_format.part_problems(row.parts(number_format.since.year, "5", 1))
    ]
    if row.filing and all(piece.part != "filing" for piece in number_format.pieces):
        message = f"{number_format.title}没有部颁序号，请留空"
        found.append(NUMBER_RULE_PARTS.broken(message, field="filing"))
    return found


def since_problems(row: NumberRow, last_numbered: date | None) -> list[Problem]:
    """Return at most one problem with the first day of a row.

    ``last_numbered`` is the last day on which the body's certificates were numbered.
    """
    number_format = format_named(row.rule)
    if number_format is not None and row.since < number_format.since:
        message = f"{number_format.title}自{shown_day(number_format.since)}启用，启用日期不能更早"
        return [NUMBER_RULE_SINCE.broken(message, field="since")]
    if last_numbered is not None and row.since <= last_numbered:
        message = (
            f"该机构在{shown_day(last_numbered)}已核定过证书编号，已用过的规则不能改动，"
            "请另增一条，启用日期须晚于这一天"
        )
        return [NUMBER_RULE_SINCE.broken(message, field="since")]
    return []


def taken_problems(row: NumberRow, other: str) -> list[Problem]:
    """Object where the body called ``other`` has the same parts under the same rule."""
    if not other:
        return []
    message = f"编号组成与“{other}”相同，证书编号会重复，请核对机构序列码"
    return [NUMBER_RULE_TAKEN.broken(message, field="serial")]
