"""Are lines counted and rows made high enough for what they hold?"""

import pytest

from app.sheets.composing.measure import text_height, text_units, wrapped_lines


def test_full_width_characters_are_about_twice_as_wide_as_half_width_ones():
    assert text_units("认定") == 4
    assert 2 <= text_units("ab") < 3
    assert text_units("☐") == 2
    assert text_units("e\u0301") == text_units("e")


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("车工", 1), ("车" * 40, 5), ("车工\n焊工", 2), ("\n", 2)],
)
def test_text_wraps_where_its_cell_ends(text: str, lines: int):
    assert wrapped_lines(text, width_mm=30, font_size=9) == lines


def test_a_word_stays_whole_while_it_fits_a_line():
    assert wrapped_lines("刘考点 0315-2800111", width_mm=27, font_size=9) == 2


def test_a_number_longer_than_its_cell_breaks_anywhere():
    assert wrapped_lines("1" * 40, width_mm=20, font_size=9) > 3


def test_a_cell_without_room_still_counts_its_lines():
    assert wrapped_lines("车工", width_mm=1, font_size=9) == 2


def test_more_lines_need_more_height():
    assert text_height("车" * 40, 30, 9) > 5 * 9


def test_a_comma_never_begins_a_line_and_takes_its_character_along():
    assert wrapped_lines("马强、许强、宋强、", width_mm=11.5, font_size=9) == 3
    assert wrapped_lines("马强、" * 12, width_mm=24, font_size=9) == 6
