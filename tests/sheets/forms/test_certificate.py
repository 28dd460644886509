"""Does a certificate's PDF hold every value as text, a page each, on the paper that is set?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.sheets import forms
from tests.sheets.test_photo import picture

PLACES = (
    forms.Place("holder", "姓名", 30, 60, 100, 10, text="姓名："),
    forms.Place("body", "评价机构", 30, 80, 60, 12, font="黑体", align="center"),
    forms.Place("photo", "照片", 200, 60, 25, 35, picture=True),
)


def certificates(*names: str, photo: bytes = b"", proof: bool = False) -> forms.Certificates:
    made = tuple(
        forms.PrintedCertificate({"holder": one, "body": "某" * 60}, photo) for one in names
    )
    return forms.Certificates(forms.CertificatePage(), PLACES, made, date(2021, 5, 1), proof)


def pages(made: forms.Certificates) -> list[str]:
    return [
        page.extract_text().replace("\n", "")
        for page in PdfReader(BytesIO(forms.write(made, "pdf"))).pages
    ]


def test_each_certificate_has_a_page_with_its_own_data_and_no_markup_is_obeyed() -> None:
    found = pages(certificates("王小燕", "#pagebreak() *李*"))
    assert len(found) == 2
    assert "姓名：王小燕" in found[0]
    assert "#pagebreak()" in found[1]
    assert all(text.count("某") == 60 for text in found)


def test_the_paper_has_the_size_that_is_set_and_the_bytes_repeat() -> None:
    made = replace(certificates("王小燕"), page=forms.CertificatePage(210, 148.5, 2, -1))
    box = PdfReader(BytesIO(forms.write(made, "pdf"))).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((595.28, 420.94), abs=0.1)
    assert forms.write(made, "pdf") == forms.write(made, "pdf")


def test_the_photograph_stands_on_its_page() -> None:
    with_photo = PdfReader(BytesIO(forms.write(certificates("王", photo=picture()), "pdf")))
    assert len(with_photo.pages[0].images) == 1


def test_the_position_test_names_each_place_with_its_millimetres() -> None:
    text = pages(certificates("王小燕", proof=True))[0]
    assert "定位测试页" in text
    assert "姓名 左30" in text.replace("  ", " ")


def test_without_a_certificate_there_is_one_empty_page_and_no_second_image() -> None:
    assert forms.pages_of(certificates()) == 1
    assert forms.page_image(certificates("王"), 1).startswith(b"\x89PNG")
    with pytest.raises(IndexError):
        forms.page_image(certificates("王"), 2)
