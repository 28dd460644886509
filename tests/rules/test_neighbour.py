"""Does the batch that was sent in come before the one that is only being prepared?"""

from __future__ import annotations

import pytest

from app.rules.exam.neighbour import Standing, weight


@pytest.mark.parametrize(
    ("mine", "other", "same_body", "weighs"),
    [
        ("open", "open", True, "error"),
        ("open", "open", False, "warning"),
        ("open", "sent", True, "error"),
        ("open", "sent", False, "error"),
        ("open", "held", True, "warning"),
        ("sent", "open", True, None),
        ("sent", "sent", False, "error"),
        ("sent", "held", False, "warning"),
        ("held", "open", True, None),
        ("held", "sent", True, "warning"),
        ("held", "held", True, "warning"),
    ],
)
def test_who_has_sent_in_comes_first(
    mine: Standing, other: Standing, same_body: bool, weighs: str | None
) -> None:
    assert weight(mine, other, same_body=same_body) == weighs
