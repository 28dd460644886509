"""Which approved occupation, work type and level do the words of a row refer to?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Problem
from app.core.scope import AnySession
from app.core.wording import fold
from app.models import Batch
from app.rules.bodies.approved_scope import ApprovedItem, find_items
from app.rules.bodies.body_scope import ambiguity_problems
from app.rules.reference.level import parse_level
from app.services.reference import vocabulary

Pair = tuple[str | None, str | None]


class AppliedFor:
    """The approved scope of the batch's body on its exam day, with look-ups cached."""

    def __init__(self, session: AnySession, batch: Batch) -> None:
        self.levels = vocabulary.levels(session)
        self._approved = vocabulary.approved_scope(session, batch.body_id)
        self._on = batch.exam_date
        self._found: dict[Pair, tuple[ApprovedItem, ...]] = {}
        self._digits: dict[str, str | None] = {}

    def occupation(self, text: str) -> str | None:
        """Return the occupation's official name for the wording, or the wording itself."""
        return self._approved.occupation_name(text) or None

    def work_type(self, text: str) -> str | None:
        """Return the work type's official name for the wording, or the wording itself."""
        return self._approved.work_type_name(text) or None

    def names(self, occupation: str, work_type: str) -> Pair:
        """Return the official names of the occupation and work type that a row applies for.

        A former occupation that has become a work type of another one (育婴员) means that work type
        where the row names none.
        """
        job, work = self.occupation(occupation), self.work_type(work_type)
        former = self.work_type(occupation)
        if work is None and former != job and self.find(job, former):
            work = former
        return job, work

    def find(self, occupation: str | None, work_type: str | None) -> tuple[ApprovedItem, ...]:
        """Return the approved rows that match the two names."""
        pair = (occupation, work_type)
        if pair not in self._found:
            self._found[pair] = tuple(
                find_items(occupation, work_type, self._approved.items, self._on)
            )
        return self._found[pair]

    def relevant(self, occupation: str | None, work_type: str | None) -> Sequence[ApprovedItem]:
        """Return the rows that match the two names, or else the whole scope.

        A long roster repeats few pairs: judging each row against the whole scope takes seconds.
        """
        return self.find(occupation, work_type) or self._approved.items

    def ambiguity(self, occupation: str | None, work_type: str | None) -> list[Problem]:
        """Object to a work type without occupation that belongs to several occupations."""
        jobs = sorted({item.occupation for item in self.find(occupation, work_type)})
        return ambiguity_problems(work_type, jobs)

    def ids(self, occupation: str | None, work_type: str | None) -> tuple[int, int]:
        """Return the ids of occupation and work type for names that are in scope."""
        item = self.find(occupation, work_type)[0]
        return self._approved.ids[item.occupation, item.work_type]

    def level_id(self, text: str | None) -> int | None:
        """Return the id of the level that the words mean, or None."""
        return self.levels.id_of(self.digit(text))

    def digit(self, text: str | None) -> str | None:
        """Return the digit of the level that the words mean, or None."""
        written = fold(text)
        if written not in self._digits:
            self._digits[written] = parse_level(written, self.levels.names)
        return self._digits[written]
