"""Is no more of a person shown than may be?"""

from __future__ import annotations

import pytest

from app.core.masking import NameMask, mask_identity, mask_name, mask_phone


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("130203198209231234", "130***********1234"),
        ("13020319820923123X", "130***********123X"),
        ("USA110082010101", "USA********0101"),
        ("E12345678", "E1*****78"),
        ("12345", "*****"),
        ("", ""),
        (None, ""),
    ],
)
def test_an_identity_number_shows_only_its_ends(text: str | None, masked: str) -> None:
    assert mask_identity(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("13812341234", "138****1234"),
        ("0315-2800123", "031*****0123"),
        ("2800123", "*****23"),
        ("12", "**"),
        (None, ""),
    ],
)
def test_a_telephone_shows_only_its_ends(text: str | None, masked: str) -> None:
    assert mask_phone(text) == masked


@pytest.mark.parametrize(
    ("style", "two", "three", "four"),
    [
        ("middle", "张三", "张*丰", "欧**锋"),
        ("given", "张*", "张**", "欧***"),
        ("none", "张三", "张三丰", "欧阳小锋"),
    ],
)
def test_a_name_is_masked_in_the_style_of_the_centre(
    style: NameMask, two: str, three: str, four: str
) -> None:
    assert [mask_name(name, style) for name in ("张三", "张三丰", "欧阳小锋")] == [two, three, four]


def test_an_empty_name_stays_empty() -> None:
    assert mask_name(None) == mask_name("") == ""
