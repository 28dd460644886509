"""Does setting up make sure of Chinese fonts, and never fail for want of them?"""

from __future__ import annotations

import pytest
import typst

from app.sheets.composing.fonts import chains_of
from tools import fonts


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was installed; the fonts are there afterwards."""
    made: list[str] = []
    monkeypatch.setattr(fonts, "install", lambda: made.append(fonts.FONT_PACKAGE))
    monkeypatch.setattr(fonts, "missing_fonts", lambda: "" if made else "没有宋体")
    return made


def test_with_fonts_nothing_is_said_or_done(
    installed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "missing_fonts", lambda: "")

    assert fonts.main() == 0
    assert (installed, *capsys.readouterr()) == ([], "", "")


def test_an_administrator_gets_them_installed(
    installed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "may_install", lambda: True)

    assert fonts.main() == 0
    assert installed == ["fonts-noto-cjk"]
    assert capsys.readouterr().err == ""


def test_anybody_else_is_told_what_to_install(
    installed: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fonts, "may_install", lambda: False)

    assert fonts.main() == 0
    assert installed == []
    assert "apt-get install fonts-noto-cjk" in capsys.readouterr().err


@pytest.mark.skipif(
    not any(chains_of(typst.Fonts().families()).values()),
    reason="没有中文字体。安装：apt-get install fonts-noto-cjk",
)
def test_the_fonts_of_this_machine_draw_every_form() -> None:
    assert fonts.missing_fonts() == ""
