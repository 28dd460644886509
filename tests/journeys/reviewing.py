"""Who may review what somebody filed, one by one and many at once?"""

from __future__ import annotations

from playwright.sync_api import expect

from app.core.workflow import moves
from app.models import Batch, Body
from tests.factories import one
from tests.journeys.office import Office
from tests.journeys.pages import Desk
from tests.procedure import ready_batch


def file_two(office: Office, own: str, other: str) -> tuple[str, str]:
    """Two small batches of the body that wait for review, filed by two people."""
    numbers = []
    for seed, username in enumerate((own, other), start=40):
        with office.backstage() as (session, _system):
            made = ready_batch(session, one(session, Body, code="DEMO"), seed=seed)
            numbers.append(made.no)
        with office.backstage(username) as (session, actor):
            moves.act(session, actor, one(session, Batch, no=numbers[-1]), "submit")
    return numbers[0], numbers[1]


def cannot_review_own(reviewer: Desk, number: str) -> None:
    """Who filed a batch on the body's behalf finds the review closed, and reads why."""
    reviewer.open_menu("认定批次")
    reviewer.open_record(number)
    assert "审核并备案" not in reviewer.moves()
    assert "必须由另一个人办理" in reviewer.why_not()["审核并备案"]


def review_both(reviewer: Desk, own: str, other: str) -> None:
    """Both are ticked; each gets its own answer."""
    reviewer.open_menu("认定批次")
    reviewer.tick(own, other)
    reviewer.bulk("审核并备案")
    expect(reviewer.page.locator("#dialog-text")).to_contain_text("审核通过 2 个批次")
    reviewer.answer("批量审核")
    assert "必须由另一个人办理" in reviewer.result_of(own)
    assert "已备案" in reviewer.result_of(other)
