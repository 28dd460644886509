"""Is the sheet for the wall complete, masked, and for those alone who may see the publicity?"""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core import scope
from app.core.roles import SYSTEM
from app.models import Publicity
from app.roles import BODY_CLERK, SYSTEM_ADMIN
from app.services.results.scoring import candidates_with_scores
from tests.factories import body
from tests.procedure import publicity, ready_batch, take
from tests.security.people import signed_in


def shown(session: Session) -> Publicity:
    scope.bind(session, SYSTEM)
    return publicity(session, take(session, ready_batch(session, body(session)), "publicising"))


def own(app: Flask, of: Publicity) -> FlaskClient:
    return signed_in(app, BODY_CLERK, "deng", body_id=of.batch.body_id)


def test_the_sheet_names_batch_period_telephone_and_issuer(app: Flask, session: Session) -> None:
    found = shown(session)
    page = own(app, found).get(f"/publicity_notice/{found.id}").text
    assert found.batch.no in page
    assert "2021年4月26日" in page
    assert "5 个工作日" in page
    assert "0315-2800112" in page
    assert "KESHI评价中心" in page
    assert "共 3 人" in page


def test_no_number_and_no_long_name_stands_whole_on_the_sheet(app: Flask, session: Session) -> None:
    found = shown(session)
    page = own(app, found).get(f"/publicity_notice/{found.id}").text
    people = candidates_with_scores(session, found.batch)
    assert people
    for person in people:
        assert person.id_number not in page
        assert person.phone not in page
        assert len(person.name) < 3 or person.name not in page
    assert not re.search(r"\d{17}[\dX]", page)


def test_another_body_finds_no_sheet(app: Flask, session: Session) -> None:
    found = shown(session)
    assert signed_in(app, BODY_CLERK).get(f"/publicity_notice/{found.id}").status_code == 404


def test_odd_keys_find_no_sheet(app: Flask, session: Session) -> None:
    client = signed_in(app, SYSTEM_ADMIN)
    for odd in ("0", "abc", "99999999999"):
        assert client.get(f"/publicity_notice/{odd}").status_code == 404
