"""Are numbers and structures from outside read in one way, and never with an error?"""

from __future__ import annotations

import ast
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import outside
from tests.fuzz.hostile import AMOUNTS, BODIES, WHOLE
from tests.house.tree import ROOT

#: Where a number is no text from outside: a count by the database, a setting that was read.
OF_OUR_OWN = {"app/cli/batch_status.py", "app/core/views/home.py"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("007", 7), (" 12 ", 12), ("-3", -3), ("+4", 4), ("2147483647", 2**31 - 1),
        ("2147483648", None), ("-2147483648", None), ("²", None), ("１２", None), ("٣", None),
        ("1_0", None), ("1.0", None), ("1e3", None), ("", None), ("-", None), ("9" * 5000, None),
        ("0" * 5000, 0), ("1\n", None), (None, None), (True, None), (12, 12),
    ],
)  # fmt: skip
def test_a_whole_number_is_written_in_ascii_digits(text: object, number: int | None) -> None:
    assert outside.whole(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("61.5", "61.5"), ("-0.5", "-0.5"), (".5", "0.5"), ("5.", "5"), ("1e2", "100"),
        ("0E+9999", "0"),
        ("1E+1000000", None), ("1E-1000000", None), ("NaN", None), ("sNaN", None),
        ("Infinity", None), ("６１", None), ("1__0", None), ("9" * 13, None), ("", None),
        ("1." + "0" * 4000, None), ("1e-21", None), ("0e99999", None),
    ],
)  # fmt: skip
def test_an_amount_is_finite_and_small_enough_for_a_column(text: str, number: str | None) -> None:
    assert outside.amount(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("text", [*WHOLE, *AMOUNTS])
def test_hostile_numbers_are_none_or_fit(text: str) -> None:
    whole, key, amount = outside.whole(text), outside.as_key(text), outside.amount(text)
    assert whole is None or abs(whole) < 2**31
    assert key is None or 0 < key < 2**31
    assert amount is None or abs(amount.normalize()) < 10**12


@given(st.text())
def test_no_text_makes_reading_fail(text: str) -> None:
    outside.whole(text)
    outside.as_key(text)
    outside.amount(text)


@pytest.mark.parametrize("text", BODIES)
def test_bad_json_is_a_value_error_and_nothing_else(text: str) -> None:
    with suppress(ValueError):
        outside.structure(text)


def test_numbers_from_outside_are_read_here_and_nowhere_else() -> None:
    """Above the services nobody calls int or Decimal on a text, or loads JSON, by himself."""
    found = []
    for folder in ("core/views", "core/api", "core/security", "core/cli", "views", "cli"):
        for path in sorted((ROOT / "app" / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = ast.unparse(node.func)
                own = name in {"int", "float", "json.loads", "IntegerField", "DecimalField"}
                if str(path.relative_to(ROOT)) in OF_OUR_OWN:
                    continue
                if own or (name == "Decimal" and not isinstance(node.args[0], ast.Constant)):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")
    assert found == []
