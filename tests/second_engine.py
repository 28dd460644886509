"""What is asked again on PostgreSQL? Whatever reaches a database, but for what is said below.

Every test runs on SQLite. A second engine is worth its time where SQL differs: migrations, locks,
scope, filters, imports, uniqueness, jobs. The first rule is derived, so that a new test needs no
entry: who asks for no database meets none. The second is declared, with its reason.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.database import wants_postgresql

HERE = Path(__file__).parent

#: Every fixture that reaches a database stands on this one.
SOURCE = "database_server"

#: The statements behind these are run on PostgreSQL by the tests named beside them; what they add
#: are words on a terminal, ink on paper, the headers of an answer, and refusals to start that come
#: before the first statement.
SAID_BEFORE = {
    "cli/test_calendar.py": "services/test_calendar_import.py",
    "cli/test_eligibility.py": "services/test_eligibility.py",
    "cli/test_imports.py": "services/importing/test_roster.py",
    "cli/test_preflight.py": "views/test_preflight.py",
    "security/test_headers.py": "security/test_entrance.py",
    "services/test_application_prints.py": "services/test_official.py",
    "services/test_certificate_prints.py": "services/test_certificates.py",
    "views/test_override_checks.py": "views/test_overrides.py",
    "views/test_printing.py": "services/test_official.py",
    "views/test_publicity_print.py": "services/test_announcement.py",
}


def is_asked_again(item: pytest.Item) -> bool:
    """Whether a second engine may answer this test otherwise than the first."""
    if item.get_closest_marker("postgres"):
        return True
    reaches = SOURCE in getattr(item, "fixturenames", ())
    return reaches and item.path.relative_to(HERE).as_posix() not in SAID_BEFORE


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what has its answer from SQLite."""
    if not wants_postgresql(dict(os.environ)):
        return
    again = [item for item in items if is_asked_again(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again
