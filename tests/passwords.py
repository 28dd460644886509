"""How do tests sign in hundreds of people without paying for a hash that is slow by design?

Hashes of one round, from the function that the product calls; checking reads the method from the
hash, so it is as quick. One test has the real cost back and holds the product to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug import security

QUICK = "pbkdf2:sha256:1"

#: Every module has imported this one function: its default is the only place that serves them all.
_hash: Any = security.generate_password_hash
_REAL = _hash.__defaults__


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hash with little work in this process."""
    assert _REAL == ("scrypt", 16), "the library hashes in another way now"
    _hash.__defaults__ = (QUICK, 16)
    yield
    _hash.__defaults__ = _REAL


@pytest.fixture
def real_passwords(quick_passwords: None) -> Iterator[None]:
    """Hash as the product does, for one test."""
    _hash.__defaults__ = _REAL
    yield
    _hash.__defaults__ = (QUICK, 16)
