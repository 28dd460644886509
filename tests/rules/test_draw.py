"""Does a draw choose by weight, and the same way whoever computes it?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.rules.supervision.draw import (
    Lot,
    Weights,
    draw,
    draw_problems,
    lot_number,
    redrawn_problems,
)

FIRST, LAST = date(2021, 4, 1), date(2021, 4, 30)
LOTS = [Lot(f"DEMO-2021-{number:04d}") for number in range(1, 11)]

lots = some.lists(
    some.builds(Lot, some.text("AB01", min_size=1, max_size=4), some.integers(0, 9)),
    unique_by=lambda lot: lot.batch_no,
    max_size=12,
)


@given(lots, some.text(max_size=20), some.integers(0, 12))
def test_the_same_seed_gives_the_same_draw_in_whatever_order_batches_come(
    given_lots: list[Lot], seed: str, wanted: int
) -> None:
    drawn = draw(given_lots, seed, wanted, Weights())
    assert draw(given_lots[::-1], seed, wanted, Weights()) == drawn
    assert [one.rank for one in drawn] == list(range(1, len(given_lots) + 1))
    assert sum(one.chosen for one in drawn) == min(wanted, len(given_lots))
    assert redrawn_problems(drawn, seed, wanted, Weights()) == []


def test_a_lot_is_what_anybody_computes_with_sha256() -> None:
    # printf '2021\nDEMO-2021-0001' | sha256sum
    from hashlib import sha256

    expected = int(sha256(b"2021\nDEMO-2021-0001").hexdigest()[:16], 16)
    assert lot_number("2021", "DEMO-2021-0001") == expected


def test_another_seed_is_another_draw() -> None:
    orders = {
        tuple(one.lot.batch_no for one in draw(LOTS, str(seed), 3, Weights())) for seed in range(20)
    }
    assert len(orders) == 20


def test_weights_add_up() -> None:
    weights = Weights(complaint=2, finding=5)
    assert weights.of(Lot("A")) == 1
    assert weights.of(Lot("A", complaints=3, findings=1)) == 12


def test_a_heavier_batch_is_drawn_more_often_in_proportion() -> None:
    pair = [Lot("A"), Lot("B", complaints=3)]
    first = Counter(draw(pair, str(seed), 1, Weights())[0].lot.batch_no for seed in range(2000))
    # Weights 1 and 4: four fifths of 2,000 draws, give or take four standard deviations.
    assert 1600 - 72 < first["B"] < 1600 + 72


@pytest.mark.parametrize(
    ("first", "last", "wanted", "population", "seed", "weights", "broken"),
    [
        (FIRST, LAST, 1, 1, "a", Weights(), []),
        (FIRST, FIRST, 1, 1, "a" * 80, Weights(0, 100), []),
        (None, LAST, 1, 1, "a", Weights(), ["draw_period"]),
        (LAST, FIRST, 1, 1, "a", Weights(), ["draw_period"]),
        (FIRST, LAST, 0, 1, "a", Weights(), ["draw_count"]),
        (FIRST, LAST, 2, 1, "a", Weights(), ["draw_count"]),
        (FIRST, LAST, 1, 0, "a", Weights(), ["draw_count"]),
        (FIRST, LAST, 1, 1, " ", Weights(), ["draw_seed"]),
        (FIRST, LAST, 1, 1, "a" * 81, Weights(), ["draw_seed"]),
        (FIRST, LAST, 1, 1, "a", Weights(-1, 101), ["draw_weight", "draw_weight"]),
    ],
)
def test_a_draw_needs_days_a_number_a_seed_and_sane_weights(
    first: date | None,
    last: date | None,
    wanted: int,
    population: int,
    seed: str,
    weights: Weights,
    broken: list[str],
) -> None:
    found = draw_problems(first, last, wanted, population, seed, weights)
    assert [one.code for one in found] == broken


def test_a_record_that_was_changed_is_found() -> None:
    drawn = draw(LOTS, "seed", 3, Weights())
    swapped = [replace(drawn[0], chosen=False), *drawn[1:3], replace(drawn[3], chosen=True)]
    found = redrawn_problems([*swapped, *drawn[4:]], "seed", 3, Weights())
    assert [one.code for one in found] == ["draw_repeated"]
    assert drawn[0].lot.batch_no in found[0].message
    assert drawn[3].lot.batch_no in found[0].message
    assert redrawn_problems(drawn, "other", 3, Weights()) != []
