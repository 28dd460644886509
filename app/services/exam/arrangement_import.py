"""Which exam session does each row of an arrangement describe, and is it stored already?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.importing.result import Judged
from app.core.importing.wordings import Wordings
from app.core.refusals.records import REQUIRED
from app.core.scope import AnySession
from app.core.sheets.reading.table import Reading, Row, TimeRange
from app.models import Assessor, Batch, ExamSession, Supervisor
from app.rules.bodies.approved_scope import approved_level_problems, work_type_problems
from app.rules.exam import sessions
from app.rules.reference.level import level_problems
from app.services.exam.examiner_names import Cards
from app.services.sign_up.approved_work import AppliedFor

_OWN = frozenset(
    {
        *("exam_date", "occupation", "work_type", "level", "headcount"),
        *("theory_start", "practical_start", "assessors", "supervisors"),
    }
)
_PHONE = re.compile(r"[(（]?\+?\d[\dXx*()（）\- ]{5,}\d?(?:转\d+)?")
_AROUND = " ,，;；:：/、()（）"

# Keys by which a row matches a stored session, strictest first. A changed room updates the session;
# a changed time makes it another one.
_KEYS = (
    ("exam_date", "theory_start", "practical_start", "theory_place", "practical_place"),
    ("exam_date", "theory_start", "practical_start"),
)


class ArrangementImport:
    """Checks an arrangement against the body's scope, its people and the stored sessions."""

    def __init__(self, session: AnySession, batch: Batch) -> None:
        self.session, self.batch = session, batch
        self.words = Wordings(session)
        self.applied = AppliedFor(session, batch)
        self.stored = session.scalars(
            select(ExamSession)
            .where(ExamSession.batch_id == batch.id)
            .options(
                joinedload(ExamSession.occupation),
                joinedload(ExamSession.work_type),
                joinedload(ExamSession.level),
                selectinload(ExamSession.assessors),
                selectinload(ExamSession.supervisors),
            )
            .order_by(ExamSession.serial, ExamSession.id)
        ).all()
        self._plain = [f.name for f in describe(ExamSession).where("imp") if f.name not in _OWN]

    def absent(self, fields: frozenset[str]) -> tuple[str, ...]:
        """Return the field to ask for where the sheet has no column for the work."""
        return () if fields & {"occupation", "work_type"} else ("work_type",)

    def judge(self, reading: Reading) -> list[Judged]:
        """Judge every row of the sheet, alone and against the earlier ones."""
        people = {
            "assessors": self._cards(reading, Assessor, "assessors"),
            "supervisors": self._cards(reading, Supervisor, "supervisors"),
        }
        judged = [self._judged(row, people) for row in reading.rows]
        return self._matched(_without_doubles(judged))

    def _cards(
        self, reading: Reading, model: type[Assessor] | type[Supervisor], field: str
    ) -> Cards:
        names = (name for row in reading.rows for name in _names(row, field))
        return Cards(self.session, model, names, self.batch.body)

    def _judged(self, row: Row, people: dict[str, Cards]) -> Judged:
        occupation, work_type = self.applied.names(row.text("occupation"), row.text("work_type"))
        found = [*self._missing(row), *self._applied_problems(row, occupation, work_type)]
        values, wrong = self.words.values(ExamSession, row, self._plain)
        found += wrong
        for part in (self._times(row), _headcount(row), self._people(row, people), _contact(row)):
            values |= part[0]
            found += part[1]
        seen = {problem.field for problem in row.problems}
        problems = [
            *row.problems,
            *(replace(one, row=row.number) for one in found if one.field not in seen),
        ]
        if any(problem.severity == "error" for problem in problems):
            return Judged(row, {}, None, tuple(problems))
        job, work = self.applied.ids(occupation, work_type)
        values |= {
            "exam_date": row.value("exam_date"),
            "occupation_id": job,
            "work_type_id": work,
            "level_id": self.applied.level_id(row.text("level")),
        }
        return Judged(row, values, None, tuple(problems))

    def _missing(self, row: Row) -> list[Problem]:
        return [
            REQUIRED.of(field=name, label=describe(ExamSession).field(name).label)
            for name in ("exam_date", "headcount")
            if not row.text(name)
        ]

    def _applied_problems(
        self, row: Row, occupation: str | None, work_type: str | None
    ) -> list[Problem]:
        on, levels = self.batch.exam_date, self.applied.levels.names
        approved = self.applied.relevant(occupation, work_type)
        found = level_problems(row.text("level"), levels)
        wrong = work_type_problems(occupation, work_type, approved, on=on)
        wrong = wrong or self.applied.ambiguity(occupation, work_type)
        digit = self.applied.digit(row.text("level"))
        if wrong or digit is None:
            return found + wrong
        return found + approved_level_problems(
            occupation, work_type, digit, approved, on=on, levels=levels
        )

    def _times(self, row: Row) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        found: list[Problem] = []
        day = row.value("exam_date")
        if not isinstance(day, date):
            return values, found
        for paper in ("theory", "practical"):
            span = row.value(f"{paper}_start")
            if not isinstance(span, TimeRange):
                continue
            on = self._day_of(span, day)
            written, name = row.text(f"{paper}_start"), f"{paper}_start"
            found += sessions.other_day_problems(written, day, name, agrees=on is not None)
            if on is None:
                continue
            values[f"{paper}_start"] = datetime.combine(on, span.start)
            values[f"{paper}_end"] = datetime.combine(on, span.end)
        first, last = self._days()
        return values, found + sessions.day_problems(day, first, last)

    def _day_of(self, span: TimeRange, day: date) -> date | None:
        """Return the day of a paper: the row's, or one of the batch's that the cell writes out."""
        if span.agrees_with(day):
            return day
        first, last = self._days()
        return span.date if span.date is not None and first <= span.date <= last else None

    def _days(self) -> tuple[date, date]:
        return self.batch.exam_date, self.batch.exam_end or self.batch.exam_date

    def _people(self, row: Row, people: dict[str, Cards]) -> tuple[dict[str, Any], list[Problem]]:
        day = row.value("exam_date")
        values: dict[str, Any] = {}
        found: list[Problem] = []
        for field, cards in people.items():
            names = _names(row, field)
            if names:
                values[field], wrong = cards.find(
                    names, day if isinstance(day, date) else None, field
                )
                found += wrong
        return values, found

    def notes(self, judged: Sequence[Judged]) -> list[Problem]:
        """Return warnings about the sheet as a whole: stored sessions that it leaves out."""
        met = {one.stored.id for one in judged if one.stored is not None}
        left = sum(one.id not in met for one in self.stored)
        return [] if any(one.refused for one in judged) else sessions.left_problems(left)

    def _matched(self, judged: Sequence[Judged]) -> list[Judged]:
        """Pair the rows with the stored sessions that they describe."""
        matched = list(judged)
        free = {one.id: one for one in self.stored}
        for names in _KEYS:
            waiting: dict[tuple[Any, ...], list[int]] = defaultdict(list)
            for one in free.values():
                waiting[_key(partial(getattr, one), names)].append(one.id)
            for at, row in enumerate(matched):
                ids = waiting.get(_key(row.values.get, names))
                if row.values and row.stored is None and ids:
                    matched[at] = replace(row, stored=free.pop(ids.pop(0)))
        return matched


