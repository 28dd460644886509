"""What is each candidate's outcome under the pass rules of the batch's plan?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.records.read_once import read_once
from app.core.scope import AnySession
from app.models import Batch, Candidate, Level, PlanPassRule, Score
from app.rules.commissions.pass_rule import For
from app.rules.results.results import CandidateResult
from app.rules.results.scoring import (
    Outcome,
    Paper,
    PaperName,
    PaperRule,
    PassRule,
    outcome,
    usual_pass_rule,
)

PAPERS: tuple[PaperName, ...] = ("theory", "practical", "review")

_KEPT = {True: "passed", False: "failed", None: ""}


@dataclass(frozen=True)
class Outcomes:
    """The pass rules of a batch: those of its plan, most specific first, else the usual ones."""

    pass_rules: tuple[tuple[For, PassRule], ...] = ()

    def pass_rule(self, candidate: Candidate) -> PassRule:
        """Return the pass rule that applies to the candidate."""
        level = candidate.level.digit
        for whom, pass_rule in self.pass_rules:
            if whom.covers(candidate.occupation.id, level):
                return pass_rule
        return usual_pass_rule(level)

    def of(self, candidate: Candidate) -> Outcome:
        """Return the candidate's outcome; without a score it is 未完成."""
        return self.of_score(candidate, score_of(candidate))

    def of_score(self, candidate: Candidate, score: Score | None) -> Outcome:
        """Return the candidate's outcome under a score, which may not be stored yet."""
        return outcome(papers(candidate, score), self.pass_rule(candidate))

    def judge(self, score: Score) -> None:
        """Set ``score.outcome`` from its marks."""
        found = self.of_score(score.candidate, score)
        score.outcome = "deferred" if found.text == "缓考" else _KEPT[found.passed]


def outcomes(session: AnySession, batch: Batch) -> Outcomes:
    """Return the batch's pass rules; one SQL statement, none for a batch without plan."""
    plan_id = batch.plan.id if batch.plan is not None else batch.plan_id
    return Outcomes() if plan_id is None else _of_plan(session, plan_id)


@read_once
def _of_plan(session: AnySession, plan_id: int) -> Outcomes:
    return outcomes_of_plans(session, (plan_id,)).get(plan_id, Outcomes())


def outcomes_of_plans(session: AnySession, plan_ids: Iterable[int]) -> dict[int, Outcomes]:
    """Map plan id → pass rules in one SQL statement; plans without rules are left out."""
    rows = session.execute(
        select(PlanPassRule, Level.digit)
        .join(PlanPassRule.level, isouter=True)
        .where(PlanPassRule.plan_id.in_(set(plan_ids)))
        .order_by(PlanPassRule.id)
    )
    found: dict[int, list[tuple[For, PassRule]]] = {}
    for row, digit in rows:
        found.setdefault(row.plan_id, []).append((For(row.occupation_id, digit), pass_rule_of(row)))
    for pass_rules in found.values():
        pass_rules.sort(key=lambda one: one[0].closeness, reverse=True)
    return {plan_id: Outcomes(tuple(pass_rules)) for plan_id, pass_rules in found.items()}


def pass_rule_of(row: PlanPassRule) -> PassRule:
    """Return a row of 合格规则 as input to the rules."""
    asked: dict[str, PaperRule | None] = {}
    for name in PAPERS:
        least = getattr(row, f"{name}_pass")
        full = getattr(row, f"{name}_full")
        asked[name] = (
            None
            if least is None
            else PaperRule(
                Decimal(least),
                Decimal(100 if full is None else full),
                getattr(row, f"{name}_weight"),
            )
        )
    return PassRule(asked["theory"], asked["practical"], asked["review"], row.total_pass)


def carried(candidate: Candidate) -> dict[PaperName, Decimal]:
    """Return the marks carried over from an earlier examination, by paper."""
    marks = {name: getattr(candidate, f"{name}_carried") for name in PAPERS}
    return {name: mark for name, mark in marks.items() if mark is not None}


def sit_again(candidate: Candidate) -> None:
    """Make the candidate sit every paper: drop the link and the marks carried over."""
    candidate.attempt, candidate.retake_of_id = "new", None
    for name in PAPERS:
        setattr(candidate, f"{name}_carried", None)


def papers(candidate: Candidate, score: Score | None) -> Mapping[PaperName, Paper]:
    """Return all papers as input to the rules, with carried marks in place of the score's."""
    found = papers_of(score)
    return found | {name: Paper(mark) for name, mark in carried(candidate).items()}


def papers_of(score: Score | None) -> dict[PaperName, Paper]:
    """Return the papers of a score; without one, all are blank."""
    return {
        name: Paper()
        if score is None
        else Paper(getattr(score, name), getattr(score, f"{name}_state") or "normal")
        for name in PAPERS
    }


def judge(session: AnySession, score: Score) -> None:
    """Set the outcome of one score from its marks."""
    outcomes(session, score.candidate.batch).judge(score)


def judge_again(session: AnySession, batch: Batch) -> None:
    """Recompute the outcomes of the batch after its roster changed levels."""
    session.flush()
    found = outcomes(session, batch)
    rows = session.scalars(
        select(Score)
        .where(Score.batch_id == batch.id)
        .options(
            joinedload(Score.candidate).joinedload(Candidate.level),
            joinedload(Score.candidate).joinedload(Candidate.occupation),
        )
        # An import writes only level ids, so reload the related rows.
        .execution_options(populate_existing=True)
    )
    for score in rows:
        found.judge(score)
    session.flush()


def candidates_with_scores(session: AnySession, batch: Batch) -> Sequence[Candidate]:
    """Return the batch's candidates in roster order, with related rows and score loaded."""
    return (
        session.scalars(
            select(Candidate)
            .where(Candidate.batch_id == batch.id)
            .options(
                joinedload(Candidate.occupation),
                joinedload(Candidate.work_type),
                joinedload(Candidate.level),
                joinedload(Candidate.current_level),
                joinedload(Candidate.scores),
            )
            .order_by(Candidate.serial, Candidate.id)
        )
        .unique()
        .all()
    )


def score_of(candidate: Candidate) -> Score | None:
    """Return the candidate's score, or None."""
    return candidate.scores[0] if candidate.scores else None


def results(session: AnySession, batch: Batch) -> list[CandidateResult]:
    """Return the outcomes of the batch's candidates as input to ``count_results``."""
    return results_of(candidates_with_scores(session, batch), outcomes(session, batch))


def results_of(candidates: Sequence[Candidate], found: Outcomes) -> list[CandidateResult]:
    """Return the outcomes of these candidates as input to ``count_results``."""
    return [
        CandidateResult(
            one.name, one.occupation.name, one.work_type.name, one.level.digit, found.of(one)
        )
        for one in candidates
    ]
