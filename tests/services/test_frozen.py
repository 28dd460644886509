"""When may rows of a batch be changed, and when not? Said state by state."""

from __future__ import annotations

from typing import Any

import pytest

from app.core.declarations import links
from app.core.declarations.behaviour import procedure_of
from app.core.records import editable
from app.models import (
    ArchiveFile,
    Batch,
    Candidate,
    CertificateChange,
    Commission,
    Complaint,
    Destruction,
    ExamPaper,
    ExamSession,
    Inspection,
    Material,
    Objection,
    Plan,
    Publicity,
    Score,
    WorkHistory,
)

#: Row → the states of its batch in which it is open, as the notice lets one change it:
#: nothing that was filed, before it is returned; no marks outside the exam; no papers afterwards.
OPEN = {
    Batch: "draft returned",
    Candidate: "draft returned",
    WorkHistory: "draft returned",
    ExamSession: "draft returned",
    ExamPaper: "draft returned",
    Material: "draft returned filed examining scored publicising results_returned",
    Score: "draft returned filed examining results_returned",
    Publicity: "publicising",
    ArchiveFile: "certified archived",
}
#: Row with a procedure of its own → its states in which it is open.
OWN = {
    Commission: "draft returned",
    Plan: "draft",
    Publicity: "draft open",
    Objection: "received",
    Complaint: "received investigating",
    Inspection: "planned done rectifying",
    CertificateChange: "draft",
    Destruction: "draft",
}


def on(batch: Batch, model: type[Any]) -> Any:
    """A row of that kind on the batch."""
    if model is Batch:
        return batch
    if model is WorkHistory:
        return WorkHistory(candidate=Candidate(batch=batch))
    return model(batch=batch)


@pytest.mark.parametrize("model", OPEN, ids=lambda model: model.__name__)
def test_a_row_is_open_in_exactly_these_states_of_its_batch(model: type[Any]) -> None:
    states = [state.name for state in procedure_of("Batch").states]
    found = [
        state
        for state in states
        if not editable.frozen_reason(on(Batch(no="X-1", state=state), model))
    ]
    assert set(found) == set(OPEN[model].split())


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_a_record_is_open_in_exactly_these_states_of_its_own(model: type[Any]) -> None:
    open_batch = {"batch": Batch(no="X-1", state="publicising")} if model is Publicity else {}
    found = {
        state.name
        for state in procedure_of(model.__name__).states
        if not editable.frozen_reason(model(state=state.name, **open_batch))
    }
    assert found == set(OWN[model].split())


@pytest.mark.parametrize(
    ("state", "state_shown"),
    [
        (
            "submitted",
            "“已提交”，参评人员不能再改；确需更正，请先“收回”，或由评价所在地市中心“退回修改”",
        ),
        (
            "filed",
            "“已备案”，参评人员不能再改；批次已过可以退回的步骤，有误请与评价所在地市中心联系",
        ),
        (
            "withdrawn",
            "“已终止”，参评人员不能再改；确需继续的，请评价所在地市中心“恢复办理”，或新建批次",
        ),
        ("suspended", "“已暂停”，参评人员不能再改；请待中心恢复办理"),
        ("archived", "“已归档”，参评人员不能再改；证书上的内容有误，请在“证书变更”中申请更正"),
    ],
)
def test_the_reason_names_batch_state_and_way_out(state: str, state_shown: str) -> None:
    reason = editable.frozen_reason(Candidate(batch=Batch(no="KESHI-2021-0001", state=state)))
    assert reason == f"批次 KESHI-2021-0001 现在是{state_shown}"


def test_marks_of_sent_results_come_back_by_returning_the_results() -> None:
    reason = editable.frozen_reason(Score(batch=Batch(no="X-1", state="results_submitted")))
    assert "“退回结果”" in reason


def test_an_objection_hangs_on_the_batch_of_its_publicity() -> None:
    batch = Batch(no="X-1", state="publicising")
    objection = Objection(publicity=Publicity(batch=batch), state="received")
    assert links.row_at(objection, links.above(Objection)[Batch]) is batch
    assert Batch not in links.above(Plan)


def test_a_batch_that_is_still_to_be_added_is_not_closed() -> None:
    assert editable.frozen_reason(Batch()) == ""
