"""Do the same files make the same archive, whenever it is packed?"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from app.core.sheets.writing.zipped import pack, repacked

FILES = [("名册/一.txt", "甲".encode()), ("目录.html", b"<p>")]


def test_an_archive_holds_its_files_in_order_under_chinese_names() -> None:
    with ZipFile(BytesIO(pack(FILES))) as archive:
        assert archive.testzip() is None
        assert [(one, archive.read(one)) for one in archive.namelist()] == FILES


def test_the_moment_of_packing_leaves_no_trace() -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in FILES:
            archive.writestr(name, content)
    assert repacked(buffer.getvalue()) == pack(FILES) == pack(iter(FILES))
