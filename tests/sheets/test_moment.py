"""Are days and times read as people write them, and nothing guessed?"""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sheets.reading.moment import parse_date, parse_time_range
from app.core.sheets.reading.table import TimeRange

DAY = date(2021, 4, 24)


@pytest.mark.parametrize(
    "written",
    [
        "2021-04-24",
        "2021/4/24",
        "2021.4.24",
        "2021年4月24日",
        "２０２１年４月２４日",
        "2021 年 4 月 24 日",
        "20210424",
        "2021-04-24 00:00:00",
        "2021年4月24日（星期六）",
        "2021—04—24",
        "44310",
        44310,
        44310.0,
        20210424,
        20210424.0,
        DAY,
        datetime(2021, 4, 24, 9, 30),
    ],
)
def test_a_day_is_read_however_it_is_written(written: object) -> None:
    assert parse_date(written) == DAY


@pytest.mark.parametrize(
    "written",
    [
        "2021年4月",
        "21-4-24",
        "2021",
        2021.0,
        "2021-02-30",
        "20211301",
        "4月24日",
        "待定",
        "2021-04-24 09:00",
        True,
        float("inf"),
        1e300,
        12.5,
        "9" * 5000,
        time(9, 0),
    ],
)
def test_what_is_no_full_day_is_not_guessed(written: object) -> None:
    assert parse_date(written) is None


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2110, 1, 1)))
def test_every_way_to_write_a_day_reads_back(day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        (day - date(1899, 12, 30)).days,
    ):
        assert parse_date(written) == day


@pytest.mark.parametrize(
    "written",
    [
        "2021-04-24 09:00-10:30",
        "2021年4月24日9：00—10：30",
        "2021年4月24日 9:00～10:30",
        "2021/4/24 9:00至10:30",
        "2021.4.24 上午9:00-10:30",
        "2021-04-24 09:00:00-10:30:00",
        "2021年4月24日（星期六）9时-10时30分",
        "2021-04-24 9点--10点半",
        "2021-04-24 09:00-2021-04-24 10:30",
        "2021-04-24T09:00-10:30",
        "2021-04-24 9.00-10.30",
    ],
)
def test_a_range_within_a_day_is_read_however_it_is_written(written: str) -> None:
    assert parse_time_range(written) == TimeRange(DAY, time(9), time(10, 30))


def test_a_range_without_a_year_keeps_its_month_and_day() -> None:
    span = parse_time_range("4月24日 9:00~10:30")
    assert span == TimeRange(None, time(9), time(10, 30), (4, 24))
    assert span.agrees_with(DAY)
    assert not span.agrees_with(date(2021, 4, 25))


def test_a_range_without_a_day_agrees_with_any_day() -> None:
    span = parse_time_range("9:00-10:30")
    assert span == TimeRange(None, time(9), time(10, 30))
    assert span.agrees_with(DAY)


@pytest.mark.parametrize(
    "written", ["下午2:00-5:00", "下午2:00-下午5:00", "14:00-17:00", "下午 2点—5点"]
)
def test_an_afternoon_counts_from_noon(written: str) -> None:
    assert parse_time_range(written) == TimeRange(None, time(14), time(17))


def test_each_end_may_name_its_half_of_the_day() -> None:
    span = parse_time_range("上午9:00-下午2:30")
    assert span == TimeRange(None, time(9), time(14, 30))


@pytest.mark.parametrize(
    "written",
    [
        "2021-04-24 09:00",
        "2021-04-24",
        "10:30-09:00",
        "09:00-09:00",
        "2021-04-24 09:00-2021-04-25 10:30",
        "2021-02-30 09:00-10:30",
        "25:00-26:00",
        "9:00-10:30；14:00-16:00",
        "全天",
        "",
    ],
)
def test_what_is_no_range_within_one_day_is_refused(written: str) -> None:
    assert parse_time_range(written) is None


@given(st.text(st.sampled_from("0123456789:-年月日上下午时分 至~./T")))
def test_no_text_makes_the_readers_fail(written: str) -> None:
    parse_time_range(written)
    parse_date(written)
