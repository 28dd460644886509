"""How are certificates printed, with each value at its position on the paper?"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from app.sheets.composing.fonts import font_room
from app.sheets.composing.pdf_pages import PAGES_AT_A_TIME, Progress, bound, silent

_TEMPLATE = Path(__file__).with_name("certificate.typ")
_ILLEGAL = dict.fromkeys(range(32), " ")
TITLE = "职业技能等级证书"


@dataclass(frozen=True)
class Place:
    """Position of a value: millimetres from the paper's top left corner, font size in points.

    ``text`` is printed before the value. A ``picture`` shows the photograph instead of a value.
    """

    key: str
    name: str
    left: float
    top: float
    width: float
    height: float
    text: str = ""
    font: str = "宋体"
    size: float = 14
    bold: bool = False
    align: str = "left"
    picture: bool = False


@dataclass(frozen=True)
class CertificatePage:
    """The paper's size and the offset of everything on it, in millimetres."""

    width: float = 297
    height: float = 210
    right: float = 0
    down: float = 0


@dataclass(frozen=True)
class PrintedCertificate:
    """The values of one certificate by place key; the photograph may be missing."""

    values: Mapping[str, str]
    photo: bytes = b""


@dataclass(frozen=True)
class Certificates:
    """Certificates and the template to print them on; ``proof`` adds frames and rulers."""

    page: CertificatePage
    places: tuple[Place, ...]
    certificates: tuple[PrintedCertificate, ...]
    issued: date
    proof: bool = False
    title: str = field(default=TITLE)


def certificates_pdf(made: Certificates, progress: Progress = silent) -> bytes:
    """Return a PDF with a page per certificate; equal data give equal bytes.

    Texts are passed as data, never as source. Without certificates there is one empty page. Raises
    AppError if the server has no Chinese font.
    """
    starts = range(0, certificate_pages(made), PAGES_AT_A_TIME)

    def parts() -> Iterator[bytes]:
        for number, start in enumerate(starts, start=1):
            few = made.certificates[start : start + PAGES_AT_A_TIME]
            yield _compiled(made, few, "pdf")
            progress(number, len(starts))

    return bound(parts(), made.title)


def certificate_image(made: Certificates, number: int, ppi: int = 100) -> bytes:
    """Return a PNG of one page (from 1). Raises IndexError if there is none."""
    if not 1 <= number <= certificate_pages(made):
        raise IndexError(number)
    return _compiled(made, made.certificates[number - 1 : number], "png", ppi)


def certificate_pages(made: Certificates) -> int:
    """Return the number of pages; without certificates there is one empty page."""
    return max(1, len(made.certificates))


def _compiled(
    made: Certificates,
    certificates: Sequence[PrintedCertificate],
    kind: Literal["pdf", "png"],
    ppi: int = 100,
) -> bytes:
    room = font_room()
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copyfile(_TEMPLATE, root / _TEMPLATE.name)
        data = {"fonts": room.chains, **_page_data(made, certificates, root)}
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        issued = made.issued
        printed: Any = typst.compile(
            root / _TEMPLATE.name,
            root=root,
            font_paths=room.fonts,
            format=kind,
            ppi=float(ppi),
            timestamp=datetime(issued.year, issued.month, issued.day, tzinfo=UTC),
            pdf_tags=False,
        )
        return bytes(printed)


def _page_data(
    made: Certificates, certificates: Sequence[PrintedCertificate], root: Path
) -> dict[str, Any]:
    page = made.page
    return {
        "title": made.title,
        "width": page.width,
        "height": page.height,
        "dx": page.right,
        "dy": page.down,
        "proof": made.proof,
        "places": [_place(one) for one in made.places],
        "leaves": [_leaf(one, made.places, root, at) for at, one in enumerate(certificates)],
    }


def _place(one: Place) -> dict[str, Any]:
    return {
        "name": one.name,
        "left": one.left,
        "top": one.top,
        "width": one.width,
        "height": one.height,
        "font": one.font,
        "size": one.size,
        "bold": one.bold,
        "align": one.align,
        "picture": one.picture,
    }


def _leaf(
    one: PrintedCertificate, places: Sequence[Place], root: Path, number: int
) -> dict[str, Any]:
    file = None
    if one.photo and any(place.picture for place in places):
        file = f"photo-{number}.jpg"
        (root / file).write_bytes(one.photo)
    texts = [f"{place.text}{one.values.get(place.key, '')}".translate(_ILLEGAL) for place in places]
    return {"picture": file, "texts": texts}
