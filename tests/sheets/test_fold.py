"""Are accidents of typing removed, and nothing else?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sheets.reading.cell import fold_name, fold_number, fold_text, heading_key, match_key


@pytest.mark.parametrize(
    "written",
    ["韩\u3000怡立", " 韩怡立 ", "韩\u00a0怡立", "\u200b韩怡立\ufeff", "韩\t怡\n立", "韩 怡 立"],
)
def test_spaces_of_every_kind_vanish_from_a_chinese_name(written: str) -> None:
    assert fold_name(written) == "韩怡立"


@pytest.mark.parametrize("dot", "·•・‧∙⋅･")
def test_every_middle_dot_becomes_the_one_of_the_standard(dot: str) -> None:
    assert fold_name(f"阿不都 {dot} 热合曼") == "阿不都·热合曼"


def test_a_full_stop_between_two_parts_of_a_name_is_a_middle_dot() -> None:
    assert fold_name("买买提．艾力") == "买买提·艾力"


def test_a_foreign_name_keeps_the_space_between_its_words() -> None:
    assert fold_name(" John   Smith ") == "John Smith"


@pytest.mark.parametrize("rare", ["𠮷", "㐂", "\ufa0e", "\uf9d1", "𡈽", "䶮", "\ue863"])
def test_rare_and_compatibility_ideographs_survive_in_names(rare: str) -> None:
    assert fold_name(f"王{rare}") == f"王{rare}"


def test_full_width_letters_and_digits_become_half_width() -> None:
    assert fold_text("ＣＮＣ车工３０２＃／（甲）") == "CNC车工302#/（甲）"


def test_proper_chinese_brackets_of_a_company_stay() -> None:
    assert fold_text("河北（燕南）重型，公司") == "河北（燕南）重型，公司"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("１３０４０２１９８６０７２１１４１１", "130402198607211411"),
        (" 130702 19670302 392x ", "13070219670302392X"),
        ("'130702196703023928", "130702196703023928"),
        ("0311—8600－1234", "0311-8600-1234"),
        ("130702196703023928\t", "130702196703023928"),
    ],
)
def test_numbers_lose_spaces_and_width_and_gain_upper_case(written: str, number: str) -> None:
    assert fold_number(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "身份证\n号码",
        "身份证号码：",
        "*身份证号码",
        " 身 份 证 号 码 ",
        "＊身份证号码*",
        "★身份证号码",
    ],
)
def test_headings_that_differ_by_decoration_have_one_key(written: str) -> None:
    assert heading_key(written) == "身份证号码"


def test_words_that_differ_by_width_case_and_spaces_have_one_key() -> None:
    assert match_key("数控车工（ＣＮＣ）") == match_key("数控 车工(cnc)")


TYPED = st.characters(min_codepoint=0x20, max_codepoint=0x7E) | st.characters(
    min_codepoint=0x3000, max_codepoint=0x303F
)
TYPED |= st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
TYPED |= st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)
TYPED |= st.sampled_from("\n\t\u00a0\u200b\ufeff·•・—－ⅢⅣ①℃")


@given(st.text(TYPED))
def test_folding_twice_changes_nothing_more(written: str) -> None:
    for fold in (fold_text, fold_name, fold_number, heading_key, match_key):
        once = fold(written)
        assert fold(once) == once


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1))
def test_common_ideographs_are_never_changed(written: str) -> None:
    assert fold_name(written) == written
