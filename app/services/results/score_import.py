"""Whose marks are these, and may they stand beside the name on the roster?"""

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
from app.core.masking import mask_identity
from app.core.records.values import decimal
from app.core.refusals.cells import NOT_NUMBER
from app.core.scope import AnySession
from app.core.sheets.reading.table import Cell, Reading, Row
from app.core.wording import fold
from app.models import Batch, Candidate, Score
from app.rules.reference.identity import compact
from app.rules.reference.level import level_problems
from app.rules.results.scoring import (
    PAPER_NAMES,
    Paper,
    PaperName,
    PaperRule,
    mark_problems,
    papers_with_remark,
    remark_problems,
    shown_mark,
    state_from_text,
)
from app.rules.sign_up.roster import CandidateRow, duplicate_problems
from app.services.results import scoring
from app.services.sign_up.approved_work import AppliedFor

_PAPERS: tuple[PaperName, ...] = ("theory", "practical", "review")
_WHOSE = frozenset({"name", "id_number", "occupation", "work_type", "level"})
#: States of a batch in which marks are only put down for later.
EARLY = frozenset({"draft", "returned", "filed"})
# How people say that there is nothing to enter.
_NO_MARK = re.compile(r"[/\\|\-—–－]+|无|不适用|免")


class ScoresImport:
    """Marks against the batch's roster: a mark is taken only for a person who stands there."""

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
            self.roster[compact(one.id_number)] = one
            self.namesakes[fold(one.name)].append(one)
        known = {*_WHOSE, *_PAPERS}
        self._plain = [f.name for f in describe(Score).where("imp") if f.name not in known]

    def absent(self, fields: frozenset[str]) -> tuple[str, ...]:
        """Fields of which a sheet needs at least this one, where it has none of their columns."""
        return () if fields & set(_PAPERS) else ("theory",)

    def judge(self, reading: Reading) -> list[Judged]:
        """Every row of the sheet, each by itself and beside the earlier ones."""
        fields = {heading.field for heading in reading.headings if heading.field}
        doubles = {one.row: one for one in duplicate_problems(map(_person, reading.rows))}
        return [
            self._judged(row, doubles.get(row.number), remark="remark" in fields)
            for row in reading.rows
        ]

    def notes(self, judged: Sequence[Judged]) -> list[Problem]:
        """What the sheet as a whole leaves open."""
        return [*self._early(), *self._left(judged)]

    def _early(self) -> list[Problem]:
        if self.batch.state not in EARLY:
            return []
        here = state_label("Batch", self.batch.state)
        message = f"批次现在是“{here}”：成绩先登记，批次备案并开始考评后才能“成绩录入完毕”"
        return [Problem("scores_early", message, severity="warning")]

    def _left(self, judged: Sequence[Judged]) -> list[Problem]:
        met = {one.row.text("id_number") for one in judged}
        scored = sum(bool(one.scores) for one in self.roster.values())
        left = sum(number not in met for number in self.roster)
        if not left or scored:
            return []
        message = f"名册中还有 {left} 人不在这张成绩表里，请确认是否漏报"
        return [Problem("candidates_left", message, severity="warning")]

    def _judged(self, row: Row, double: Problem | None, *, remark: bool) -> Judged:
        found = [p for p in row.problems if p.field not in _PAPERS]
        candidate = self.roster.get(compact(row.text("id_number")))
        if row.cell("id_number").problem is not None:
            return Judged(row, {}, None, tuple(found))
        if candidate is None:
            return Judged(row, {}, None, (*found, self._stranger(row)))
        if double is not None:
            found.append(double)
        stored = scoring.score_of(candidate)
        papers, objections = self._papers(row, candidate, stored)
        found += [replace(one, row=row.number) for one in self._contradictions(row, candidate)]
        found += [replace(one, row=row.number) for one in objections]
        values, wrong = self.words.values(Score, row, self._plain)
        found += wrong
        if any(problem.severity == "error" for problem in found):
            return Judged(row, {}, stored, tuple(found))
        if remark:
            # The remark says which papers were not sat: it goes with the marks, blank too.
            values.setdefault("remark", "")
        for name, paper in papers.items():
            values |= {name: paper.mark, f"{name}_state": paper.state}
        values["candidate"] = candidate
        return Judged(row, values, stored, tuple(found))

    def _stranger(self, row: Row) -> Problem:
        name, number = row.text("name") or "（无姓名）", row.text("id_number")
        if not number:
            message = f"{name}没有填写证件号码，无法对应名册，请补填"
            return Problem("id_missing", message, "id_number", row.number)
        message = f"{name}（{mask_identity(number)}）不在本批次名册中，"
        others = self.namesakes.get(fold(row.text("name")), [])
        if len(others) == 1:
            message += f"名册中同名者的号码为{mask_identity(others[0].id_number)}，请核对证件号码"
        else:
            message += "请核对证件号码和批次"
        return Problem("not_on_roster", message, "id_number", row.number)

    def _contradictions(self, row: Row, candidate: Candidate) -> list[Problem]:
        """Where the row names the person, work type or level otherwise than the roster."""
        found: list[Problem] = []
        name = row.text("name")
        if name and fold(name) != fold(candidate.name):
            message = f"名册中该证件号码的姓名是“{candidate.name}”，表中写的是“{name}”，请核对"
            found.append(Problem("name_mismatch", message, "name"))
        known = {candidate.occupation.name, candidate.work_type.name}
        for field, label, right in (
            ("occupation", "申报职业", candidate.occupation.name),
            ("work_type", "申报工种", candidate.work_type.name),
        ):
            written = row.text(field)
            if (
                written
                and not {self.applied.occupation(written), self.applied.work_type(written)} & known
            ):
                message = (
                    f"名册中{candidate.name}的{label}是“{right}”，表中写的是“{written}”，请核对"
                )
                found.append(Problem(f"{field}_mismatch", message, field))
        return found + self._level_contradiction(row.text("level"), candidate)

    def _level_contradiction(self, text: str, candidate: Candidate) -> list[Problem]:
        if not text:
            return []
        digit = self.applied.digit(text)
        if digit is None:
            return level_problems(text, self.applied.levels.names)
        if digit == candidate.level.digit:
            return []
        right = candidate.level.name
        message = f"名册中{candidate.name}的申报等级是“{right}”，表中写的是“{text}”，请核对"
        return [Problem("level_mismatch", message, "level")]

    def _papers(
        self, row: Row, candidate: Candidate, stored: Score | None
    ) -> tuple[dict[PaperName, Paper], list[Problem]]:
        """The candidate's papers after this row, and what is wrong with their cells."""
        asked = self.outcomes.rule(candidate).papers
        carried = scoring.carried(candidate)
        papers = scoring.papers_of(stored)
        found: list[Problem] = []
        given = False
        for name in _PAPERS:
            paper, problems = _read_paper(row.cell(name), name, asked.get(name))
            found += problems
            given |= paper is not None or bool(problems)
            if paper is not None:
                papers[name] = paper
            if name in asked and name not in carried:
                continue
            if row.text(name) and papers[name] != Paper():
                found.append(_not_sat(candidate, name, carried.get(name)))
            del papers[name]
        remark = row.text("remark")
        found += remark_problems(papers, remark)
        papers = papers_with_remark(papers, remark)
        if not given and state_from_text(remark) is None:
            message = "没有成绩：缺考、违纪、缓考请在备注栏注明，尚未考试的请删去该行"
            found.append(Problem("marks_missing", message, "theory"))
        return papers, found


def _read_paper(
    cell: Cell, name: PaperName, asked: PaperRule | None
) -> tuple[Paper | None, list[Problem]]:
    """The paper that a cell speaks of; None for a blank one."""
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


def _not_sat(candidate: Candidate, name: PaperName, earlier: Decimal | None) -> Problem:
    """A mark of a paper that the candidate does not sit: none of the level, or carried over."""
    if earlier is not None:
        mark = shown_mark(earlier)
        message = f"{candidate.name}的{PAPER_NAMES[name]}沿用前次的{mark}分，请删去本次成绩"
        return Problem("paper_carried", message, name)
    message = f"{candidate.level.name}不设{PAPER_NAMES[name]}，请删去该成绩"
    return Problem(f"{name}_not_needed", message, name)


def _person(row: Row) -> CandidateRow:
    unread: Any = frozenset({"id_number"}) if row.cell("id_number").problem else frozenset()
    number = row.text("id_number")
    return CandidateRow(row=row.number, name=row.text("name"), id_number=number, unread=unread)
