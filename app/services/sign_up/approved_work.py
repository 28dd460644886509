"""Which approved occupation, work type and level do the words of a row mean?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import Problem
from app.core.scope import AnySession
from app.core.wording import fold
from app.models import Batch
from app.rules.bodies.approved_scope import ScopeItem, find_items
from app.rules.bodies.body_scope import ambiguity_problems
from app.rules.reference.level import parse_level
from app.services.reference import vocabulary

Pair = tuple[str | None, str | None]


class AppliedFor:
    """The scope of the batch's body on its exam day; each pair of words is looked up once."""

    def __init__(self, session: AnySession, batch: Batch) -> None:
        self.levels = vocabulary.levels(session)
        self._approved = vocabulary.approved_scope(session, batch.body_id)
        self._on = batch.exam_date
        self._found: dict[Pair, tuple[ScopeItem, ...]] = {}
        self._digits: dict[str, str | None] = {}

    def occupation(self, text: str) -> str | None:
        """The official name of the occupation that the wording stands for, or the wording."""
        return self._approved.occupation_name(text) or None

    def work_type(self, text: str) -> str | None:
        """The official name of the work type that the wording stands for, or the wording."""
        return self._approved.work_type_name(text) or None

    def names(self, occupation: str, work_type: str) -> Pair:
        """The official names of what a row applies for.

        A former occupation that lives on as a work type of another (育婴员) means that work type
        where the row names no work type of its own.
        """
        job, work = self.occupation(occupation), self.work_type(work_type)
        former = self.work_type(occupation)
        if work is None and former != job and self.find(job, former):
            work = former
        return job, work

    def find(self, occupation: str | None, work_type: str | None) -> tuple[ScopeItem, ...]:
        """The approved rows that the two names mean."""
        pair = (occupation, work_type)
        if pair not in self._found:
            self._found[pair] = tuple(
                find_items(occupation, work_type, self._approved.items, self._on)
            )
        return self._found[pair]

    def relevant(self, occupation: str | None, work_type: str | None) -> Sequence[ScopeItem]:
        """The part of the scope that decides about the two names: their own rows if there are any.

        Rows of a long roster repeat few pairs; judging each against the whole scope would cost
        seconds.
        """
        return self.find(occupation, work_type) or self._approved.items

    def ambiguity(self, occupation: str | None, work_type: str | None) -> list[Problem]:
        """An objection where a work type without its occupation stands under several."""
        jobs = sorted({item.occupation for item in self.find(occupation, work_type)})
        return ambiguity_problems(work_type, jobs)

    def ids(self, occupation: str | None, work_type: str | None) -> tuple[int, int]:
        """The occupation and work type of names that are in scope."""
        item = self.find(occupation, work_type)[0]
        return self._approved.ids[item.occupation, item.work_type]

    def level_id(self, text: str | None) -> int | None:
        """The level that the words mean, or None."""
        return self.levels.id_of(self.digit(text))

    def digit(self, text: str | None) -> str | None:
        """The digit of the level that the words mean, or None."""
        written = fold(text)
        if written not in self._digits:
            self._digits[written] = parse_level(written, self.levels.names)
        return self._digits[written]
