"""Do commands take the day of a practice database for today, and who lays the demo down where?"""

from __future__ import annotations

from datetime import date

from app.core import practice
from app.core.scope import AnySession
from tests import factories
from tests.cli.conftest import Terminal


def test_the_demo_stays_out_of_a_database_that_is_used(
    terminal: Terminal, session: AnySession
) -> None:
    factories.body(session, "REAL")
    session.commit()
    said = terminal.run("seed", "--demo")
    assert said.code == 1
    assert "数据库里已有评价机构 1 个（REAL 等）" in said.refusal
    assert not practice.is_practice(session)


def test_commands_of_a_practice_database_take_its_day_for_today(
    terminal: Terminal, session: AnySession
) -> None:
    practice.mark(session)
    practice.choose_day(session, date(2021, 4, 12))
    assert terminal.done("retention-due", "--as", "demo_clerk")["as_of"] == "2021-04-12"
    asked = ("retention-due", "--as", "demo_clerk", "--today", "2022-01-04")
    assert terminal.done(*asked)["as_of"] == "2022-01-04"
