"""Does every screen look orderly and Chinese in a real browser, at the width of an office?"""

from __future__ import annotations

import pytest

from app.models import Body
from tests.factories import one
from tests.journeys.conftest import Staff
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.journeys.watch import Watch
from tests.procedure import ready_batch, take

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def busy_office(office: Office) -> Office:
    """An office in which every step of the procedure has left its rows."""
    with office.backstage() as (session, _system):
        body = one(session, Body, code="DEMO")
        take(session, ready_batch(session, body, 12, levels="543"), "archived")
        take(session, ready_batch(session, body, 12, seed=12), "publicising")
        ready_batch(session, body, 30, seed=24)
    return office


# Technical names of code lists and logins are what these pages are about.
TECHNICAL = {"/code_kind/", "/code_item/", "/account/"}


def test_every_screen_of_the_procedure_is_in_order(
    busy_office: Office, staff: Staff, watch: Watch
) -> None:
    watch.skipped |= TECHNICAL
    clerk = staff["demo_clerk"]
    lists = clerk.menu()
    assert len(lists) > 20
    for address in lists:
        walk(clerk, address)


def test_every_screen_that_only_the_centres_have_is_in_order(
    busy_office: Office, staff: Staff, watch: Watch
) -> None:
    watch.skipped |= TECHNICAL
    known = set(staff["demo_clerk"].menu())
    for username in ("admin", "sheng_admin"):
        further = [one for one in staff[username].menu() if one not in known]
        assert further
        for address in further:
            walk(staff[username], address)


def walk(desk: Desk, address: str) -> None:
    """A list, the form for a new row, the first row's record with all its tabs."""
    assert desk.open_address(address) == 200, address
    record, form = desk.first_row(), desk.link_to("新增")
    for further in filter(None, (form, record)):
        assert desk.open_address(further) == 200, further
    for tab in desk.tabs() if record else ():
        assert desk.open_address(tab) == 200, tab
