"""Which persons are named in a cell with several names?"""

from __future__ import annotations

import re

from app.core.sheets.reading.fold import fold_name, fold_text

_SEPARATORS = re.compile(r"[、，,；;/|\n\r]+")
_REMARK = re.compile(r"[(（][^()（）]*[)）]")
_LATIN = re.compile(r"[A-Za-z.·'\- ]+")


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a cell, separated by 、，；/ or, between full names, by spaces.

    A single character is joined to its neighbour (王 强). Remarks in brackets are left out.
    """
    names: list[str] = []
    for part in _SEPARATORS.split(_REMARK.sub(" ", text)):
        names.extend(fold_name(name) for name in _full_names(part))
    return tuple(name for name in names if name)


def _full_names(part: str) -> list[str]:
    if _LATIN.fullmatch(fold_text(part)):
        return [part]
    names: list[str] = []
    surname = ""
    for word in re.sub(r"\s*[·•・‧]\s*", "·", part).split():
        word = surname + word
        surname = ""
        if len(word) == 1:
            surname = word
        else:
            names.append(word)
    if surname and names:
        names[-1] += surname
    elif surname:
        names.append(surname)
    return names
