"""Which candidate does each row of a roster describe, and is it new, changed or refused?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.importing.result import Judged
from app.core.importing.wordings import Wordings
from app.core.records.values import decimal
from app.core.scope import AnySession
from app.core.sheets.reading.table import Reading, Row
from app.core.wording import fold
from app.models import Batch, Candidate
from app.rules.reference.identity import birth_date, compact, gender_of, guess_kind
from app.rules.sign_up.differences import birth_date_problems, renamed_problems
from app.rules.sign_up.roster import CandidateRow, candidate_problems, duplicate_problems
from app.services.reference import vocabulary
from app.services.reference.terms import terms
from app.services.sign_up.approved_work import AppliedFor

# Fields derived from other cells or naming another record; the rest is stored as written.
_OWN = frozenset(
    {"gender", "document_kind", "id_number", "occupation", "work_type", "level", "current_level"}
)
_NONE = frozenset({"无", "没有", "/", "-", "—"})


class RosterImport:
    """Checks a roster against code lists, the body's scope and the batch's candidates."""

    def __init__(self, session: AnySession, batch: Batch) -> None:
        self.batch = batch
        self.words = Wordings(session)
        self.levels = vocabulary.levels(session)
        self.applied = AppliedFor(session, batch)
        self.minimum_age = terms().minimum_age
        self.stored = {
            (one.document_kind, compact(one.id_number)): one
            for one in session.scalars(
                select(Candidate)
                .where(Candidate.batch_id == batch.id)
                .options(
                    joinedload(Candidate.occupation),
                    joinedload(Candidate.work_type),
                    joinedload(Candidate.level),
                    joinedload(Candidate.current_level),
                )
            )
        }
        self._plain = [f.name for f in describe(Candidate).where("imp") if f.name not in _OWN]

    def absent(self, fields: frozenset[str]) -> tuple[str, ...]:
        """Return the field to ask for where the sheet has no column for the work."""
        return () if fields & {"occupation", "work_type"} else ("work_type",)

    def judge(self, reading: Reading) -> list[Judged]:
        """Judge every row of the sheet, alone and against the earlier ones."""
        fields = {heading.field for heading in reading.headings if heading.field}
        people = [self._person(row) for row in reading.rows]
        doubles = {problem.row: problem for problem in duplicate_problems(people)}
        return [
            self._judged(row, person, doubles.get(row.number), employer="employer" in fields)
            for row, person in zip(reading.rows, people, strict=True)
        ]

    def notes(self, judged: Sequence[Judged]) -> list[Problem]:
        """Return no warnings about the sheet as a whole: a roster may come in parts."""
        return []

    def _person(self, row: Row) -> CandidateRow:
        number = _text(row, "id_number")
        kind = _text(row, "document_kind")
        gender = self.words.code("gender", row.text("gender"))
        years = row.value("years")
        occupation, work_type = self.applied.names(row.text("occupation"), row.text("work_type"))
        return CandidateRow(
            row=row.number,
            name=_text(row, "name"),
            gender=self.words.name("gender", gender) if gender else _text(row, "gender"),
            # Keep an unknown wording, so that the rule about document kinds reports it.
            document_kind=(self.words.code("document_kind", kind) or kind)
            if kind
            else guess_kind(number),
            id_number=compact(number),
            years=None if years is None else decimal(years),
            occupation=occupation,
            work_type=work_type,
            level=_text(row, "level"),
            current_level=_text(row, "current_level"),
            phone=_text(row, "phone"),
            unread=frozenset(name for name, cell in row.cells.items() if cell.problem),
        )

    def _judged(
        self, row: Row, person: CandidateRow, double: Problem | None, *, employer: bool
    ) -> Judged:
        found = self._problems(row, person)
        if double is not None:
            found.append(double)
        values, misread = self.words.values(Candidate, row, self._plain)
        stored = self.stored.get((person.document_kind, person.id_number or ""))
        found += misread + _differences(row, person, values, stored)
        if any(problem.severity == "error" for problem in found):
            return Judged(row, {}, stored, tuple(found))
        values |= self._chosen(row, person)
        if stored is None:
            values |= self._first_time(person, values, employer=employer)
        return Judged(row, values, stored, tuple(found))

    def _problems(self, row: Row, person: CandidateRow) -> list[Problem]:
        on, levels = self.batch.exam_date, self.levels.names
        approved = self.applied.relevant(person.occupation, person.work_type)
        found = candidate_problems(
            person, exam_date=on, levels=levels, approved=approved, minimum_age=self.minimum_age
        )
        if not any(problem.field in ("occupation", "work_type") for problem in found):
            found += self.applied.ambiguity(person.occupation, person.work_type)
        return [*row.problems, *(replace(problem, row=row.number) for problem in found)]

    def _chosen(self, row: Row, person: CandidateRow) -> dict[str, Any]:
        """Return the values derived from a valid row: ids, gender and birth date."""
        ids = self.applied.ids(person.occupation, person.work_type)
        chosen: dict[str, Any] = {
            "occupation_id": ids[0],
            "work_type_id": ids[1],
            "level_id": self.applied.level_id(person.level),
        }
        if person.gender:
            chosen["gender"] = self.words.code("gender", person.gender)
        born = birth_date(person.id_number)
        if born is not None:
            chosen["birth_date"] = born
        held = fold(person.current_level)
        if held in _NONE:
            chosen["current_level_id"] = None
        elif held and (known := self.applied.level_id(held)) is not None:
            chosen["current_level_id"] = known
        return chosen

    def _first_time(
        self, person: CandidateRow, values: Mapping[str, Any], *, employer: bool
    ) -> dict[str, Any]:
        """Return the values that a new candidate gets beyond the cells of the row."""
        given: dict[str, Any] = {
            "document_kind": person.document_kind,
            "id_number": person.id_number,
        }
        gender = gender_of(person.id_number)
        if not person.gender and gender:
            given["gender"] = self.words.code("gender", gender)
        if not employer and "employer" not in values and self.batch.enterprise is not None:
            given["employer"] = self.batch.enterprise.name
        return given


def _text(row: Row, field: str) -> str | None:
    return row.text(field) or None


def _differences(
    row: Row, person: CandidateRow, values: Mapping[str, Any], stored: Candidate | None
) -> list[Problem]:
    """Warnings where the row is accepted and yet does not agree with what is known."""
    written = values.get("birth_date")
    return [
        *birth_date_problems(written, birth_date(person.id_number), row.number),
        *renamed_problems(values.get("name") or "", stored.name if stored else "", row.number),
    ]
