"""Which installed fonts can replace those that the forms name?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import typst

from app.core.errors import AppError

_SERIF = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN",
    "FandolSong", "AR PL UMing CN",
)  # fmt: skip
_SANS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "FandolHei",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
_SONG = ("SimSun", "NSimSun", "STSong", "Songti SC")
_KAI = ("KaiTi", "KaiTi_GB2312", "STKaiti", "Kaiti SC", "FandolKai", "AR PL UKai CN")
_EXTENSIONS = ("SimSun-ExtB", "SimSun-ExtG")
_SIGNS = ("Noto Sans Symbols2", "Segoe UI Symbol", "DejaVu Sans", "New Computer Modern Math")

STAND_INS: Mapping[str, tuple[str, ...]] = {
    "宋体": (*_SONG, *_SERIF, *_EXTENSIONS, *_SANS),
    "仿宋": ("FangSong", "FangSong_GB2312", "STFangsong", "FandolFang", *_SERIF, *_SONG, *_SANS),
    "黑体": ("SimHei", "STHeiti", "Heiti SC", *_SANS, *_SERIF, *_SONG),
    "楷体": (*_KAI, *_SERIF, *_SONG, *_SANS),
}
"""Under the name that offices know a font by: the fonts that can draw it, the likest first."""

RARE = "𠮷㛃䶮"
"""Characters of real names that many fonts lack."""

FONT_PACKAGE = "fonts-noto-cjk"

_NONE = (
    "服务器上没有中文字体，印出来会是方框，所以没有生成 PDF 和预览。"
    f"请信息人员安装后再试（不必重启）：apt-get install {FONT_PACKAGE}。急用可先下载 Excel 工作簿。"
)
# A private code point that no font draws: its outline is that of a missing character.
_UNDRAWN = "\U000ffffd"
_OUTLINE = re.compile(rb'<path d="([^"]*)"')


@dataclass(frozen=True)
class FontRoom:
    """The fonts of this server, and for each named font those that can replace it."""

    fonts: typst.Fonts
    chains: Mapping[str, tuple[str, ...]]


class _Known:
    room: FontRoom | None = None


def font_room() -> FontRoom:
    """Return the server's fonts, cached once a Chinese one is found.

    Raises AppError with the remedy if there is no Chinese font, since a form full of boxes is worse
    than none.
    """
    if _Known.room is None:
        fonts = typst.Fonts()
        chains = chains_of(fonts.families())
        if not any(chains.values()):
            raise AppError(_NONE)
        signed = {name: (*found, *_SIGNS) for name, found in chains.items()}
        _Known.room = FontRoom(fonts, signed)
    return _Known.room


def chains_of(families: list[str]) -> dict[str, tuple[str, ...]]:
    """Map each named font → its replacements among ``families``, most similar first."""
    there = set(families)
    return {name: tuple(one for one in ones if one in there) for name, ones in STAND_INS.items()}


def has_serif_and_sans() -> bool:
    """Return whether both 宋体 and 黑体 have a font of their own style."""
    there = set(typst.Fonts().families())
    return bool(there & {*_SONG, *_SERIF}) and bool(there & {*STAND_INS["黑体"][:3], *_SANS})


def undrawn(text: str, font: str = "宋体") -> str:
    """Return the characters of ``text`` that would be printed as boxes in that font."""
    room = font_room()
    chain = ", ".join(f'"{one}"' for one in room.chains[font])
    letters = "".join(f'#page("{letter}")' for letter in (_UNDRAWN, *text))
    source = f"#set page(width: 2cm, height: 1cm)\n#set text(font: ({chain}))\n{letters}"
    drawn: Any = typst.compile(source.encode(), font_paths=room.fonts, format="svg")
    missing, *outlines = [_OUTLINE.findall(page) for page in drawn]
    return "".join(
        letter for letter, outline in zip(text, outlines, strict=True) if outline == missing
    )
