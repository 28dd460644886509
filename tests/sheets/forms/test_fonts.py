"""Is every character drawn, and is a server without Chinese fonts told before it prints boxes?"""

from __future__ import annotations

import pytest
import typst

from app.core.errors import AppError
from app.sheets.composing import fonts
from app.sheets.composing.fonts import RARE, STAND_INS, chains_of, undrawn
from app.sheets.forms import compose_form, write
from tests.sheets.forms.people import roster

HERE = any(chains_of(typst.Fonts().families()).values())
needs_fonts = pytest.mark.skipif(
    not HERE, reason="没有中文字体。安装：apt-get install fonts-noto-cjk"
)


@needs_fonts
@pytest.mark.parametrize("font", STAND_INS)
def test_rare_characters_signs_and_captions_are_drawn_in_every_font(font: str) -> None:
    assert undrawn(f"{RARE}☑☐〔〕（）·—王Y09", font) == ""


@needs_fonts
def test_a_character_that_no_font_has_is_found_out() -> None:
    assert undrawn("王\U000ffffc燕") == "\U000ffffc"


def test_a_serif_stands_for_song_and_a_sans_for_hei() -> None:
    found = chains_of(["Arial", "Noto Sans CJK SC", "Noto Serif CJK SC"])

    assert found["宋体"][0] == found["仿宋"][0] == found["楷体"][0] == "Noto Serif CJK SC"
    assert found["黑体"][0] == "Noto Sans CJK SC"


def test_the_office_font_is_taken_where_it_is_and_rare_characters_from_another() -> None:
    assert chains_of(["Noto Serif CJK SC", "SimSun"])["宋体"] == ("SimSun", "Noto Serif CJK SC")


class Bare:
    """A server on which nobody installed a Chinese font."""

    def families(self) -> list[str]:
        return ["DejaVu Sans", "Liberation Serif"]


def test_without_a_chinese_font_nothing_is_printed_and_the_remedy_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts._Known, "room", None)
    monkeypatch.setattr(fonts.typst, "Fonts", Bare)
    made = compose_form(roster(1))

    with pytest.raises(AppError) as refusal:
        write(made, "pdf")
    assert "apt-get install fonts-noto-cjk" in refusal.value.message
    assert write(made, "xlsx")