def _key(value_of: Callable[[str], Any], names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(value_of(name) or None for name in ("work_type_id", "level_id", *names))


def _without_doubles(judged: Sequence[Judged]) -> list[Judged]:
    """Refuse rows that repeat an earlier one in work, level, times and rooms."""
    first: dict[tuple[Any, ...], int] = {}
    kept = []
    for one in judged:
        key = _key(one.values.get, _KEYS[0])
        earlier = first.setdefault(key, one.row.number) if one.values else one.row.number
        repeated = sessions.repeated_problems(one.row.number, earlier)
        if repeated:
            one = replace(one, values={}, problems=(*one.problems, *repeated))
        kept.append(one)
    return kept


def _names(row: Row, field: str) -> tuple[str, ...]:
    value = row.value(field)
    return value if isinstance(value, tuple) else ()


def _headcount(row: Row) -> tuple[dict[str, Any], list[Problem]]:
    value = row.value("headcount")
    if not isinstance(value, int):
        return {}, []
    wrong = sessions.headcount_problems(value)
    return ({} if wrong else {"headcount": value}), wrong


def _contact(row: Row) -> tuple[dict[str, Any], list[Problem]]:
    """Split off the telephone that many tables write in the same cell as the contact."""
    text = row.text("site_contact")
    phone = _PHONE.search(text)
    if row.cell("site_contact").problem is not None or phone is None or row.text("site_phone"):
        return {}, []
    name = (text[: phone.start()] + " " + text[phone.end() :]).strip(_AROUND)
    return {"site_contact": name, "site_phone": phone.group().strip(_AROUND)}, []
