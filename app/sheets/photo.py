"""Is a picture suitable as a form photograph, and how is it cropped to one inch (25 × 35 mm)?"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

#: 25 × 35 mm at 300 dots an inch.
WIDTH, HEIGHT = 295, 413
#: Minimum size in pixels: smaller pictures look coarse in print.
LEAST_WIDTH, LEAST_HEIGHT = 100, 140
LARGEST_MB = 5
#: More pixels than any camera takes: such a file is meant to exhaust the memory.
MOST_DOTS = 60_000_000
FORMATS = ("JPEG", "PNG")
REMEDY = f"请换成 JPG 或 PNG 格式、{LARGEST_MB} MB 以内、{WIDTH}×{HEIGHT} 像素以上的一寸免冠照片"


def photo_fault(data: bytes) -> str:
    """Return in Chinese why the file is unsuitable and what to do; empty if it is suitable."""
    if len(data) > LARGEST_MB * 2**20:
        return f"照片超过 {LARGEST_MB} MB，{REMEDY}"
    try:
        picture = _opened(data)
        picture.load()
    except _Unfit as why:
        return f"{why}，{REMEDY}"
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return f"照片打不开，文件已损坏或不是图片，{REMEDY}"
    return ""


def one_inch(data: bytes) -> bytes:
    """Return the photograph upright, cropped to 25:35 at its centre, as JPEG; b"" if broken.

    Equal files give equal bytes; camera metadata is dropped.
    """
    try:
        picture = _opened(data)
        picture.draft("RGB", (WIDTH * 2, HEIGHT * 2))
        upright = ImageOps.exif_transpose(picture)
        cut = ImageOps.fit(_on_white(upright), (WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    except (_Unfit, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return b""
    out = BytesIO()
    cut.save(out, "JPEG", quality=88, dpi=(300, 300))
    return out.getvalue()


class _Unfit(Exception):
    """Raised for a readable picture that is not suitable."""


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise _Unfit("照片不是 JPG 或 PNG 图片，或文件已损坏") from error
    width, height = picture.size
    if width * height > MOST_DOTS:
        raise _Unfit(f"照片的尺寸过大（{width}×{height} 像素）")
    if min(width, height) < LEAST_WIDTH or max(width, height) < LEAST_HEIGHT:
        raise _Unfit(f"照片太小（{width}×{height} 像素），打印不清")
    return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """Return the picture as RGB with transparent areas white, not black."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture).convert("RGB")
    return picture.convert("RGB")
