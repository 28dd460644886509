"""Is a certificate corrected, reissued and made void only in the way that leaves it believable?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.rules.certificates.certificate_change import (
    REASONS,
    STATES,
    ChangeFacts,
    change_problems,
    content_problems,
)
from tests.rules.people import MAN, WOMAN, codes, number

BEFORE = {
    "holder": "张山",
    "gender": "1",
    "document_kind": "01",
    "id_number": MAN,
    "occupation": "1",
    "work_type": "11",
}
NOTHING = dict.fromkeys(BEFORE, "")
NAME = ChangeFacts("correct", "entry_error", "valid", "有效", BEFORE, NOTHING | {"holder": "张珊"})
LOST = ChangeFacts("reissue", "lost", "valid", "有效", BEFORE, NOTHING)
WRONG = ChangeFacts("void", "issued_wrongly", "valid", "有效", BEFORE, NOTHING)


@pytest.mark.parametrize("facts", [NAME, LOST, WRONG], ids=["correct", "reissue", "void"])
def test_a_sound_application_meets_no_objection(facts: ChangeFacts) -> None:
    assert [*change_problems(facts), *content_problems(facts)] == []


@pytest.mark.parametrize("facts", [NAME, LOST, WRONG], ids=["correct", "reissue", "void"])
@pytest.mark.parametrize("state", ["reserved", "valid", "corrected", "reissued", "void"])
def test_only_what_is_in_force_can_be_changed(facts: ChangeFacts, state: str) -> None:
    possible = state in STATES[facts.kind]
    found = codes(change_problems(replace(facts, standing=state)))
    assert found == ([] if possible else ["change_state"])
    assert "void" not in STATES[facts.kind]


@pytest.mark.parametrize(
    ("change", "objection"),
    [
        ({"pending": "BG-2021-0001"}, "change_pending"),
        ({"evidence": False}, "change_evidence"),
        ({"reason": "lost"}, "change_reason"),
    ],
)
def test_what_an_application_lacks_is_said(change: dict[str, Any], objection: str) -> None:
    assert codes(change_problems(replace(NAME, **change))) == [objection]


def test_each_reason_goes_with_one_kind() -> None:
    reasons = [one for some in REASONS.values() for one in some]
    assert len(reasons) == len(set(reasons))


@pytest.mark.parametrize("after", [{}, {"holder": "张山"}, {"holder": "张山", "gender": "1"}])
def test_a_correction_corrects_something(after: dict[str, str]) -> None:
    found = content_problems(replace(NAME, after=NOTHING | after))
    assert codes(found) == ["change_content"]


@pytest.mark.parametrize("facts", [LOST, WRONG], ids=["reissue", "void"])
def test_nothing_else_changes_the_content(facts: ChangeFacts) -> None:
    found = content_problems(replace(facts, after=NOTHING | {"id_number": WOMAN}))
    assert codes(found) == ["change_content"]
    assert found[0].field == "new_id_number"


@pytest.mark.parametrize(
    ("after", "objections"),
    [
        ({"id_number": number(sequence="279")}, []),
        ({"id_number": MAN[:-1] + ("0" if MAN[-1] != "0" else "1")}, ["change_identity"]),
        ({"document_kind": "02", "id_number": "E12345678"}, []),
        ({"document_kind": "02"}, ["change_identity"]),
    ],
)
def test_a_corrected_number_is_one_of_its_kind(
    after: dict[str, str], objections: list[str]
) -> None:
    assert codes(content_problems(replace(NAME, after=NOTHING | after))) == objections


def test_a_corrected_number_is_nobody_elses() -> None:
    taken = replace(NAME, after=NOTHING | {"id_number": WOMAN}, id_taken=True)
    assert codes(content_problems(taken)) == ["change_identity"]


def test_a_corrected_work_type_belongs_to_the_occupation() -> None:
    facts = replace(NAME, after=NOTHING | {"work_type": "12"})
    assert content_problems(facts) == []
    assert codes(content_problems(replace(facts, work_type_fits=False))) == ["change_occupation"]
