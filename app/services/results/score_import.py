"""To which candidate does each row of marks belong, and may the marks be taken?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.declarations.behaviour import state_label
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.importing.result import Judged
from app.core.importing.wordings import Wordings
from app.core.records.values import decimal
from app.core.refusals.cells import NOT_NUMBER
from app.core.scope import AnySession
from app.core.sheets.reading.table import Cell, Reading, Row
from app.core.wording import fold
from app.models import Batch, Candidate, Score
from app.rules.reference.identity import compact
from app.rules.reference.level import level_problems
from app.rules.results import score_sheet as sheet
from app.rules.results.scoring import (
    PAPER_NAMES,
    Paper,
    PaperName,
    PaperRule,
    mark_problems,
    papers_with_remark,
    remark_problems,
    state_from_text,
)
from app.rules.sign_up.roster import CandidateRow, duplicate_problems
from app.services.results import scoring
from app.services.sign_up.approved_work import AppliedFor

_PAPERS: tuple[PaperName, ...] = ("theory", "practical", "review")
_WHOSE = frozenset({"name", "id_number", "occupation", "work_type", "level"})
#: States of a batch before its exam: marks may be stored but not concluded.
EARLY = frozenset({"draft", "returned", "filed"})
# Ways in which people mark a cell as not applicable.
_NO_MARK = re.compile(r"[/\\|\-—–－]+|无|不适用|免")


class ScoresImport:
    """Checks marks against the batch's roster: only candidates on it may receive marks."""

    def __init__(self, session: AnySession, batch: Batch) -> None:
        self.batch = batch
        self.words = Wordings(session)
        self.applied = AppliedFor(session, batch)
        self.outcomes = scoring.outcomes(session, batch)
        self.roster: dict[str, Candidate] = {}
        self.namesakes: dict[str, list[Candidate]] = defaultdict(list)
        for one in session.scalars(
            select(Candidate)
            .where(Candidate.batch_id == batch.id)
            .options(
                joinedload(Candidate.occupation),
                joinedload(Candidate.work_type),
                joinedload(Candidate.level),
                joinedload(Candidate.scores),
            )
        ).unique():
            # By number alone: people share names, and sheets of marks rarely hold more.
            self.roster[compact(one.id_number)] = one
            self.namesakes[fold(one.name)].append(one)
        known = {*_WHOSE, *_PAPERS}
        self._plain = [f.name for f in describe(Score).where("imp") if f.name not in known]

    def absent(self, fields: frozenset[str]) -> tuple[str, ...]:
        """Return the field to ask for where the sheet has no column of marks."""
        return () if fields & set(_PAPERS) else ("theory",)

    def judge(self, reading: Reading) -> list[Judged]:
        """Judge every row of the sheet, alone and against the earlier ones."""
        fields = {heading.field for heading in reading.headings if heading.field}
        doubles = {one.row: one for one in duplicate_problems(map(_person, reading.rows))}
        return [
            self._judged(row, doubles.get(row.number), remark="remark" in fields)
            for row in reading.rows
        ]

    def notes(self, judged: Sequence[Judged]) -> list[Problem]:
        """Return warnings about the sheet as a whole: too early, or people left out."""
        return [*self._early(), *self._left(judged)]

    def _early(self) -> list[Problem]:
        here = state_label("Batch", self.batch.state)
        return sheet.early_problems(here, early=self.batch.state in EARLY)

    def _left(self, judged: Sequence[Judged]) -> list[Problem]:
        met = {one.row.text("id_number") for one in judged}
        scored = sum(bool(one.scores) for one in self.roster.values())
        left = sum(number not in met for number in self.roster)
        return sheet.left_problems(left, scored)

    def _judged(self, row: Row, double: Problem | None, *, remark: bool) -> Judged:
        found = [p for p in row.problems if p.field not in _PAPERS]
        candidate = self.roster.get(compact(row.text("id_number")))
        if row.cell("id_number").problem is not None:
            return Judged(row, {}, None, tuple(found))
        if candidate is None:
            return Judged(row, {}, None, (*found, *self._stranger(row)))
        if double is not None:
            found.append(double)
        stored = scoring.score_of(candidate)
        papers, misread = self._papers(row, candidate, stored)
        found += [replace(one, row=row.number) for one in self._contradictions(row, candidate)]
        found += [replace(one, row=row.number) for one in misread]
        values, wrong = self.words.values(Score, row, self._plain)
        found += wrong
        # Nothing of a row with an error is taken, not even the marks that could be read.
        if any(problem.severity == "error" for problem in found):
            return Judged(row, {}, stored, tuple(found))
        if remark:
            # The remark says which papers were not sat, so a blank one replaces the old remark too.
            values.setdefault("remark", "")
        for name, paper in papers.items():
            values |= {name: paper.mark, f"{name}_state": paper.state}
        values["candidate"] = candidate
        return Judged(row, values, stored, tuple(found))

    def _stranger(self, row: Row) -> list[Problem]:
        others = self.namesakes.get(fold(row.text("name")), [])
        return sheet.stranger_problems(
            row.text("name") or "（无姓名）",
            row.text("id_number"),
            [one.id_number for one in others],
            row.number,
        )

    def _contradictions(self, row: Row, candidate: Candidate) -> list[Problem]:
        """Return where the row's name, work or level differs from the roster."""
        found = sheet.name_problems(row.text("name"), candidate.name)
        known = {candidate.occupation.name, candidate.work_type.name}
        for field, right in (
            ("occupation", candidate.occupation.name),
            ("work_type", candidate.work_type.name),
        ):
            written = row.text(field)
            meant = {self.applied.occupation(written), self.applied.work_type(written)}
            agrees = bool(meant & known)
            found += sheet.work_problems(field, candidate.name, written, right, agrees=agrees)
        return found + self._level_contradiction(row.text("level"), candidate)

    def _level_contradiction(self, text: str, candidate: Candidate) -> list[Problem]:
        if not text:
            return []
        digit = self.applied.digit(text)
        if digit is None:
            return level_problems(text, self.applied.levels.names)
        right = candidate.level
        agrees = digit == right.digit
        return sheet.level_problems(candidate.name, text, right.name, agrees=agrees)

    def _papers(
        self, row: Row, candidate: Candidate, stored: Score | None
    ) -> tuple[dict[PaperName, Paper], list[Problem]]:
        """Return the candidate's papers after this row, and the problems of their cells."""
        asked = self.outcomes.pass_rule(candidate).papers
        carried = scoring.carried(candidate)
        papers = scoring.papers_of(stored)
        found: list[Problem] = []
        given = False
        for name in _PAPERS:
            paper, problems = _read_paper(row.cell(name), name, asked.get(name))
            found += problems
            # A mark that cannot be read was meant as one: the row is not also called empty.
            given |= paper is not None or bool(problems)
            if paper is not None:
                papers[name] = paper
            if name in asked and name not in carried:
                continue
            if row.text(name) and papers[name] != Paper():
                found += _not_sat(candidate, name, carried.get(name))
            del papers[name]
        remark = row.text("remark")
        found += remark_problems(papers, remark)
        papers = papers_with_remark(papers, remark)
        said = given or state_from_text(remark) is not None
        found += sheet.missing_problems(given=said)
        return papers, found


