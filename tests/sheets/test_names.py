"""Are several names in one cell told apart?"""

from __future__ import annotations

import pytest

from app.core.sheets.reading.names import split_names


@pytest.mark.parametrize(
    "written",
    [
        "马力强、许彦、宋文辉",
        "马力强，许彦,宋文辉",
        "马力强；许彦;宋文辉",
        "马力强/许彦/宋文辉",
        "马力强 许彦 宋文辉",
        "马力强　许 彦　宋文辉",
        "马力强\n许彦\n宋文辉",
        "马力强（组长）、许彦(高级考评员)、宋文辉",
        "、马力强、、许彦、宋文辉、",
    ],
)
def test_the_usual_separators_and_full_names_with_spaces_between(written: str) -> None:
    assert split_names(written) == ("马力强", "许彦", "宋文辉")


def test_a_name_of_two_spaced_characters_is_one_name() -> None:
    assert split_names("王 强") == ("王强",)
    assert split_names("王 强 李 明") == ("王强", "李明")


def test_a_surname_of_two_characters_keeps_its_given_name() -> None:
    assert split_names("欧阳 明") == ("欧阳明",)


def test_parts_of_a_name_with_a_middle_dot_stay_together() -> None:
    assert split_names("阿不都 · 热合曼、张三") == ("阿不都·热合曼", "张三")


def test_a_foreign_name_is_one_name() -> None:
    assert split_names("John Smith、张三") == ("John Smith", "张三")


def test_separators_alone_are_nobody() -> None:
    assert split_names("、 ，") == ()
