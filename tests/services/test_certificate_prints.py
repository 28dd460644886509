"""Are the certificates in force printed, as they stand now, by number, and is it noted?"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.core import scope
from app.core.errors import NotFound, NotPermitted, RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.models import Batch, Certificate, CertificatePlace
from app.models.certificates.certificate_place import PAGE
from app.roles import AUDITOR
from app.services.certificates import certificate_prints, certificate_sheets
from app.services.commissions import letters
from app.services.documents import documents
from tests import factories, procedure
from tests.services.test_cost import statements


@pytest.fixture
def batch(session: AnySession) -> Batch:
    return procedure.take(session, procedure.ready_batch(session, number=4), "certified")


def certificates(session: AnySession) -> list[Certificate]:
    with scope.acting(session, SYSTEM):
        return list(session.scalars(select(Certificate).order_by(Certificate.number)))


def texts(content: bytes) -> list[str]:
    return [one.extract_text().replace("\n", "") for one in PdfReader(BytesIO(content)).pages]


def test_a_batch_prints_a_page_each_by_number_and_leaves_out_the_void(
    session: AnySession, batch: Batch
) -> None:
    void, corrected, *others = certificates(session)
    with scope.acting(session, SYSTEM):
        procedure.change(session, void, "void", "issued_wrongly")
        procedure.change(session, corrected, "correct", "entry_error", new_holder="赵更正")
        session.expire_all()
        taken = documents.take(session, SYSTEM, batch, "certificate", "pdf")
    pages = texts(taken.content)
    assert len(pages) == 1 + len(others)
    assert "赵更正" in pages[0]
    for page, one in zip(pages[1:], others, strict=True):
        with scope.acting(session, SYSTEM):
            assert one.number in page
            assert one.holder in page
    with scope.acting(session, SYSTEM), pytest.raises(NotFound, match="pdf"):
        documents.take(session, SYSTEM, batch, "certificate", "xlsx")


def test_chosen_ones_are_printed_and_each_is_noted(session: AnySession, batch: Batch) -> None:
    with scope.acting(session, SYSTEM):
        keys = [one.id for one in certificates(session)][:2]
        taken = certificate_prints.take(session, SYSTEM, keys[::-1])
        assert len(texts(taken.content)) == 2
        noted = session.scalars(
            select(Change.record_id).where(Change.entity == "Certificate", Change.kind == "export")
        )
        assert sorted(noted) == keys


def test_nobody_prints_beyond_his_scope_or_without_the_right(
    session: AnySession, batch: Batch
) -> None:
    keys = [one.id for one in certificates(session)]
    stranger = factories.clerk(factories.body(session, "ELSE"))
    with scope.acting(session, stranger), pytest.raises(NotFound):
        certificate_prints.take(session, stranger, keys)
    visitor = factories.actor(AUDITOR, at=factories.centre(session, factories.PROVINCE))
    with scope.acting(session, visitor), pytest.raises(NotPermitted):
        certificate_prints.take(session, visitor, keys)


def test_places_that_a_centre_sets_are_those_of_the_print_and_the_test_page(
    session: AnySession, batch: Batch
) -> None:
    with scope.acting(session, SYSTEM):
        for one in session.scalars(select(CertificatePlace)):
            one.active = one.key in (PAGE, "holder")
            if one.key == PAGE:
                one.left, one.width, one.height = 3, 210, 148
        session.flush()
        made = certificate_sheets.of_batch(session, batch, batch.exam_date)
        assert [one.key for one in made.places] == ["holder"]
        assert (made.page.width, made.page.height, made.page.right) == (210, 148, 3)
        proof = texts(certificate_prints.proof(session).content)
    assert len(proof) == 1
    assert "欧阳某某" in proof[0]
    assert certificate_sheets.SAMPLE["number"] not in proof[0]


def test_it_costs_the_same_statements_however_many(session: AnySession, batch: Batch) -> None:
    keys = [one.id for one in certificates(session)]

    def cost(some: list[int]) -> int:
        with scope.acting(session, SYSTEM):
            session.expunge_all()
            return len(statements(lambda: certificate_prints.take(session, SYSTEM, some)))

    assert cost(keys[:1]) == cost(keys)


def test_a_letter_leaves_from_its_commission_and_not_before_it_is_issued(
    session: AnySession,
) -> None:
    with scope.acting(session, SYSTEM):
        of = factories.body(session)
        made = factories.commission(session, of, factories.enterprise(session))
        made.letter_no = "唐职鉴委〔2021〕9号"
        taken = letters.take(session, made, "pdf")
        assert "唐职鉴委〔2021〕9号" in texts(taken.content)[0]
        assert letters.image(made).startswith(b"\x89PNG")
        made.letter_no = ""
        with pytest.raises(NotFound, match="委托函号"):
            letters.take(session, made, "pdf")
        session.rollback()


@pytest.mark.parametrize(("name", "value"), [("left", 290), ("width", 300), ("top", 205)])
def test_a_place_that_runs_off_the_paper_is_refused_with_the_millimetres(
    session: AnySession, name: str, value: int
) -> None:
    with scope.acting(session, SYSTEM):
        place = session.scalars(
            select(CertificatePlace).where(CertificatePlace.key == "holder")
        ).one()
        setattr(place, name, Decimal(value))
        with pytest.raises(RulesBroken, match="超出纸张") as refusal:
            record.edit(session, SYSTEM, place)
    assert "毫米" in refusal.value.problems[0].message
