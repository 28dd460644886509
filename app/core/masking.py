"""How much of a person's name, identity number and telephone may be shown?"""

from __future__ import annotations

from typing import Literal

NameMask = Literal["middle", "given", "none"]


def mask_identity(number: str | None) -> str:
    """Mask as 130***********1234; of shorter document numbers two characters at each end stay."""
    text = (number or "").strip()
    ends = (3, 4) if len(text) >= 15 else (2, 2) if len(text) >= 6 else (0, 0)
    return _keep_ends(text, *ends)


def mask_phone(phone: str | None) -> str:
    """Mask as 138****1234; of numbers with fewer than eleven characters the last two stay."""
    text = (phone or "").strip()
    ends = (3, 4) if len(text) >= 11 else (0, 2) if len(text) >= 5 else (0, 0)
    return _keep_ends(text, *ends)


def mask_name(name: str | None, style: NameMask = "middle") -> str:
    """Mask the name for a public page.

    "middle" hides everything between the first and the last character (张*三; names of two
    characters stay whole), "given" everything after the first (张**), "none" nothing.
    """
    text = (name or "").strip()
    if style == "none":
        return text
    return _keep_ends(text, 1, 0 if style == "given" else 1)


def _keep_ends(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return text
    return text[:first] + "*" * hidden + text[len(text) - last :]
