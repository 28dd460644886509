"""Are dates, contacts and boxes worded as the forms word them?"""

from datetime import date

import pytest

from app.sheets.composing.layout import Choices
from app.sheets.forms.values import boxes, contact, period, table_date, written_date

FIRST, LAST = date(2021, 4, 24), date(2021, 5, 3)


def test_an_unknown_date_is_empty_in_a_table_and_a_blank_beside_a_signature():
    assert table_date(None) == ""
    assert written_date(None).split() == ["年", "月", "日"]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (FIRST, LAST, "2021年4月24日至2021年5月3日"),
        (FIRST, FIRST, "2021年4月24日"),
        (FIRST, None, "2021年4月24日"),
        (None, LAST, "2021年5月3日"),
        (None, None, ""),
    ],
)
def test_examination_days_are_one_day_or_from_and_to(
    first: date | None, last: date | None, text: str
):
    assert period(first, last) == text


def test_a_contact_without_a_telephone_is_the_name_alone():
    assert contact("周文静", "") == "周文静"


def test_boxes_stand_in_the_forms_order_so_many_to_a_line():
    choices = Choices("methods", ("甲", "乙", "丙"), per_line=2)

    assert boxes(choices, ("丙", "甲")) == "☑甲  ☐乙\n☑丙"
