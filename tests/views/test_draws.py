"""Can the province draw on the screen, and nobody else?"""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.models import Batch
from app.roles import CITY_ADMIN, PROVINCE_CLERK
from tests import factories
from tests.security.people import signed_in

WISH = {
    "first_day": "2021-04-01",
    "last_day": "2021-04-30",
    "wanted": "1",
    "complaint_weight": "1",
    "finding_weight": "0",
    "seed": "2021",
}


def test_the_province_draws_and_computes_again(app: Flask, session: AnySession) -> None:
    batch = factories.batch(session, factories.body(session))
    with scope.acting(session, SYSTEM):
        session.execute(update(Batch).where(Batch.id == batch.id).values(state="filed"))
        session.commit()
    browser = signed_in(app, PROVINCE_CLERK)
    assert "抽取" in browser.get("/spot_check_draw/list/").text
    refused = browser.post("/spot_check_draw/draw", data={**WISH, "wanted": "5"}).text
    assert "有1个批次可抽" in refused
    page = browser.post("/spot_check_draw/draw", data=WISH, follow_redirects=True).text
    assert "已抽取 1 个批次" in page
    tab = browser.get("/spot_check_draw/show/1?tab=spot_check_entry").text
    assert batch.no in tab
    again = browser.get("/spot_check_draw/1/verify", follow_redirects=True).text
    assert "完全一致" in again


def test_a_city_does_not_know_of_draws(app: Flask, session: AnySession) -> None:
    browser = signed_in(app, CITY_ADMIN)
    assert browser.get("/spot_check_draw/list/").status_code == 403
    assert browser.post("/spot_check_draw/draw", data=WISH).status_code == 403
