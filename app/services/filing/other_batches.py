"""Which people and places of this batch does another batch need on the same days?

The look-ups ignore the actor's scope, because a person or room is taken no matter by whom. Results
name another batch only if the actor may see it, and never its people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.core.scope import AnySession
from app.models import Batch, Candidate, Certificate, ExamSession
from app.models.certificates.certificate import ISSUED
from app.rules.exam.exam_facts import Elsewhere, SessionFacts, Sitting
from app.rules.exam.neighbour import Standing, weight
from app.rules.filing.filing_facts import Double
from app.services.filing.other_sessions import (
    GONE,
    PEOPLE,
    cards_elsewhere,
    sessions_that_share,
    sittings_of,
)

_STANDING: dict[str, Standing] = {
    "draft": "open",
    "returned": "open",
    "submitted": "sent",
    "filed": "sent",
    "examining": "sent",
    # Suspended after filing, it may be resumed: its people and rooms are still taken.
    "suspended": "sent",
}


def standing_of(state: str) -> Standing:
    """Return how far a batch in ``state`` has come; any state after the exam is ``held``."""
    return _STANDING.get(state, "held")


def certified_rows(session: AnySession, batch: Batch, before: date) -> list[int]:
    """Return serial numbers of candidates who by ``before`` held what they apply for.

    That is a certificate in force, from another batch, of the same occupation and level.
    """
    found = session.execute(
        select(Candidate.serial)
        .select_from(Candidate)
        .join(
            Certificate,
            and_(
                Certificate.id_number == Candidate.id_number,
                Certificate.occupation_id == Candidate.occupation_id,
                Certificate.level_id == Candidate.level_id,
            ),
        )
        .where(
            Candidate.batch_id == batch.id,
            Certificate.batch_id != batch.id,
            Certificate.state.in_(ISSUED),
            Certificate.issued_on <= before,
        )
        .distinct()
        # Any body may have certified this person; nothing of the certificate is returned.
        .execution_options(unscoped=True)
    )
    return sorted(row.serial for row in found)


class OtherBatches:
    """The batches that examine on ``days`` (sorted) and share people or places with ``batch``."""

    def __init__(self, session: AnySession, batch: Batch, days: Sequence[date]) -> None:
        self._session, self._batch = session, batch
        self._first, self._last = days[0], days[-1]
        self._doubles = self._on_both_rosters()

    def _on_both_rosters(self) -> Sequence[Any]:
        mine, theirs = aliased(Candidate), aliased(Candidate)
        return self._session.execute(
            select(
                mine.serial,
                Batch.id.label("batch_id"),
                Batch.body_id,
                Batch.state,
                Batch.exam_date,
                Batch.exam_end,
                theirs.occupation_id,
                theirs.work_type_id,
                theirs.level_id,
            )
            .select_from(mine)
            .join(
                theirs,
                and_(theirs.id_number == mine.id_number, theirs.batch_id != mine.batch_id),
            )
            .join(Batch, Batch.id == theirs.batch_id)
            .where(
                mine.batch_id == self._batch.id,
                Batch.state != GONE,
                Batch.exam_date <= self._last,
                func.coalesce(Batch.exam_end, Batch.exam_date) >= self._first,
            )
            .order_by(Batch.id, mine.serial)
            # A person cannot sit in two places, even if a body outside the scope enrolled them.
            .execution_options(unscoped=True)
        ).all()

    def found(self, sessions: Sequence[ExamSession]) -> tuple[list[Double], list[Elsewhere]]:
        """Return candidates who are on another roster too, and sessions that conflict."""
        doubled = {row.batch_id for row in self._doubles}
        rows = sessions_that_share(
            self._session, self._batch, self._first, self._last, sessions, doubled
        )
        names = self._names({row.batch_id for row in (*self._doubles, *rows)})
        cards = [
            cards_elsewhere(self._session, self._first, self._last, sessions, table, who)
            for table, who in PEOPLE
        ]
        sittings: dict[tuple[int, ...], list[Sitting]] = {}
        elsewhere = []
        for row in rows:
            key = (row.batch_id, row.occupation_id, row.work_type_id, row.level_id)
            sittings.setdefault(key, []).extend(sittings_of(row))
            severity = self._weight(row)
            if severity is not None:
                facts = SessionFacts(
                    row.exam_date,
                    row.occupation,
                    row.work_type,
                    row.level,
                    row.headcount,
                    supervisors=cards[1].get(row.id, ()),
                    assessors=cards[0].get(row.id, ()),
                    sittings=self._placed(row),
                )
                mine = row.body_id == self._batch.body_id
                elsewhere.append(Elsewhere(self._name(row, names), severity, mine, facts))
        return self._as_doubles(names, sittings), elsewhere

    def _as_doubles(
        self, names: Mapping[int, str], sittings: Mapping[tuple[int, ...], Sequence[Sitting]]
    ) -> list[Double]:
        doubles = []
        for row in self._doubles:
            severity = self._weight(row)
            key = (row.batch_id, row.occupation_id, row.work_type_id, row.level_id)
            if severity is not None:
                last = row.exam_end or row.exam_date
                name = self._name(row, names)
                doubles.append(
                    Double(row.serial, name, severity, row.exam_date, last, sittings.get(key, ()))
                )
        return doubles

    def _placed(self, row: Any) -> tuple[Sitting, ...]:
        """Return the sittings, without places in another city, where equal names mean nothing."""
        found = sittings_of(row)
        if row.city_centre_id == self._batch.city_centre_id:
            return found
        return tuple(replace(one, place="") for one in found)

    def _weight(self, row: Any) -> Any:
        mine, theirs = standing_of(self._batch.state), standing_of(row.state)
        return weight(mine, theirs, same_body=row.body_id == self._batch.body_id)

    def _name(self, row: Any, names: Mapping[int, str]) -> str:
        known = names.get(row.batch_id)
        return f"批次{known}" if known else "另一评价机构的批次"

    def _names(self, ids: Iterable[int]) -> dict[int, str]:
        """Map id → number for the batches that the actor may see; others stay unnamed."""
        seen = select(Batch.id, Batch.no).where(Batch.id.in_(sorted(ids)))
        return dict(self._session.execute(seen).all())
