"""Do spellings that mean the same compare equal?"""

from __future__ import annotations

from datetime import date

from app.core.wording import fold, shown_day


def test_wide_characters_and_all_blanks_are_folded() -> None:
    assert fold("　１３Ｘ \t\n\u200b车 工 ") == "13X车工"


def test_nothing_folds_to_an_empty_text() -> None:
    assert fold(None) == fold("　") == ""


def test_a_day_is_written_without_leading_zeros() -> None:
    assert shown_day(date(2021, 4, 5)) == "2021年4月5日"
