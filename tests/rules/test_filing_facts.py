"""Do the facts of a batch add up to its exam days?"""

from __future__ import annotations

from datetime import date

from app.rules.exam.exam_facts import SessionFacts
from tests.rules.filings import facts
from tests.rules.people import EXAM


def test_the_exam_days_are_the_declared_and_the_arranged_ones() -> None:
    sunday = date(2021, 4, 25)
    sessions = (SessionFacts(sunday, "电工", "电工", "5", 9), SessionFacts(None, "", "", "", 0))
    assert facts(sessions=sessions).exam_days == [EXAM, sunday]
    assert facts(exam_first=None, sessions=()).exam_days == []
