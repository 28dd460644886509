"""Which known word was probably meant by an unknown one?"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from app.core.sheets.reading.fold import match_key

_LIKE_ENOUGH = 0.5
_SHORTENED = 0.2  # 普车 leaves characters out of 普通车工 and changes none


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like the word, or None where none is like it.

    Short forms made by leaving characters out count for more than other likenesses.
    """
    key = match_key(word)
    if not key:
        return None
    best: tuple[float, str] | None = None
    for one in known:
        likeness = _likeness(key, match_key(one))
        if likeness > _LIKE_ENOUGH and (best is None or likeness > best[0]):
            best = (likeness, one)
    return best[1] if best else None


def _likeness(word: str, other: str) -> float:
    ratio = SequenceMatcher(None, word, other, autojunk=False).ratio()
    return ratio + _SHORTENED if _shortens(word, other) else ratio


def _shortens(word: str, other: str) -> bool:
    """Whether all characters of the word stand in the other in the same order."""
    rest = iter(other)
    return all(character in rest for character in word)
