"""How is a certificate number built, parsed and checked in each format in use?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem, RulesBroken
from app.core.rule import INFERRED, Rule
from app.core.wording import fold

NUMBER_FORMAT = Rule(
    "cert_number_format",
    "证书编号符合机构所适用的编号规则（22位、特级技师等22位、20位）",
    "NumberFormat.check",
    basis="职业技能等级证书编码规则；" + INFERRED,
    number="0-25",
)
NUMBER_PART = Rule(
    "cert_number_part",
    "编号各组成部分（机构类别、机构序列、年份、等级）齐全且位数正确",
    "NumberFormat.part_problems",
    basis="职业技能等级证书编码规则；" + INFERRED,
    number="0-26",
)
SERIAL_OVERFLOW = Rule(
    "cert_serial_overflow",
    "同一机构、规则、年份、等级的证书流水号从1起，不超出编号位数",
    "NumberFormat.part_problems",
    basis="职业技能等级证书编码规则；" + INFERRED,
    number="0-27",
)


@dataclass(frozen=True)
class NumberParts:
    """The parts of a number; a part that a format does not use is ''.

    ``letters`` say the body's kind (Y, S; RSN …), ``filing`` is 0000 for a body first filed with
    a province, ``region`` two or six digits, ``body`` the serial of body or site, ``year`` has
    four digits, ``level`` a digit (a letter above 高级技师), ``serial`` counts from 1.
    """

    letters: str
    filing: str
    region: str
    body: str
    year: int
    level: str
    serial: int


@dataclass(frozen=True)
class Piece:
    """One piece of a number: its part, pattern, Chinese label and length in characters."""

    part: str
    shape: str
    label: str
    size: int = 1


@dataclass(frozen=True)
class NumberFormat:
    """A named format (编号规则): the pieces of a number in order.

    ``since`` is the first day of its use. A number follows it when ``check`` finds nothing.
    """

    name: str
    title: str
    since: date
    pieces: tuple[Piece, ...]
    serial_digits: int

    def produce(self, parts: NumberParts) -> str:
        """Return the number. Raises ``RulesBroken`` with ``part_problems`` if there are any."""
        problems = self.part_problems(parts)
        if problems:
            raise RulesBroken(problems)
        return self.prefix(parts) + str(parts.serial).zfill(self.serial_digits)

    def prefix(self, parts: NumberParts) -> str:
        """Return the number without its serial, which all numbers of a segment share."""
        return "".join(self._written(piece, parts) for piece in self.pieces)

    def parse(self, text: str | None) -> NumberParts | None:
        """Return the parts of a number of this format, or None for any other text."""
        found = re.fullmatch(self._pattern(), fold(text).upper())
        # Serials count from 000001 (domain: per body, year and level).
        if found is None or int(found["serial"]) == 0:
            return None
        read = {"filing": "", **found.groupdict()}
        return NumberParts(
            letters=read["letters"],
            filing=read["filing"],
            region=read["region"],
            body=read["body"],
            year=2000 + int(read["year"]),
            level=read["level"],
            serial=int(read["serial"]),
        )

    def check(self, text: str | None) -> list[Problem]:
        """Return a problem for each bad part of a number that was not produced here.

        A number of the wrong length gives one problem, since its parts cannot be located.
        """
        written = fold(text).upper()
        if len(written) != self.length:
            return [self._broken(written, f"应为{self.length}位，这里有{len(written)}位")]
        found, at = [], 0
        for piece in self.pieces:
            part = written[at : at + piece.size]
            at += piece.size
            if not re.fullmatch(piece.shape, part):
                found.append(self._broken(written, f"{piece.label}“{part}”不对"))
        serial = written[at:]
        if not (serial.isascii() and serial.isdigit() and int(serial)):
            found.append(self._broken(written, f"流水号“{serial}”不对"))
        return found

    def _broken(self, written: str, what: str) -> Problem:
        message = f"证书编号“{written}”不符合{self.title}：{what}，请对照证书核对"
        return NUMBER_FORMAT.broken(message, field="number")

    @property
    def length(self) -> int:
        """Number of characters of a number of this format."""
        return sum(piece.size for piece in self.pieces) + self.serial_digits

    def part_problems(self, parts: NumberParts) -> list[Problem]:
        """Return every reason why these parts make no number, such as an exhausted serial."""
        found = [
            NUMBER_PART.broken(
                f"{self.title}的{piece.label}“{self._written(piece, parts)}”不正确，"
                "请在该机构的“证书编号规则”中改正",
                field=piece.part,
            )
            for piece in self.pieces
            if not re.fullmatch(piece.shape, self._written(piece, parts))
        ]
        largest = 10**self.serial_digits - 1
        if not 1 <= parts.serial <= largest:
            message = (
                f"{parts.year}年该等级的证书流水号{parts.serial}超出范围（1至{largest}），"
                "请与上级中心联系"
            )
            found.append(SERIAL_OVERFLOW.broken(message, field="serial"))
        return found

    def _pattern(self) -> str:
        groups = "".join(f"(?P<{piece.part}>{piece.shape})" for piece in self.pieces)
        return f"{groups}(?P<serial>[0-9]{{{self.serial_digits}}})"

    def _written(self, piece: Piece, parts: NumberParts) -> str:
        if piece.part != "year":
            return str(getattr(parts, piece.part))
        # A year of another century must fail the shape rather than pass for one of this century.
        return f"{parts.year % 100:02d}" if 2000 <= parts.year <= 2099 else str(parts.year)


_FILING = Piece("filing", "[0-9]{4}", "备案代码（4位，省级备案为0000）", 4)
_PROVINCE = Piece("region", "[0-9]{2}", "省级代码（2位）", 2)
_BODY = Piece("body", "[0-9]{6}", "机构（站点）序列码（6位）", 6)
_KIND = Piece("letters", "[A-Z]", "机构类别字母")
_YEAR = Piece("year", "[0-9]{2}", "核发年份", 2)
# 6 is 学徒工, the level below 五级: inferred, like its row in the reference data.
_LEVEL = Piece("level", "[1-6]", "等级代码")

# ``since`` of the first and last format is inferred; which one applies, a body's record decides.
FORMAT_22 = NumberFormat(
    "22",
    "22位证书编码规则",
    date(2019, 1, 1),
    (_KIND, _FILING, _PROVINCE, _BODY, _YEAR, _LEVEL),
    6,
)
# The same seven pieces with a letter in place of the level's digit: two letters, 20 digits.
FORMAT_22_SENIOR = NumberFormat(
    "22-senior",
    "特级技师、首席技师22位证书编码规则",
    date(2022, 3, 18),
    (_KIND, _FILING, _PROVINCE, _BODY, _YEAR, Piece("level", "[A-Z]", "等级代码（字母）")),
    6,
)
FORMAT_20 = NumberFormat(
    "20",
    "20位证书编码规则",
    date(2024, 1, 1),
    (
        Piece("letters", "R[GSCX][NW]", "类别字母（R＋备案层级＋机构类别）", 3),
        Piece("region", "[0-9]{6}", "行政区划代码（6位）", 6),
        Piece("body", "[0-9]{3}", "机构序列码（3位）", 3),
        _YEAR,
        _LEVEL,
    ),
    5,
)
NUMBER_FORMATS = (FORMAT_22, FORMAT_22_SENIOR, FORMAT_20)


def format_named(name: str) -> NumberFormat | None:
    """Return the format with that name ("22", "22-senior", "20"), or None."""
    return next(
        (number_format for number_format in NUMBER_FORMATS if number_format.name == name), None
    )
