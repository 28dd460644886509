"""Are telephone numbers told right from wrong?"""

from __future__ import annotations

import pytest

from app.rules.reference.phone import phone_problems
from tests.rules.people import codes


@pytest.mark.parametrize(
    "text",
    [
        "13000000000",
        "19999999999",
        " 138 8857 2013 ",
        "138-8857-2013",
        "+8613888572013",
        "0315-2800123",
        "03152800123",
        "（0315）2800123",
        "010-66668888",
        "0311-86668888-802",
        "0315—2800123",
        None,
        "",
    ],
)
def test_a_number_that_can_be_called_is_accepted(text: str | None) -> None:
    assert phone_problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "12999999999",
        "1388857201",
        "138-88572013",
        "138885720133",
        "2800123",
        "0315-280012",
        "0315-280012345",
        "无",
        "1.7e10",
        "12333",
        "400-123-4567",
    ],
)
def test_a_number_that_cannot_be_called_is_refused(text: str) -> None:
    assert codes(phone_problems(text)) == ["phone_format"]


@pytest.mark.parametrize("text", ["12333", "12345", "400-123-4567", "8001234567", "0315-2800123"])
def test_a_complaint_line_may_be_a_service_number(text: str) -> None:
    assert phone_problems(text, service=True) == []


def test_the_problem_names_the_field_in_question() -> None:
    (problem,) = phone_problems("1", field="complaint_phone", service=True)
    assert problem.field == "complaint_phone"
