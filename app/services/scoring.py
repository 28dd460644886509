"""What is a candidate's outcome, and what do a batch's outcomes add up to?"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.models import Batch, Candidate, Level, Score
from app.rules.results import CandidateResult
from app.rules.scoring import Outcome, Paper, outcome
from app.scope import AnySession


def papers(score: Score) -> tuple[Paper, Paper, Paper]:
    """Theory, practical and review of a score row as the rules take them."""
    return (
        Paper(score.theory, score.theory_state or "normal"),  # type: ignore[arg-type]
        Paper(score.practical, score.practical_state or "normal"),  # type: ignore[arg-type]
        Paper(score.review, score.review_state or "normal"),  # type: ignore[arg-type]
    )


def outcome_of(score: Score | None, level: str) -> Outcome:
    """The outcome of a score row for a level's digit; no row at all is 未完成."""
    if score is None:
        return outcome(level, Paper(), Paper(), Paper())
    return outcome(level, *papers(score))


_KEPT = {True: "passed", False: "failed", None: ""}


def judge(score: Score, level: str) -> None:
    """Write the outcome that follows from the marks into the row."""
    score.outcome = _KEPT[outcome_of(score, level).passed]


def judge_again(session: AnySession, batch: Batch) -> None:
    """Let the outcomes follow levels that the roster has changed; one statement to ask."""
    rows = session.execute(
        select(Score, Level.digit)
        .join(Score.candidate)
        .join(Candidate.level)
        .where(Score.batch_id == batch.id)
    )
    for score, digit in rows:
        judge(score, digit)
    session.flush()


def candidates_with_scores(session: AnySession, batch: Batch) -> Sequence[Candidate]:
    """The batch's candidates in roster order with occupation, level and score; two statements."""
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
    """The candidate's score row, if there is one."""
    return candidate.scores[0] if candidate.scores else None


def results(candidates: Sequence[Candidate]) -> list[CandidateResult]:
    """The outcomes of the candidates as the rules count them."""
    return [
        CandidateResult(
            one.name,
            one.occupation.name,
            one.work_type.name,
            one.level.digit,
            outcome_of(score_of(one), one.level.digit),
        )
        for one in candidates
    ]
