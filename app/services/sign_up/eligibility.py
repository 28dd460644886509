"""May the candidates of a batch apply for their levels?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from app.core import clock
from app.core.errors import NotFound, Problem
from app.core.records.code_lists import split_aliases
from app.core.scope import AnySession
from app.core.wording import fold
from app.models import Batch, Candidate, EligibilityRoute, Level, Material, Occupation
from app.rules.reference.level import LevelName
from app.rules.sign_up.eligibility import verdict
from app.rules.sign_up.eligibility_facts import Kind, Person, Route
from app.rules.sign_up.eligibility_findings import Case, eligibility_problems, insurance_problems
from app.rules.sign_up.eligibility_verdict import Verdict
from app.services.reference import vocabulary
from app.services.results import retakes

#: Kind of body whose candidates need evidence of social insurance if they apply by years of work.
TRAINER = "trainer"
#: 评价方式 of a batch → the kind of route that it opens.
SPECIAL: Mapping[str, Kind] = {"contest": "contest", "direct": "direct"}
#: States in which the filing has not been submitted yet, or must be submitted again.
UNSENT = frozenset({"draft", "returned"})
_YES_NO: Mapping[str, bool | None] = {"yes": True, "no": False}


@dataclass(frozen=True)
class Routes:
    """The routes in force on a day by (level, occupation id); general ones have None."""

    rows: Mapping[tuple[str, int | None], tuple[Route, ...]]
    levels: tuple[LevelName, ...]

    def of(self, level: str, occupation_id: int | None) -> tuple[Route, ...]:
        """Return the routes to a level; an occupation's own replace the general ones.

        General routes by competition or direct recognition stay unless it has its own of that kind.
        """
        general = self.rows.get((level, None), ())
        own = self.rows.get((level, occupation_id), ()) if occupation_id is not None else ()
        # The standard of an occupation replaces the general pattern as a whole, never route by
        # route.
        if not any(one.kind == "standard" for one in own):
            return (*general, *own)
        special = {one.kind for one in own}
        return (*own, *(g for g in general if g.kind != "standard" and g.kind not in special))

    def ask_age(self, level: str) -> bool:
        """Return whether any route to the level requires an age."""
        found = (rows for (digit, _), rows in self.rows.items() if digit == level)
        return any(one.age is not None for rows in found for one in rows)

    def judge(self, person: Person, level: str, occupation_id: int | None) -> Verdict:
        """Return the verdict on a person for a level (a digit) of an occupation."""
        return verdict(person, level, self.of(level, occupation_id), self.levels)


def sign_up_day(batch: Batch) -> date:
    """Return the day whose edition of the routes applies: submission, or today before it.

    Enterprises register their staff until the roster is submitted (流程三 before 流程五), and no
    table records an earlier day. No other place decides this.
    """
    sent = None if batch.state in UNSENT else batch.submitted_on
    return sent or clock.today()


def problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems of eligibility, insurance evidence and retakes of the roster."""
    insured, all_insured = _insured(session, batch)
    cases = [
        Case(row.serial, verdict, insured=all_insured or row.id in insured)
        for row, verdict in _judged(session, batch, Candidate.batch_id == batch.id)
    ]
    return [
        *eligibility_problems(cases),
        *insurance_problems(cases, trainer=batch.body.kind == TRAINER),
        *retakes.problems(session, batch),
    ]


def answer(
    session: AnySession, person: Person, level: str, occupation: Occupation | None = None
) -> Verdict:
    """Return the verdict on a person who is on no roster, for a level (a digit); no writes."""
    routes = routes_on(session, person.day)
    return routes.judge(person, level, occupation.id if occupation is not None else None)


def occupation_named(session: AnySession, text: str) -> Occupation | None:
    """Return the active occupation with that name, code or alias; None unless exactly one has."""
    wanted = fold(text)
    rows = session.scalars(
        select(Occupation).where(
            Occupation.depth == 4,
            Occupation.active,
            or_(
                Occupation.code == wanted,
                Occupation.name == wanted,
                Occupation.aliases.contains(wanted, autoescape=True),
            ),
        )
    ).all()
    # The database finds parts of aliases too; a whole name or code is meant before an alias.
    exact = [row for row in rows if wanted in (row.name, row.code)]
    meant = exact or [row for row in rows if wanted in split_aliases(row.aliases)]
    return meant[0] if len(meant) == 1 else None


