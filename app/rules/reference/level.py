"""Which skill level does this text mean?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.core.errors import Problem
from app.core.rule import Rule
from app.core.wording import fold

_SEPARATORS = str.maketrans("", "", "/\\|()[]-—–－、,.·:;")
_PREFIXES = ("国家职业资格", "职业技能等级", "职业技能", "职业资格")

LEVEL_MISSING = Rule(
    "level_missing",
    "申报等级必须填写",
    "level_problems",
    "流程五",
    "附件1、附件2",
    remedy="补填申报等级",
    number="5-20",
)
LEVEL_UNKNOWN = Rule(
    "level_unknown",
    "申报等级是现行职业技能等级之一",
    "level_problems",
    "流程五",
    "附件1、附件2",
    remedy="改为现行职业技能等级之一",
    number="5-21",
)
CURRENT_LEVEL_UNKNOWN = Rule(
    "current_level_unknown",
    "现有证书等级是已知的职业技能等级之一",
    "current_level_problems",
    basis="附件1",
    severity="warning",
    remedy="改为现行等级之一，没有证书的留空",
    number="0-65",
)


@dataclass(frozen=True)
class LevelName:
    """One active level of the reference data.

    ``digit`` is used in certificate numbers, ``name`` is the official double name
    (三级/高级工), ``short`` the everyday one (高级工), ``order`` rises with skill.
    """

    digit: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    order: int = 0


NOTICE_LEVELS = (
    LevelName("5", "五级/初级工", "初级工", order=1),
    LevelName("4", "四级/中级工", "中级工", order=2),
    LevelName("3", "三级/高级工", "高级工", order=3),
    LevelName("2", "二级/技师", "技师", order=4),
    LevelName("1", "一级/高级技师", "高级技师", order=5),
)


def parse_level(text: str | None, levels: Sequence[LevelName] = NOTICE_LEVELS) -> str | None:
    """Return the digit of the level meant, or None for text that means none, or two.

    Takes the official double name, either half, the halves in any order and punctuation, the
    digit with or without 级, the name without 工, and the level's aliases.
    """
    written = _bare(text)
    for prefix in _PREFIXES:
        written = written.removeprefix(prefix)
    forms = _forms(tuple(levels))
    if written in forms:
        return forms[written]
    meant = {
        digit
        for form, digit in forms.items()
        if written.startswith(form) and forms.get(written[len(form) :]) == digit
    }
    return meant.pop() if len(meant) == 1 else None


def level_name(digit: str | None, levels: Sequence[LevelName] = NOTICE_LEVELS) -> str:
    """Return the official name of the level with that digit, or the digit if unknown."""
    return next((level.name for level in levels if level.digit == digit), digit or "")


def level_problems(text: str | None, levels: Sequence[LevelName] = NOTICE_LEVELS) -> list[Problem]:
    """Return at most one problem with the level applied for."""
    if not fold(text):
        return [LEVEL_MISSING.broken("缺少申报等级，请补填", field="level")]
    if parse_level(text, levels) is not None:
        return []
    message = f"申报等级“{text}”无法识别，请填{_choices(levels)}之一"
    return [LEVEL_UNKNOWN.broken(message, field="level")]


def current_level_problems(
    text: str | None, levels: Sequence[LevelName] = NOTICE_LEVELS
) -> list[Problem]:
    """Warn where the level of the certificate already held is not understood."""
    if _bare(text) in ("", "无", "没有") or parse_level(text, levels) is not None:
        return []
    message = f"现有证书等级“{text}”无法识别，请填{_choices(levels)}之一，没有证书的留空"
    return [CURRENT_LEVEL_UNKNOWN.broken(message, field="current_level")]


def _choices(levels: Iterable[LevelName]) -> str:
    return "、".join(level.name for level in levels)


def _bare(text: str | None) -> str:
    return fold(text).removesuffix(".0").translate(_SEPARATORS)


@lru_cache(maxsize=8)
def _forms(levels: tuple[LevelName, ...]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for level in levels:
        halves = {_bare(part) for part in level.name.split("/")} | {_bare(level.short)}
        worker = {half.removesuffix("工") for half in halves if half.endswith("级工")}
        aliases = {_bare(alias) for alias in level.aliases}
        numerals = {level.digit, f"{level.digit}级"}
        forms.update(dict.fromkeys(halves | worker | aliases | numerals, level.digit))
    forms.pop("", None)
    return forms
