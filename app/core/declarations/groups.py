"""Under which headings do fields stand on forms and pages?"""

from __future__ import annotations

#: The heading of fields that declare none.
GENERAL = "基本信息"
GROUPS: set[str] = {GENERAL}


def declare(*headings: str) -> None:
    """Allow these headings for fields; any other is reported as a typing error."""
    GROUPS.update(headings)
