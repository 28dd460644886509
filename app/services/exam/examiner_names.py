"""Which registered assessors and supervisors do an arrangement's names refer to?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from app.core.errors import Problem
from app.core.scope import AnySession
from app.models import Assessor, Body, Supervisor
from app.rules.exam.examiner_names import Fault, Kind, fault_of, name_problems

Person = Assessor | Supervisor


class Cards:
    """The people of one kind in the actor's scope by name, read in one SQL statement."""

    def __init__(
        self,
        session: AnySession,
        model: type[Person],
        names: Iterable[str],
        body: Body,
    ) -> None:
        self._kind: Kind = "assessor" if model is Assessor else "supervisor"
        self._body = body
        self._people: dict[str, list[Person]] = defaultdict(list)
        wanted = sorted(set(names))
        if wanted:
            for one in session.scalars(select(model).where(model.name.in_(wanted))):
                self._people[one.name].append(one)

    def find(
        self, names: Sequence[str], day: date | None, field: str
    ) -> tuple[list[Person], list[Problem]]:
        """Return the people named in one cell, and one problem per kind of fault.

        Of several people of a name the body's own is preferred, then the one of its city.
        ``day`` None skips the validity of cards.
        """
        found: list[Person] = []
        faults: dict[Fault, list[str]] = {}
        for name in dict.fromkeys(names):
            people = self._fit(name, day)
            fault = fault_of(len(self._people[name]), len(people))
            if fault is None:
                found.append(people[0])
            else:
                faults.setdefault(fault, []).append(name)
        problems = [
            problem
            for fault, names in faults.items()
            for problem in name_problems(self._kind, fault, names, day, field)
        ]
        return found, problems

    def _fit(self, name: str, day: date | None) -> list[Person]:
        valid = [
            one
            for one in self._people[name]
            if day is None or one.valid_from <= day <= one.valid_to
        ]
        own = [one for one in valid if one.body_id == self._body.id]
        near = [one for one in valid if one.centre_id == self._body.city_centre_id]
        return own or near or valid
