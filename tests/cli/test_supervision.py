"""Can a spot check be drawn and computed again from the command line?"""

from __future__ import annotations

import json

from flask import Flask
from sqlalchemy import update

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.models import Batch
from app.roles import PROVINCE_ADMIN
from tests import factories
from tests.security.people import someone

PERIOD = ("--from", "2021-04-01", "--to", "2021-04-30", "--today", "2021-04-20", "--json")


def test_a_draw_names_its_batches_and_its_seed(app: Flask, session: AnySession) -> None:
    someone(PROVINCE_ADMIN)
    body = factories.body(session)
    keys = [factories.batch(session, body).id for _ in range(3)]
    with scope.acting(session, SYSTEM):
        session.execute(update(Batch).where(Batch.id.in_(keys)).values(state="filed"))
        session.commit()
    run = app.test_cli_runner()
    made = run.invoke(args=["draw-spot-checks", *PERIOD, "--count", "2", "--seed", "2021"])
    answer = json.loads(made.stdout)
    assert (answer["population"], answer["seed"], len(answer["chosen"])) == (3, "2021", 2)
    again = run.invoke(args=["verify-draw", answer["draw"], "--json"])
    assert json.loads(again.stdout)["repeated"] is True
    refused = run.invoke(args=["draw-spot-checks", *PERIOD, "--count", "9"])
    assert refused.exit_code == 1
    assert [one["code"] for one in json.loads(refused.stdout)["problems"]] == ["draw_count"]
