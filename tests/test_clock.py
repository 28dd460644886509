"""Can a command or a test set the day, and does the clock run on afterwards?"""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest

from app.core import clock

DAY = date(2021, 4, 12)


def test_the_moment_is_local_and_whole_seconds() -> None:
    now = clock.now()
    assert now.tzinfo is None
    assert now.microsecond == 0
    assert abs((datetime.now(clock.ZONE).replace(tzinfo=None) - now).total_seconds()) < 5


def test_a_day_that_was_set_holds_inside_the_block_only() -> None:
    with clock.set_to(DAY):
        assert clock.today() == DAY
        assert clock.now().date() == DAY
        assert clock.is_set()
        with clock.set_to(date(2022, 1, 1)):
            assert clock.today().year == 2022
        assert clock.today() == DAY
    assert not clock.is_set()
    assert clock.today() == datetime.now(clock.ZONE).date()


def test_an_error_sets_the_clock_free() -> None:
    with pytest.raises(RuntimeError), clock.set_to(DAY):
        raise RuntimeError
    assert not clock.is_set()


def test_no_day_leaves_the_real_clock_running() -> None:
    with clock.set_to(None):
        assert not clock.is_set()


def test_another_request_is_not_on_the_day_that_was_set_here() -> None:
    seen: list[bool] = []
    with clock.set_to(DAY):
        thread = threading.Thread(target=lambda: seen.append(clock.is_set()))
        thread.start()
        thread.join()
    assert seen == [False]
