"""Who in this batch resits papers, and which earlier marks are carried over?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from app.core.errors import NotPermitted, Problem, WrongState
from app.core.records import editable
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Batch, Candidate
from app.rules.results.retake import Earlier, carried_marks, earlier_to_sit_again, retake_problems
from app.rules.results.scoring import PaperName
from app.services.reference.terms import terms
from app.services.results import scoring

#: States of a batch whose scores are complete.
CONCLUDED = (
    "scored", "publicising", "results_submitted", "results_returned", "results_reviewed",
    "registered", "certified", "archived",
)  # fmt: skip


@dataclass(frozen=True)
class Offer:
    """A candidate of the batch and the earlier application to which they may be linked.

    ``carried`` are the marks carried over, ``sits`` the papers to sit in this examination.
    """

    candidate: Candidate
    earlier: Earlier
    carried: Mapping[PaperName, Decimal]
    sits: tuple[PaperName, ...]


def offers(session: AnySession, batch: Batch, attempt: str = "") -> list[Offer]:
    """Return the unlinked candidates who may resit an earlier examination, by identity.

    ``attempt`` restricts them to candidates entered as such. Only results in the actor's scope
    count: a retake with another body is not offered. Runs a fixed number of SQL statements.
    """
    people = _unlinked(session, batch, attempt)
    if not people:
        return []
    earlier = _earlier_applications(session, batch)
    pass_rules = _pass_rules(session, (one.batch for one in earlier))
    now = scoring.outcomes(session, batch)
    found: dict[_Whose, list[Earlier]] = {}
    for before in earlier:
        found.setdefault(_whose(before), []).append(_earlier(before, pass_rules[before.batch_id]))
    made = []
    for person in people:
        known = found.get(_whose(person), ())
        best = earlier_to_sit_again(known, batch.exam_date, terms().retake_months)
        if best is not None:
            pass_rule = now.pass_rule(person)
            kept = carried_marks(best, pass_rule)
            made.append(
                Offer(person, best, kept, tuple(p for p in pass_rule.papers if p not in kept))
            )
    return made


def link(session: AnySession, actor: Actor, batch: Batch, keys: Iterable[int]) -> int:
    """Register the offered candidates with these ids as retakes; return how many.

    Ids that are not on offer (any more) are ignored. Raises NotPermitted and WrongState as a change
    of the roster does.
    """
    wanted = set(keys)
    # Offered again now: ids come from a page that may be old.
    chosen = [one for one in offers(session, batch) if one.candidate.id in wanted]
    if not chosen:
        return 0
    why = editable.may_edit(session, actor, chosen[0].candidate)
    if why:
        open_to = editable.frozen_reason(chosen[0].candidate)
        raise (WrongState if open_to else NotPermitted)(why)
    with transaction(session, actor, operation="retakes"):
        for one in chosen:
            put(one)
        session.flush()
        # Carried marks decide outcomes that were judged without them.
        scoring.judge_again(session, batch)
    return len(chosen)


def put(offer: Offer) -> None:
    """Link the candidate to the earlier application and carry its marks over."""
    person = offer.candidate
    person.attempt, person.retake_of_id = "retake", offer.earlier.key
    for name in scoring.PAPERS:
        setattr(person, f"{name}_carried", offer.carried.get(name))


def follow_roster(session: AnySession, batch: Batch) -> None:
    """Link candidates entered as 补考 to known earlier results; unlink those entered as 新考."""
    for one in offers(session, batch, "retake"):
        put(one)
    retaking = select(Candidate).where(
        Candidate.batch_id == batch.id,
        Candidate.attempt == "new",
        Candidate.retake_of_id.is_not(None),
    )
    for person in session.scalars(retaking):
        scoring.sit_again(person)
    session.flush()


def problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return a warning for candidates entered as 补考 without a linked earlier result."""
    return retake_problems(
        session.scalars(
            select(Candidate.serial)
            .where(
                Candidate.batch_id == batch.id,
                Candidate.attempt == "retake",
                Candidate.retake_of_id.is_(None),
            )
            .order_by(Candidate.serial)
        )
    )


def linked(session: AnySession, batch: Batch) -> Sequence[Candidate]:
    """Return the batch's linked candidates, with the earlier application where in scope."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.batch_id == batch.id, Candidate.retake_of_id.is_not(None))
        .options(
            joinedload(Candidate.retake_of).joinedload(Candidate.batch),
            joinedload(Candidate.work_type),
            joinedload(Candidate.occupation),
            joinedload(Candidate.level),
        )
        .order_by(Candidate.serial)
    ).all()


_Whose = tuple[str, str, int, int]


def _whose(one: Candidate) -> _Whose:
    """Return the key by which two applications are of one person for one occupation and level."""
    return (one.document_kind, one.id_number, one.occupation_id, one.level_id)


def _unlinked(session: AnySession, batch: Batch, attempt: str) -> Sequence[Candidate]:
    wanted = [Candidate.attempt == attempt] if attempt else []
    return session.scalars(
        select(Candidate)
        .where(Candidate.batch_id == batch.id, Candidate.retake_of_id.is_(None), *wanted)
        .options(
            joinedload(Candidate.occupation),
            joinedload(Candidate.level),
            joinedload(Candidate.work_type),
        )
        .order_by(Candidate.serial, Candidate.id)
    ).all()


def _earlier_applications(session: AnySession, batch: Batch) -> Sequence[Candidate]:
    """Return earlier applications of this roster's people for the same occupation and level."""
    # Alias the table: an aliased entity would receive the scope filter meant for Candidate.
    here = cast(Table, Candidate.__table__).alias("here")
    same = exists().where(
        here.c.batch_id == batch.id,
        here.c.id_number == Candidate.id_number,
        here.c.document_kind == Candidate.document_kind,
        here.c.occupation_id == Candidate.occupation_id,
        here.c.level_id == Candidate.level_id,
    )
    return (
        session.scalars(
            select(Candidate)
            .join(Candidate.batch)
            .where(
                Candidate.batch_id != batch.id,
                Batch.state.in_(CONCLUDED),
                Batch.exam_date < batch.exam_date,
                same,
            )
            .options(
                contains_eager(Candidate.batch),
                joinedload(Candidate.occupation),
                joinedload(Candidate.level),
                joinedload(Candidate.scores),
            )
        )
        .unique()
        .all()
    )


def _pass_rules(session: AnySession, batches: Iterable[Batch]) -> dict[int, scoring.Outcomes]:
    """Map batch id → its pass rules; one SQL statement for all plans."""
    plans = {one.id: one.plan_id for one in batches}
    known = scoring.outcomes_of_plans(session, {plan for plan in plans.values() if plan})
    return {key: known.get(plan or 0, scoring.Outcomes()) for key, plan in plans.items()}


def _earlier(before: Candidate, outcomes: scoring.Outcomes) -> Earlier:
    return Earlier(
        key=before.id,
        batch_no=before.batch.no,
        exam_date=before.batch.exam_date,
        papers=scoring.papers(before, scoring.score_of(before)),
        pass_rule=outcomes.pass_rule(before),
        outcome=outcomes.of(before),
    )
