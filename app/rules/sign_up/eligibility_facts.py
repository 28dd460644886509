"""Which facts about a route and a person decide whether the person is eligible?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["standard", "contest", "direct"]

#: 职称 in ascending rank; a higher one satisfies a requirement for a lower one.
TITLE_RANKS: Mapping[str, int] = {"none": 0, "junior": 1, "middle": 2, "senior": 3}
TITLE_NAMES: Mapping[str, str] = {"junior": "初级职称", "middle": "中级职称", "senior": "高级职称"}


KIND_NAMES: Mapping[str, str] = {"contest": "竞赛晋升", "direct": "直接认定"}


@dataclass(frozen=True)
class Graduates:
    """Which graduates a route means.

    ``schools`` are kinds of school (毕业院校类型) that qualify, ``perhaps`` those that may.
    ``degrees`` are codes of 文化程度 (GB/T 4658), which decide where the school is not recorded.
    """

    name: str
    schools: frozenset[str]
    perhaps: frozenset[str]
    degrees: frozenset[str]
    perhaps_degrees: frozenset[str]


_TECHNICAL = frozenset({"technical", "senior_technical", "technician_college", "senior_class"})
_VOCATIONAL = _TECHNICAL | {"secondary_vocational", "higher_vocational"}
_HIGHER = frozenset({"10", "20", "30"})

GRADUATES: Mapping[str, Graduates] = {
    "vocational": Graduates(
        "技工学校、职业学校毕业生", _VOCATIONAL, frozenset(), frozenset({"40", "50"}),
        _HIGHER | {"90"},
    ),
    "any_school": Graduates(
        "技工院校、职业院校或高等学校毕业生", _VOCATIONAL | {"university"}, frozenset(),
        frozenset({"40", "50"}) | _HIGHER, frozenset({"90"}),
    ),
    "senior_technical": Graduates(
        "高级技工学校、技师学院毕业生", frozenset({"senior_technical", "technician_college"}),
        frozenset({"senior_class"}), frozenset(), frozenset({"40", "50", "90"}) | _HIGHER,
    ),
    "senior_class": Graduates(
        "技工院校高级工班及以上毕业生", frozenset({"senior_class"}),
        frozenset({"senior_technical", "technician_college"}), frozenset(),
        frozenset({"40", "50", "90"}) | _HIGHER,
    ),
    "college": Graduates(
        "大专及以上毕业生", frozenset({"higher_vocational", "university"}), frozenset(),
        _HIGHER, frozenset({"90"}),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Route:
    """One route to a level (a row of 申报条件); what it does not require is None, "" or False.

    Years are whole and inclusive; ``lower`` is the level (a digit) of the certificate required.
    """

    number: int
    wording: str
    edition: str = ""
    kind: Kind = "standard"
    years: int | None = None
    lower: str = ""
    years_since_lower: int | None = None
    graduate: str = ""
    in_field: bool = False
    final_year: bool = False
    title: str = ""
    years_since_title: int | None = None
    age: int | None = None
    apprenticeship: bool = False
    insurance: bool = False
    evidence: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The route's name: 第2条, or 竞赛晋升."""
        return KIND_NAMES.get(self.kind, f"第{self.number}条")


@dataclass(frozen=True)
class Person:
    """A person's facts on the ``day`` of sign-up; None: not recorded.

    ``current`` is the level (a digit) of the certificate held ("": none), ``education`` a code of
    文化程度, ``school`` one of 毕业院校类型, ``related`` whether the field of study fits the
    occupation, ``title`` a key of ``TITLE_RANKS``. ``settled``: the basis of a competition or
    direct recognition is recorded. ``kinds`` are the kinds of route open besides the standard.
    """

    day: date
    years: int | None = None
    current: str | None = None
    current_date: date | None = None
    education: str | None = None
    school: str | None = None
    related: bool | None = None
    final_year: bool | None = None
    title: str | None = None
    title_date: date | None = None
    apprenticed: bool | None = None
    born: date | None = None
    settled: bool | None = None
    kinds: frozenset[Kind] = frozenset()
