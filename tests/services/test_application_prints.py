"""Do the chosen candidates' forms leave as one file, or a file for each, and for one batch only?"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.core import scope
from app.core.errors import AppError, NotFound, NotPermitted
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.models import Batch, Candidate
from app.roles import AUDITOR
from app.services.sign_up import application_prints
from tests import factories


@pytest.fixture
def batch(session: AnySession) -> Batch:
    made = factories.batch(session, factories.body(session))
    factories.candidates(session, made, 3)
    return made


def keys(session: AnySession) -> list[int]:
    with scope.acting(session, SYSTEM):
        return list(session.scalars(select(Candidate.id).order_by(Candidate.serial)))


def test_one_file_has_a_page_for_each_chosen_in_roster_order(
    session: AnySession, batch: Batch
) -> None:
    chosen = keys(session)[1:]
    with scope.acting(session, SYSTEM):
        taken = application_prints.take(session, SYSTEM, chosen[::-1], "pdf")
        pages = [one.extract_text() for one in PdfReader(BytesIO(taken.content)).pages]
        names = [session.get_one(Candidate, key).name for key in chosen]
    assert len(pages) == 2
    assert all(name in page for name, page in zip(names, pages, strict=True))


def test_apart_each_file_is_named_by_number_and_name_and_the_bytes_repeat(
    session: AnySession, batch: Batch
) -> None:
    progress: list[tuple[int, int]] = []
    with scope.acting(session, SYSTEM):
        made = [
            application_prints.take(
                session, SYSTEM, keys(session), "zip", lambda *step: progress.append(step)
            )
            for _ in range(2)
        ]
        people = session.scalars(select(Candidate).order_by(Candidate.serial)).all()
        expected = [f"{one.serial:04d} {one.name}-职业技能等级认定申报表.pdf" for one in people]
    assert ZipFile(BytesIO(made[0].content)).namelist() == expected
    assert made[0].content == made[1].content
    assert progress[-1] == (3, 3)


def test_people_of_two_batches_strangers_and_onlookers_are_refused(
    session: AnySession, batch: Batch
) -> None:
    factories.candidates(session, factories.batch(session, factories.body(session, "B2")), 1)
    with scope.acting(session, SYSTEM):
        with pytest.raises(AppError, match="不同的批次"):
            application_prints.take(session, SYSTEM, keys(session), "pdf")
        with pytest.raises(NotFound, match="zip"):
            application_prints.take(session, SYSTEM, keys(session), "exe")
    stranger = factories.clerk(factories.body(session, "ELSE"))
    mine = keys(session)[:1]
    with scope.acting(session, stranger), pytest.raises(NotFound):
        application_prints.take(session, stranger, mine, "pdf")
    visitor = factories.actor(AUDITOR, at=factories.centre(session, factories.PROVINCE))
    with scope.acting(session, visitor), pytest.raises(NotPermitted):
        application_prints.take(session, visitor, mine, "pdf")
