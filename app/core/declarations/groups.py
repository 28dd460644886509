"""Under which headings do fields stand on forms and pages? A product adds its own first."""

from __future__ import annotations

#: What a field stands under that says nothing else.
GENERAL = "基本信息"
GROUPS: set[str] = {GENERAL}


def declare(*headings: str) -> None:
    """Let fields stand under these headings too; a typing error in a model is none of them."""
    GROUPS.update(headings)