def person_of(session: AnySession, candidate: Candidate) -> Person:
    """Return a candidate's facts on the batch's sign-up day. Raises NotFound outside the scope."""
    for row in session.execute(_people(Candidate.id == candidate.id)):
        return _person(row, candidate.batch, sign_up_day(candidate.batch))
    raise NotFound("没有这名参评人员，或不在您的管辖范围内")


def routes_on(session: AnySession, day: date) -> Routes:
    """Return all routes in force on that day."""
    lower = aliased(Level)
    rows = session.execute(
        select(EligibilityRoute, Level.digit, lower.digit)
        .join(EligibilityRoute.level)
        .join(lower, EligibilityRoute.lower_level_id == lower.id, isouter=True)
        .where(
            EligibilityRoute.valid_from <= day,
            or_(EligibilityRoute.valid_to.is_(None), EligibilityRoute.valid_to >= day),
        )
        .order_by(EligibilityRoute.order, EligibilityRoute.id)
    )
    found: dict[tuple[str, int | None], list[Route]] = {}
    for row, digit, lower_digit in rows:
        found.setdefault((digit, row.occupation_id), []).append(_route(row, lower_digit or ""))
    named = {key: tuple(routes) for key, routes in found.items()}
    return Routes(named, vocabulary.levels(session).names)


def _route(row: EligibilityRoute, lower: str) -> Route:
    return Route(
        number=row.order,
        wording=row.wording.rstrip("。"),
        edition=row.edition,
        kind=row.kind,  # type: ignore[arg-type]
        years=row.years,
        lower=lower,
        years_since_lower=row.years_since_lower,
        graduate=row.graduate,
        in_field=row.in_field,
        final_year=row.final_year,
        title=row.title_rank,
        years_since_title=row.years_since_title,
        age=row.age,
        apprenticeship=row.apprenticeship,
        insurance=row.insurance,
        evidence=tuple(part for part in row.evidence.split("、") if part),
    )


_FACTS = (
    "id", "serial", "occupation_id", "years", "current_date", "current_certificate", "education",
    "school_kind", "major_related", "final_year", "title_rank", "title_date", "apprenticed",
    "birth_date", "basis", "source",
)  # fmt: skip


def _people(which: Any) -> Select[Any]:
    current = aliased(Level)
    columns = [getattr(Candidate, name) for name in _FACTS]
    return (
        select(*columns, Level.digit.label("level"), current.digit.label("current"))
        .select_from(Candidate)
        .join(Level, Candidate.level_id == Level.id)
        .join(current, Candidate.current_level_id == current.id, isouter=True)
        .where(which)
        .order_by(Candidate.serial, Candidate.id)
    )


def _judged(session: AnySession, batch: Batch, which: Any) -> Iterable[tuple[Any, Verdict]]:
    day = sign_up_day(batch)
    routes = routes_on(session, day)
    verdicts: dict[tuple[Person, str, int], Verdict] = {}
    for row in session.execute(_people(which)).all():
        person = _person(row, batch, day)
        if not routes.ask_age(row.level):
            # People often differ only in their birthday, so dropping it lets verdicts be shared.
            person = replace(person, born=None)
        key = (person, row.level, row.occupation_id)
        if key not in verdicts:
            verdicts[key] = routes.judge(*key)
        yield row, verdicts[key]


def _person(row: Any, batch: Batch, day: date) -> Person:
    # Where the row says nothing of it, the 评价对象 of the batch does.
    student = row.source == "student" or (not row.source and batch.target == "student")
    kind = SPECIAL.get(batch.mode or "")
    return Person(
        day=day,
        years=row.years,
        # The roster has a column for it: blank means none, unless a certificate number is given.
        current=row.current or (None if row.current_certificate else ""),
        current_date=row.current_date,
        education=row.education or None,
        school=row.school_kind or None,
        related=_YES_NO.get(row.major_related or ""),
        # A blank means no for people at work, who do not write that they are not students.
        final_year=_YES_NO.get(row.final_year or "", None if student else False),
        title=row.title_rank or None,
        title_date=row.title_date,
        apprenticed=_YES_NO.get(row.apprenticed or ""),
        born=row.birth_date,
        settled=True if row.basis else None,
        kinds=frozenset() if kind is None else frozenset({kind}),
    )


def _insured(session: AnySession, batch: Batch) -> tuple[frozenset[int], bool]:
    """Return candidates' ids with insurance evidence, and whether the batch has it for all."""
    owners: Sequence[int | None] = session.scalars(
        select(Material.candidate_id).where(
            Material.batch_id == batch.id, Material.kind == "social_insurance"
        )
    ).all()
    return frozenset(one for one in owners if one is not None), None in owners
