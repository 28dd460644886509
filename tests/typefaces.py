"""On a machine without Chinese fonts the tests print boxes: what they read is the text beneath."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typst

from app.sheets.composing import fonts


@pytest.fixture(scope="session", autouse=True)
def boxes_will_do() -> Iterator[None]:
    """Lets PDFs be made without a Chinese font, which the product itself refuses."""
    there = typst.Fonts()
    if not any(fonts.chains_of(there.families()).values()):
        fonts._Known.room = fonts.FontRoom(there, dict.fromkeys(fonts.STAND_INS, fonts._SIGNS))
    yield
    fonts._Known.room = None
