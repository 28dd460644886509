"""Which packages of documents are there, and what does each contain?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.errors import NotFound


@dataclass(frozen=True)
class Stage:
    """A package: its name and title, its documents in order, and whether it has attachments.

    ``documents`` pairs each document with its formats; ``materials`` decides on the attachments.
    """

    name: str
    title: str
    documents: tuple[tuple[str, tuple[str, ...]], ...]
    materials: bool = False


_FILED = (
    ("roster", ("xlsx", "pdf")),
    ("arrangement", ("xlsx", "pdf")),
    ("application", ("pdf",)),
    ("commission-letter", ("pdf",)),
)

_RESULTS = (
    ("result-summary", ("xlsx", "pdf")),
    ("result-list", ("xlsx", "pdf")),
    ("publicity-notice", ("pdf",)),
)

STAGES: Mapping[str, Stage] = {
    stage.name: stage
    for stage in (
        Stage("filing", "备案材料", _FILED, materials=True),
        Stage("results", "结果备案材料", _RESULTS),
        Stage(
            "archive",
            "存档材料",
            (
                *_FILED,
                ("sign-in-sheet", ("pdf",)),
                *_RESULTS,
                ("result-notice", ("pdf",)),
                ("certificate", ("pdf",)),
                ("archive-inventory", ("xlsx", "pdf")),
            ),
            materials=True,
        ),
    )
}


def stage_named(name: str) -> Stage:
    """Return the package called ``name``. Raises NotFound, listing the known names."""
    if name not in STAGES:
        known = "、".join(f"{one.name}（{one.title}）" for one in STAGES.values())
        raise NotFound(f"没有名为“{name}”的材料包，可用的有：{known}")
    return STAGES[name]