def _read_paper(
    cell: Cell, name: PaperName, asked: PaperRule | None
) -> tuple[Paper | None, list[Problem]]:
    """Read a cell of marks: a mark or a state; None where it is blank or unreadable."""
    text = fold(cell.text)
    if not text or _NO_MARK.fullmatch(text):
        return None, []
    if isinstance(cell.value, int | float):
        mark: Decimal = decimal(cell.value)
        return Paper(mark), mark_problems(mark, name, (asked or PaperRule()).full)
    state = state_from_text(text)
    if state is not None and cell.problem is not None and cell.problem.code == NOT_NUMBER.code:
        return Paper(None, state), []
    if cell.problem is not None and cell.problem.code == NOT_NUMBER.code:
        message = f"{cell.problem.message}缺考、违纪、缓考的照此写明。"
        return None, [replace(cell.problem, message=message)]
    return None, [cell.problem] if cell.problem is not None else []


def _not_sat(candidate: Candidate, name: PaperName, earlier: Decimal | None) -> list[Problem]:
    """Object to a mark of a paper not sat: not part of the level, or carried over."""
    if earlier is None:
        return sheet.needless_problems(name, candidate.level.name, asked=False)
    what = f"{candidate.name}的{PAPER_NAMES[name]}"
    return sheet.carried_problems(what, name, earlier, "请删去本次成绩")


def _person(row: Row) -> CandidateRow:
    unread: Any = frozenset({"id_number"}) if row.cell("id_number").problem else frozenset()
    number = row.text("id_number")
    return CandidateRow(row=row.number, name=row.text("name"), id_number=number, unread=unread)
