"""How does a grid show the marks of a batch, with a line per candidate, scored or not?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.core.bulk.grid_lines import Line, OwnRows, loading
from app.core.outside import as_key
from app.core.records import editable
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Batch, Candidate, Score
from app.rules.results.scoring import PAPER_NAMES, shown_mark, state_from_text
from app.services.results import scoring

_NOT_SAT = frozenset({"absent", "deferred"})


class ScoreRows(OwnRows):
    """Grid rows of marks: a line per candidate; its score is created when first filled in.

    Columns whose name starts with a dot belong to the candidate.
    """

    def lines(self, ids: Sequence[str]) -> dict[str, Line]:
        """Return the lines of the candidates with these ids, by id."""
        keys = [key for one in ids if (key := as_key(one)) is not None]
        beside = tuple(name[1:] for name in self.names if name.startswith("."))
        people = self.session.scalars(
            select(Candidate)
            .where(Candidate.id.in_(keys))
            .options(
                *loading(Candidate, beside),
                joinedload(Candidate.occupation),
                joinedload(Candidate.scores),
            )
        ).unique()
        closed: dict[int, str] = {}
        judges: dict[int, scoring.Outcomes] = {}
        lines = {str(one.id): self._line(one, closed, judges) for one in people}
        return {one: lines[one] for one in ids if one in lines}

    def _line(
        self, person: Candidate, closed: dict[int, str], judges: dict[int, scoring.Outcomes]
    ) -> Line:
        score = person.scores[0] if person.scores else None
        if score is not None:
            why = editable.may_edit(self.session, self.actor, score)
        else:
            if person.batch_id not in closed:
                closed[person.batch_id] = _closed_to(self.session, self.actor, person.batch)
            why = closed[person.batch_id]
        if person.batch_id not in judges:
            judges[person.batch_id] = scoring.outcomes(self.session, person.batch)
        locks = _not_sat(person, judges[person.batch_id])
        given = {"candidate": person, "batch": person.batch}
        return Line(str(person.id), score, given, person, why, locks)

    def prepared(self, line: Line, cells: Mapping[str, str]) -> dict[str, str]:
        """Turn a word such as 缺考 in a mark's cell into a state, and reset the state on a mark."""
        found = dict(cells)
        for name in PAPER_NAMES:
            text, state = found.get(name, ""), f"{name}_state"
            meant = state_from_text(text) if text else None
            if meant is not None:
                found |= {name: "", state: self._reader(Score).write(state, meant)}
            elif text and state not in found and getattr(line.item, state, "") in _NOT_SAT:
                found[state] = self._reader(Score).write(state, "normal")
        return found


def candidates_of(session: AnySession, scores: Sequence[int]) -> list[int]:
    """Return the candidates' ids for these scores, in the same order."""
    found = select(Score.id, Score.candidate_id).where(Score.id.in_(scores))
    people = {row.id: row.candidate_id for row in session.execute(found)}
    return [people[key] for key in scores if key in people]


def _not_sat(person: Candidate, judge: scoring.Outcomes) -> dict[str, str]:
    """Map field → why it is locked: the paper is not asked for, or its mark is carried over."""
    asked, carried = judge.pass_rule(person).papers, scoring.carried(person)
    locks: dict[str, str] = {}
    for name, label in PAPER_NAMES.items():
        if name in carried:
            said = f"{label}沿用前次的{shown_mark(carried[name])}分"
        elif name not in asked:
            said = f"{person.level.name}不设{label}"
        else:
            continue
        locks |= {name: said, f"{name}_state": said}
    return locks


def _closed_to(session: AnySession, actor: Actor, batch: Batch) -> str:
    """Return why no score can be added to the batch; empty if one can."""
    with session.no_autoflush:
        return editable.may_edit(session, actor, Score(batch=batch))
