"""How is a batch taken from commission to archive, by the right people on plausible days?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.core import clock, importing, scope
from app.core.declarations.behaviour import procedure_of
from app.core.errors import RulesBroken
from app.core.records import record
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import moves
from app.models import Batch, Body
from app.services import publicities
from app.services.demonstration import missing_cards, preparations, stand_ins, workbook_facts
from app.services.reference.terms import calendar, terms

LEAD = timedelta(days=7)


@dataclass(frozen=True)
class Workbook:
    """An uploaded workbook: its name and bytes."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Workbooks:
    """The three workbooks of a batch."""

    roster: Workbook
    arrangement: Workbook
    scores: Workbook


class Walk:
    """One batch on its way; each move is made on its day by someone who is entitled to it."""

    def __init__(self, session: AnySession, clerk: Actor, body: Body, files: Workbooks) -> None:
        self.session, self.clerk, self.body, self.files = session, clerk, body, files
        self.calendar = calendar(session)
        self.days = workbook_facts.exam_days(files.arrangement.content, files.arrangement.filename)
        self.day = clock.today() if clock.is_set() else self._usual_start()
        self.batch: Batch

    def _usual_start(self) -> date:
        latest = self.calendar.latest_submission(self.days[0], terms().filing_whole_days)
        return latest - LEAD

    def prepare(self, name: str = "") -> Batch:
        """Create the batch, import roster and arrangement, and add all that the filing needs."""
        with clock.set_to(self.day), scope.acting(self.session, self.clerk):
            self._open(name)
            self._import("roster", self.files.roster)
            missing_cards.register(self.session, self.clerk, self.body, self._named(), self.days)
            self._import("arrangement", self.files.arrangement)
            bound = preparations.agreement(self.session, self.clerk, self.body, self.days[0])
            preparations.papers(self.session, self.clerk, self.batch, bound)
            preparations.statement(self.session, self.clerk, self.batch)
        return self.batch

    def _open(self, name: str) -> None:
        session, clerk, body = self.session, self.clerk, self.body
        roster = self.files.roster
        employer_name = workbook_facts.usual_employer(roster.content, roster.filename)
        own = employer_name in ("", body.name)
        employer = (
            None if own else preparations.enterprise_named(session, clerk, body, employer_name)
        )
        batch = Batch(
            body=body,
            name=name or f"{employer_name or body.name}{self._month()}职业技能等级认定",
            exam_date=self.days[0],
            exam_end=self.days[-1] if len(self.days) > 1 else None,
            enterprise=employer,
            plan=preparations.published_plan(session, clerk, body, employer, self.days[0]),
            commission=(
                None
                if employer is None
                else preparations.commission(session, clerk, body, employer)
            ),
            target="own_staff" if own else "commissioned",
            place=body.region.name,
            promise_public=True,
            roster_checked=True,
            roster_approved=True,
        )
        record.add(session, clerk, batch)
        self.batch = batch

    def _month(self) -> str:
        return f"{self.days[0].year}年{self.days[0].month}月"

    def _named(self) -> workbook_facts.Named:
        file = self.files.arrangement
        return workbook_facts.people_named(file.content, file.filename)

    def _import(self, kind: str, file: Workbook) -> None:
        result = importing.accept(
            self.session, self.clerk, self.batch, kind, file.content, file.filename
        )
        if result.problems:
            raise RulesBroken(
                result.problems,
                f"“{file.filename}”里有 {result.counts.refused} 行有问题，请改正后重新办理",
            )

    def to(self, state: str) -> Batch:
        """Make the moves of the usual course until the batch is in ``state``; return the batch."""
        for name, take in self._way():
            take()
            if name == state:
                break
        return self.batch

    def _way(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("submitted", self._submit),
            ("filed", lambda: self._take("file", self._next_workday(), "审核无误，同意备案")),
            ("examining", self._begin_exam),
            ("scored", self._score),
            ("publicising", lambda: self._take("publicise", self._next_workday())),
            ("results_submitted", self._submit_results),
            (
                "results_reviewed",
                lambda: self._take("review_results", self._next_workday(), "结果审核无误"),
            ),
            ("registered", lambda: self._take("register", self._next_workday(), "已备案上网")),
            ("certified", lambda: self._take("certify", self._next_workday())),
            ("archived", lambda: self._take("archive", self._next_workday())),
        )

    def _submit(self) -> None:
        latest = self.calendar.latest_submission(self.days[0], terms().filing_whole_days)
        self._take("submit", max(self.day, min(self._next_workday(), latest)))

    def _begin_exam(self) -> None:
        self._take("begin_exam", self.days[0])
        with clock.set_to(self.day):
            preparations.supervision(self.session, self.batch)

    def _score(self) -> None:
        self.day = max(self.day, self.days[-1])
        day = self._next_workday()
        with clock.set_to(day), scope.acting(self.session, self.clerk):
            self._import("scores", self.files.scores)
        self._take("score", day)

    def _submit_results(self) -> None:
        with scope.acting(self.session, self.clerk):
            publicity = publicities.publicity_of(self.session, self.batch)
            if publicity is not None and publicity.closes_on is not None:
                self.day = publicity.closes_on
                with clock.set_to(self.day):
                    moves.act(self.session, self.clerk, publicity, "close", "公示期满无异议")
        self._take("submit_results", self._next_workday())

    def _take(self, move: str, day: date, note: str = "") -> None:
        self.day = day
        procedure = procedure_of("Batch")
        actor = stand_ins.authority(self.session, procedure, self.batch, procedure.move(move))
        with clock.set_to(day), scope.acting(self.session, actor):
            moves.act(self.session, actor, self.batch, move, note)

    def _next_workday(self) -> date:
        return self.calendar.add_workdays(self.day, 1)
