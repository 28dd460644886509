"""Which known word was probably meant by an unknown one?"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from app.core.sheets.reading.fold import match_key

_LIKE_ENOUGH = 0.5
_SHORTENED = 0.2  # 普车 leaves characters out of 普通车工 and changes none


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like the word, or None where none is like it.

    Short forms made by leaving characters out count for more than other likenesses.
    """
    key = match_key(word)
    if not key:
        return None
    best: tuple[float, str] | None = None
    for candidate in candidates:
        likeness = _likeness(key, match_key(candidate))
        if likeness > _LIKE_ENOUGH and (best is None or likeness > best[0]):
            best = (likeness, candidate)
    return best[1] if best else None


def _likeness(word: str, candidate: str) -> float:
    ratio = SequenceMatcher(None, word, candidate, autojunk=False).ratio()
    return ratio + _SHORTENED if _shortens(word, candidate) else ratio


def _shortens(word: str, candidate: str) -> bool:
    """Whether all characters of the word stand in the candidate in the same order."""
    rest = iter(candidate)
    return all(character in rest for character in word)
