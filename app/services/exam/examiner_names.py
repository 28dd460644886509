"""Which registered assessors and supervisors do the names in an arrangement mean?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.scope import AnySession
from app.core.wording import shown_day
from app.models import Assessor, Body, Supervisor

Person = Assessor | Supervisor


class Cards:
    """The people of one kind whom the actor sees, by name; one statement for all names."""

    def __init__(
        self,
        session: AnySession,
        model: type[Person],
        names: Iterable[str],
        body: Body,
    ) -> None:
        self._label = describe(model).label
        self._code = model.__name__.lower()
        self._body = body
        self._people: dict[str, list[Person]] = defaultdict(list)
        wanted = sorted(set(names))
        if wanted:
            for one in session.scalars(select(model).where(model.name.in_(wanted))):
                self._people[one.name].append(one)

    def find(
        self, names: Sequence[str], day: date | None, field: str
    ) -> tuple[list[Person], list[Problem]]:
        """The people of one cell and what stands against their names; one problem for each fault.

        A name borne by several means the body's own, then the one of its city; ``day`` None skips
        the validity of cards.
        """
        found: list[Person] = []
        faults: dict[str, list[str]] = {}
        for name in dict.fromkeys(names):
            people = self._fit(name, day)
            if len(people) == 1:
                found.append(people[0])
            else:
                fault = "ambiguous" if people else "expired" if self._people[name] else "unknown"
                faults.setdefault(fault, []).append(name)
        return found, [self._problem(fault, names, day, field) for fault, names in faults.items()]

    def _fit(self, name: str, day: date | None) -> list[Person]:
        valid = [
            one
            for one in self._people[name]
            if day is None or one.valid_from <= day <= one.valid_to
        ]
        own = [one for one in valid if one.body_id == self._body.id]
        near = [one for one in valid if one.centre_id == self._body.city_centre_id]
        return own or near or valid

    def _problem(self, fault: str, names: list[str], day: date | None, field: str) -> Problem:
        who = f"{self._label}“{'”、“'.join(names)}”"
        if fault == "unknown":
            message = f"{who}没有登记，请先在“{self._label}”中登记后再导入，或改正姓名"
        elif fault == "expired":
            on = shown_day(day) if day else "考试日"
            message = f"{who}的证件在{on}不在有效期内，请更新“{self._label}”中的有效期或换人"
        else:
            message = f"{who}有多名同名人员，分不清是哪一位，请在“考务安排”中手工录入这一场"
        return Problem(f"{self._code}_{fault}", message, field)
