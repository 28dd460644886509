"""Which differences in spelling are ignored when texts are read or compared?"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Spaces left by word processors and web pages: tab, line breaks, NBSP, ideographic and others.
_SPACES = "\t\n\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\u3164" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_INVISIBLE_RANGES = (
    (0x00, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
)
_MIDDLE_DOTS = "•・‧∙⋅･ᐧ"
# These full-width forms are proper Chinese punctuation, which company names contain.
_PROPER = "！（），：；？"

_TABLE: dict[int, str | None] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _PROPER},
    **{ord(space): " " for space in _SPACES},
    **{code: None for first, last in _INVISIBLE_RANGES for code in range(first, last + 1)},
    **{ord(dot): "·" for dot in _MIDDLE_DOTS},
}

_HAN = "\u2e80-\u2fff\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_SPACE_IN_HAN = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")
_SPACE_AT_DOT = re.compile(r" *· *")
_DOT_IN_HAN = re.compile(rf"(?<=[{_HAN}]) *\. *(?=[{_HAN}])")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\ufe58]")
_APOSTROPHES = "'`‘’′"
_BRACKETED = re.compile(r"[(\[{〔【][^()\[\]{}〔〕【】]*[)\]}〕】]")
_HEADING_NOISE = re.compile(r"""[\s*#:,.;_"'“”‘’、。·★☆▲△●○◆■※?!-]+""")
_SLASHES = re.compile(r"/{2,}")


def fold_text(text: str) -> str:
    """Remove accidents of typing: full-width letters and digits, stray spaces.

    Proper Chinese punctuation and rare or compatibility ideographs are kept, so that names keep
    their own characters.
    """
    folded = text.translate(_TABLE)
    if " " not in folded:
        return folded
    return _SPACE_IN_HAN.sub("", " ".join(folded.split()))


def fold_name(text: str) -> str:
    """Fold a person's name like ``fold_text``, with one kind of middle dot without spaces."""
    folded = _SPACE_AT_DOT.sub("·", fold_text(text))
    return _DOT_IN_HAN.sub("·", folded)


def fold_number(text: str) -> str:
    """Fold an identity, certificate or telephone number: half-width, no spaces, upper case."""
    folded = "".join(unicodedata.normalize("NFKC", text.translate(_TABLE)).split())
    return _DASHES.sub("-", folded).strip(_APOSTROPHES).upper()


def match_key(text: str) -> str:
    """Return a key for comparing words that ignores width, case and spaces."""
    folded = unicodedata.normalize("NFKC", text.translate(_TABLE))
    return _DASHES.sub("-", "".join(folded.split())).casefold()


@lru_cache(maxsize=4096)  # the search for a header looks up the same few texts repeatedly
def heading_key(text: str) -> str:
    """Return the key of a heading: as ``match_key``, without asterisks, colons and the like."""
    key = _HEADING_NOISE.sub("", match_key(text).replace("\\", "/"))
    return _SLASHES.sub("/", key).strip("/")


@lru_cache(maxsize=4096)
def bare_heading_key(text: str) -> str:
    """Return the key of a heading without remarks in brackets (工龄（年） becomes 工龄)."""
    return heading_key(_BRACKETED.sub("", match_key(text)))
