"""What follows from each move, beyond the state, and does it follow once?"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.behaviours.archive import INDEX, index_files
from app.core import clock
from app.core.errors import NotPermitted, RulesBroken, WrongState
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.tables import NumberCounter, Step
from app.core.workflow import moves
from app.models import ArchiveFile, Batch, Commission, Publicity
from app.roles import BODY_CLERK, CITY_ADMIN
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]


@pytest.fixture
def batch(db: DB) -> Batch:
    return procedure.ready_batch(db, number=2)


def test_every_day_of_the_way_is_kept_on_the_batch(db: DB, batch: Batch) -> None:
    procedure.take(db, batch, "archived")
    kept = {
        "submitted": batch.submitted_on,
        "filed": batch.filed_on,
        "results_submitted": batch.results_on,
        "registered": batch.registered_on,
        "archived": batch.archived_on,
    }
    assert kept == {state: DAYS[state] for state in kept}


def test_a_publicity_opens_by_itself_for_five_working_days(db: DB, batch: Batch) -> None:
    procedure.take(db, batch, "publicising")
    (shown,) = db.scalars(select(Publicity)).all()
    # 27, 28, 29, 30 April and 6 May: the days from the 1st to the 5th are free.
    assert (shown.opens_on, shown.closes_on) == (date(2021, 4, 26), date(2021, 5, 6))
    assert (shown.state, shown.batch_id) == ("open", batch.id)
    assert shown.phone == batch.complaint_phone
    assert shown.no == "GS-2021-0001"
    assert [one.move for one in moves.steps_of(db, shown)] == ["create", "open"]


def test_a_cancelled_publicity_can_be_replaced_and_the_new_one_counts(db: DB, batch: Batch) -> None:
    procedure.take(db, batch, "publicising")
    with clock.set_to(date(2021, 4, 27)):
        moves.act(db, SYSTEM, procedure.publicity(db, batch), "cancel", "名单有误")
        assert batch.state == "examining"
        moves.act(db, SYSTEM, batch, "score")
        moves.act(db, SYSTEM, batch, "publicise")
    again = procedure.publicity(db, batch)
    assert (again.opens_on, again.closes_on) == (date(2021, 4, 27), date(2021, 5, 7))
    with clock.set_to(date(2021, 5, 7)):
        moves.act(db, SYSTEM, again, "close")
        moves.act(db, SYSTEM, batch, "submit_results")
    assert batch.state == "results_submitted"


# -- the commission letter -----------------------------------------------------------------------


def issued(db: DB, at: str, day: date = factories.FILED) -> Commission:
    body = factories.one(db, factories.Body, code="KESHI")
    number = len(db.scalars(select(Commission.id)).all())
    letter = factories.commission(
        db, body, factories.enterprise(db, f"第{number}厂"), centre=factories.centre(db, at)
    )
    with clock.set_to(day):
        moves.act(db, SYSTEM, letter, "submit")
        moves.act(db, SYSTEM, letter, "commission")
    return letter


def test_letters_are_numbered_per_centre_and_year(db: DB) -> None:
    factories.body(db)
    numbers = [
        issued(db, factories.PROVINCE).letter_no,
        issued(db, factories.PROVINCE).letter_no,
        issued(db, factories.TANGSHAN).letter_no,
        issued(db, factories.PROVINCE, date(2022, 1, 4)).letter_no,
    ]
    assert numbers == [
        "冀职鉴委〔2021〕1号",
        "冀职鉴委〔2021〕2号",
        "唐职鉴委〔2021〕1号",
        "冀职鉴委〔2022〕1号",
    ]


def test_a_letter_has_its_date_and_holds_to_the_end_of_the_year(db: DB) -> None:
    factories.body(db)
    letter = issued(db, factories.TANGSHAN)
    assert (letter.letter_date, letter.valid_to) == (factories.FILED, date(2021, 12, 31))


def test_a_refused_commission_takes_no_number(db: DB) -> None:
    body = factories.body(db)
    letter = factories.commission(db, body, factories.enterprise(db), promise=True)
    with clock.set_to(factories.FILED):
        moves.act(db, SYSTEM, letter, "submit")
        letter.promise = False
        db.commit()
        with pytest.raises(RulesBroken):
            moves.act(db, SYSTEM, letter, "commission")
        clerk = factories.actor(BODY_CLERK, body=body)
        with pytest.raises(NotPermitted):
            moves.act(db, clerk, letter, "commission")
    db.commit()
    assert letter.letter_no == ""
    assert db.scalars(select(NumberCounter).where(NumberCounter.prefix.like("委托函%"))).all() == []


def test_only_the_named_centre_commissions_and_not_who_asked(db: DB) -> None:
    letter = factories.commission(db, factories.body(db), factories.enterprise(db))
    city = factories.actor(CITY_ADMIN, at=factories.centre(db))
    other = factories.actor(CITY_ADMIN, at=factories.centre(db, factories.BAODING))
    colleague = factories.actor(CITY_ADMIN, at=factories.centre(db))
    with clock.set_to(factories.FILED):
        moves.act(db, city, letter, "submit")
        for refused in (city, other):
            with pytest.raises(NotPermitted):
                moves.act(db, refused, letter, "commission")
        moves.act(db, colleague, letter, "commission")
    assert letter.letter_no.startswith("唐职鉴委")


# -- the archive ---------------------------------------------------------------------------------


def test_an_archived_batch_has_an_index_with_the_days_until_which_all_is_kept(
    db: DB, batch: Batch
) -> None:
    procedure.take(db, batch, "archived")
    day = DAYS["archived"]
    rows = db.scalars(select(ArchiveFile)).all()
    assert len(rows) == len(INDEX)
    assert {(row.kind, row.carrier) for row in rows} == {
        (kind, carrier) for kind, carrier, _ in INDEX
    }
    for row in rows:
        years = 3 if row.carrier == "paper" else 5
        assert row.keep_until >= day.replace(year=day.year + years), row.kind
        assert (row.batch_id, row.archived_on) == (batch.id, day)
        assert row.title.startswith(batch.no)


def test_the_index_knows_all_that_the_notice_wants_kept() -> None:
    wanted = {"application", "roster", "arrangement", "paper", "score", "publicity", "result"}
    assert wanted <= {kind for kind, _, _ in INDEX}


def test_archiving_twice_adds_nothing(db: DB, batch: Batch) -> None:
    procedure.take(db, batch, "archived")
    before = len(db.scalars(select(ArchiveFile.id)).all())
    with pytest.raises(WrongState):
        moves.act(db, SYSTEM, batch, "archive")
    index_files(db, SYSTEM, batch)
    db.commit()
    assert len(db.scalars(select(ArchiveFile.id)).all()) == before


def test_what_was_entered_by_hand_is_kept_and_not_doubled(db: DB, batch: Batch) -> None:
    procedure.take(db, batch, "certified")
    own = ArchiveFile(batch=batch, kind="roster", carrier="paper", title="名册原件", place="3柜")
    with clock.set_to(date(2021, 5, 12)):
        record.add(db, SYSTEM, own)
    assert own.keep_until == date(2024, 5, 12)
    procedure.take(db, batch, "archived")
    rosters = db.scalars(select(ArchiveFile).where(ArchiveFile.kind == "roster")).all()
    assert [row.title for row in rosters] == ["名册原件"]


# -- in general ----------------------------------------------------------------------------------


def test_a_whole_way_leaves_one_step_per_move(db: DB, batch: Batch) -> None:
    procedure.take(db, batch, "archived")
    steps = db.scalars(select(Step).where(Step.entity == "Batch").order_by(Step.id)).all()
    assert [one.move for one in steps] == ["create", *(move for move, _, _ in procedure.WAY)]
    assert all(one.source == before.target for before, one in pairwise(steps))
