"""What goes past the actor's scope: does it say why, and does a bounded person get the whole of it?

Each ``unscoped=True`` of the product stands here, by file and function: either with an answer that
must be the same for somebody who sees nothing of it, or with the test elsewhere that shows that.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, scoped_session

from app.core import scope
from app.core.accounts import acting, sign_in
from app.core.bulk import restoring
from app.core.records import belonging, code_uses, duplicates, references
from app.core.roles import SYSTEM
from app.core.tables import Change
from app.models import ArchiveFile, Batch, Certificate, CertificateSegment, Destruction
from app.roles import BODY_CLERK, PROVINCE_ADMIN
from app.services.archive import destructions
from app.services.certificates import certificate_changes, number_rules, segment_rows
from app.services.demonstration import stand_ins
from app.services.filing import next_due, other_batches
from tests import factories, procedure
from tests.house.tree import ROOT, product_modules, tree

DB = scoped_session[Session]


@dataclass(frozen=True)
class Known:
    """What a certified batch of one body is known by, asked for by anybody."""

    db: DB
    batch: int
    body: int
    username: str
    user: int
    issued: int
    file: int
    later: int

    @property
    def mine(self) -> Any:
        return CertificateSegment.batch_id == self.batch


ANSWERS: dict[str, Callable[[Known], Any]] = {
    "app/services/certificates/number_rules.py::rows_of": lambda one: number_rules.rows_of(
        one.db, [one.body]
    ),
    "app/services/certificates/number_rules.py::last_numbered": lambda one: (
        number_rules.last_numbered(one.db, one.body)
    ),
    "app/services/certificates/segment_rows.py::segments_where": lambda one: (
        segment_rows.segments_where(one.db, one.mine)
    ),
    "app/services/certificates/segment_rows.py::certificates_where": lambda one: (
        segment_rows.certificates_where(one.db, one.mine)
    ),
    "app/services/certificates/segment_rows.py::passes_where": lambda one: (
        segment_rows.passes_where(one.db, Batch.id == one.batch)
    ),
    "app/services/certificates/segment_rows.py::names_where": lambda one: segment_rows.names_where(
        one.db, [(one.batch, 1)]
    ),
    "app/services/certificates/segment_rows.py::counters_where": lambda one: (
        segment_rows.counters_where(one.db, None)
    ),
    "app/services/demonstration/stand_ins.py::all_actors": lambda one: stand_ins.all_actors(one.db),
    "app/services/filing/next_due.py::_publicities": lambda one: next_due._publicities(
        one.db, (one.batch,)
    ),
    "app/services/filing/other_batches.py::certified_rows": lambda one: (
        other_batches.certified_rows(
            one.db, cast(Any, SimpleNamespace(id=one.later)), date(2030, 1, 1)
        )
    ),
    "app/services/archive/destructions.py::_listed_elsewhere": lambda one: (
        destructions._listed_elsewhere(one.db, Destruction(), [one.file])
    ),
    "app/services/certificates/certificate_changes.py::_pending": lambda one: (
        certificate_changes._pending(
            one.db, cast(Any, SimpleNamespace(id=None, certificate=SimpleNamespace(id=one.issued)))
        )
    ),
    "app/core/records/references.py::referred": lambda one: references.referred(
        one.db, Batch, [one.batch]
    ),
    "app/core/records/code_uses.py::uses": lambda one: code_uses.uses(one.db, "gender"),
    "app/core/records/duplicates.py::_is_taken": lambda one: duplicates._is_taken(
        one.db, Batch, None, {"id": one.batch}
    ),
    "app/core/records/duplicates.py::_stored": lambda one: duplicates._stored(
        one.db, Batch, ("id",), [(one.batch,)]
    ),
    "app/core/records/belonging.py::_has_dependent": lambda one: [
        dependent.model
        for dependent in belonging._dependents(Batch)
        if belonging._has_dependent(one.db, one.batch, dependent)
    ],
    "app/core/bulk/restoring.py::may_restore": lambda one: restoring.may_restore(
        one.db, SYSTEM, Change(kind="delete", entity="Batch", record_id=one.batch)
    ),
    "app/core/accounts/sign_in.py::find": lambda one: getattr(
        sign_in.find(one.db, one.username), "id", None
    ),
    "app/core/accounts/acting.py::_whole": lambda one: getattr(
        acting.user_by_id(one.db, one.user), "id", None
    ),
}
#: Places that a test elsewhere tries, as somebody who does not see what they read.
ELSEWHERE = {
    "app/core/records/belonging.py::_would_see": "tests/services/test_others_business.py"
    "::test_a_row_is_not_taken_over_by_naming_a_body_of_ones_own",
    "app/core/workflow/worklist.py::waiting": "tests/services/test_waiting.py"
    "::test_a_submitted_batch_waits_for_the_centre_of_its_place_alone",
    "app/core/workflow/recent.py::recent": "tests/services/test_overview.py"
    "::test_steps_of_others_are_not_reported",
    "app/services/certificates/number_rules.py::_namesake": "tests/services/test_number_rules.py"
    "::test_two_bodies_never_share_their_parts_whoever_asks",
    "app/services/filing/next_due.py::_parts": "tests/services/test_next_due.py"
    "::test_who_enters_a_day_need_not_see_the_batches_that_it_moves",
    "app/services/filing/next_due.py::_recompute": "tests/services/test_next_due.py"
    "::test_who_enters_a_day_need_not_see_the_batches_that_it_moves",
    "app/services/filing/other_batches.py::_on_both_rosters": "tests/services/test_other_batches.py"
    "::test_another_body_is_found_and_not_named",
    "app/services/filing/other_sessions.py::sessions_that_share": "tests/services/"
    "test_other_batches.py::test_another_body_is_found_and_not_named",
    "app/services/filing/other_sessions.py::cards_elsewhere": "tests/services/"
    "test_other_batches.py::test_another_body_is_found_and_not_named",
}


def places() -> Iterator[tuple[str, bool]]:
    """File and function of every statement past the scope, and whether its reason is beside it."""
    for path in product_modules():
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        for function in ast.walk(tree(path)):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.keyword) and node.arg == "unscoped":
                    beside = lines[node.value.lineno - 2 : node.value.lineno]
                    yield f"{path}::{function.name}", any("# " in one for one in beside)


def test_every_statement_past_the_scope_has_its_reason_beside_it() -> None:
    found = list(places())
    assert len(found) > 20
    assert [place for place, reasoned in found if not reasoned] == []


def test_every_statement_past_the_scope_is_tried_as_a_bounded_person() -> None:
    assert {place for place, _ in places()} == {*ANSWERS, *ELSEWHERE}


@pytest.mark.parametrize("test", sorted(set(ELSEWHERE.values())))
def test_the_test_that_is_named_exists(test: str) -> None:
    path, _, name = test.partition("::")
    assert re.search(rf"^def {name}\(", (ROOT / Path(path)).read_text("utf-8"), re.M)


@pytest.fixture
def known(session: DB) -> Known:
    scope.bind(session, SYSTEM)
    body = factories.body(session)
    batch = procedure.take(session, procedure.ready_batch(session, body, 2), "certified")
    issued = session.query(Certificate).filter_by(batch_id=batch.id).first()
    change = procedure.draft_change(session, issued, "reissue", "lost")
    session.execute(update(type(change)).values(state="submitted"))
    procedure.take(session, batch, "archived")
    file = session.query(ArchiveFile).filter_by(batch_id=batch.id).first()
    centre = factories.centre(session)
    listed = Destruction(no="X-1", state="submitted", body=body, centre=centre, files=[file])
    session.add(listed)
    later = factories.batch(session, body)
    again = factories.candidates(session, later, 1)[0]
    again.id_number, again.occupation_id = issued.id_number, issued.occupation_id
    again.level_id = issued.level_id
    factories.user(session, PROVINCE_ADMIN, at=factories.centre(session, "130000"))
    user = factories.user(session, BODY_CLERK, body=body)
    session.commit()
    return Known(session, batch.id, body.id, user.username, user.id, issued.id, file.id, later.id)


def test_who_sees_none_of_it_gets_the_same_answers(known: Known) -> None:
    stranger = factories.clerk(factories.body(known.db, "FAR", city=factories.BAODING))
    with scope.acting(known.db, SYSTEM):
        whole = {place: ask(known) for place, ask in ANSWERS.items()}
    assert [place for place, answer in whole.items() if not answer] == []
    known.db.expunge_all()
    with scope.acting(known.db, stranger):
        assert known.db.query(Batch).all() == []
        assert {place: ask(known) for place, ask in ANSWERS.items()} == whole
