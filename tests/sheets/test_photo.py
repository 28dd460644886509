"""Is a photograph turned upright, cut to 25 × 35 mm, and refused in words when it is none?"""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from app.sheets.photo import HEIGHT, WIDTH, one_inch, photo_fault


def picture(width: int = 600, height: int = 840, kind: str = "JPEG", turned: int = 0) -> bytes:
    """A picture whose upper half is red and whose lower half is blue, as the camera kept it."""
    made = Image.new("RGB", (width, height), "blue")
    made.paste("red", (0, 0, width, height // 2))
    out, exif = BytesIO(), Image.Exif()
    if turned:
        exif[0x0112] = turned
    made.save(out, kind, exif=exif)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(("width", "height"), [(600, 840), (2000, 600), (300, 3000)])
def test_every_shape_becomes_one_inch(width: int, height: int) -> None:
    assert opened(one_inch(picture(width, height))).size == (WIDTH, HEIGHT)


def test_a_picture_kept_lying_on_its_side_stands_upright() -> None:
    upright = opened(one_inch(picture(turned=3)))
    red, _green, blue = upright.getpixel((WIDTH // 2, 10))  # type: ignore[misc]
    assert blue > red


def test_the_same_file_gives_the_same_bytes_and_no_word_of_the_camera() -> None:
    data = picture(turned=6)
    assert one_inch(data) == one_inch(data)
    assert not Image.open(BytesIO(one_inch(data))).getexif()


def test_what_shows_through_is_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 420), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(one_inch(out.getvalue())).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "不是 JPG 或 PNG"),
        (b"%PDF-1.4", "不是 JPG 或 PNG"),
        (picture()[:2000], "损坏"),
        (picture(40, 56), "太小"),
        (b"\xff\xd8\xff" + b"0" * (6 * 2**20), "超过 5 MB"),
    ],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(data: bytes, word: str) -> None:
    why = photo_fault(data)
    assert word in why
    assert "请换成" in why
    assert photo_fault(picture()) == photo_fault(picture(kind="PNG")) == ""


def test_a_broken_picture_leaves_the_form_blank_and_whole() -> None:
    assert one_inch(b"%PDF-1.4") == one_inch(picture()[:2000]) == b""
