"""How does a whole batch go, from commission to archive, as the right people on plausible days?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app import clock, scope
from app.errors import RulesBroken
from app.models import Batch, Body, Certificate, CertificateSegment, Score
from app.roles import Actor
from app.scope import AnySession
from app.services import act, consequences, glance, groundwork, importing, official, people, record
from app.services.act import steps_of
from app.services.terms import calendar, terms
from app.workflow.tables import TABLES, state_label

LEAD = timedelta(days=7)


@dataclass(frozen=True)
class Workbook:
    """A workbook as it was handed in."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Workbooks:
    """The three workbooks of a batch."""

    roster: Workbook
    arrangement: Workbook
    scores: Workbook


class Walk:
    """One batch on its way; each step is taken on its day by the person it belongs to."""

    def __init__(self, session: AnySession, clerk: Actor, body: Body, files: Workbooks) -> None:
        self.session, self.clerk, self.body, self.files = session, clerk, body, files
        self.calendar = calendar(session)
        self.days = glance.exam_days(files.arrangement.content, files.arrangement.filename)
        self.day = clock.today() if clock.is_set() else self._usual_start()
        self.batch: Batch

    def _usual_start(self) -> date:
        latest = self.calendar.latest_submission(self.days[0], terms().filing_whole_days)
        return latest - LEAD

    def prepare(self, name: str = "") -> Batch:
        """Open the batch with everything that its filing needs; both workbooks are imported."""
        with clock.set_to(self.day), scope.acting(self.session, self.clerk):
            self._open(name)
            self._import("roster", self.files.roster)
            groundwork.cards(self.session, self.clerk, self.body, self._named(), self.days)
            self._import("arrangement", self.files.arrangement)
            bound = groundwork.agreement(self.session, self.clerk, self.body, self.days[0])
            groundwork.papers(self.session, self.clerk, self.batch, bound)
            groundwork.statement(self.session, self.clerk, self.batch)
        return self.batch

    def _open(self, name: str) -> None:
        session, clerk, body = self.session, self.clerk, self.body
        roster = self.files.roster
        employer_name = glance.usual_employer(roster.content, roster.filename)
        own = employer_name in ("", body.name)
        employer = None if own else groundwork.enterprise_named(session, clerk, body, employer_name)
        batch = Batch(
            body=body,
            name=name
            or f"{employer_name or body.name}{self.days[0].year}年{self.days[0].month}月职业技能等级认定",
            exam_date=self.days[0],
            exam_end=self.days[-1] if len(self.days) > 1 else None,
            enterprise=employer,
            plan=groundwork.published_plan(session, clerk, body, employer, self.days[0]),
            commission=(
                None if employer is None else groundwork.commission(session, clerk, body, employer)
            ),
            target="own_staff" if own else "commissioned",
            place=body.region.name,
            promise_public=True,
            roster_checked=True,
            roster_approved=True,
        )
        record.add(session, clerk, batch)
        self.batch = batch

    def _named(self) -> glance.Named:
        file = self.files.arrangement
        return glance.people_named(file.content, file.filename)

    def _import(self, kind: str, file: Workbook) -> None:
        result = importing.accept(
            self.session, self.clerk, self.batch, kind, file.content, file.filename
        )
        if result.problems:
            raise RulesBroken(
                result.problems,
                f"“{file.filename}”里有 {result.counts.refused} 行"
                "有问题，请先改正：" + result.problems[0].message,
            )

    def to(self, state: str) -> Batch:
        """Go on until the batch stands in ``state`` of the usual way, archived being the last."""
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
            groundwork.supervision(self.session, self.batch)

    def _score(self) -> None:
        self.day = max(self.day, self.days[-1])
        day = self._next_workday()
        with clock.set_to(day), scope.acting(self.session, self.clerk):
            self._import("scores", self.files.scores)
        self._take("score", day)

    def _submit_results(self) -> None:
        with scope.acting(self.session, self.clerk):
            publicity = consequences.publicity_of(self.session, self.batch)
            if publicity is not None and publicity.closes_on is not None:
                self.day = publicity.closes_on
                with clock.set_to(self.day):
                    act.act(self.session, self.clerk, publicity, "close", "公示期满无异议")
        self._take("submit_results", self._next_workday())

    def _take(self, move: str, day: date, note: str = "") -> None:
        self.day = day
        table = TABLES["Batch"]
        actor = people.authority(self.session, table, self.batch, table.move(move))
        with clock.set_to(day), scope.acting(self.session, actor):
            act.act(self.session, actor, self.batch, move, note)

    def _next_workday(self) -> date:
        return self.calendar.add_workdays(self.day, 1)


def demonstrate(
    session: AnySession, clerk: Actor, body_code: str, files: Workbooks, out: Path
) -> dict[str, Any]:
    """Walk a batch under the body through all states and write its tables and a report to ``out``.

    Returns the batch's number, its figures and the files written. Raises what the services raise.
    """
    with scope.acting(session, clerk):
        body = session.scalars(select(Body).where(Body.code == body_code)).one()
    walk = Walk(session, clerk, body, files)
    walk.prepare()
    batch = walk.to("archived")
    with scope.acting(session, clerk):
        return _deliver(session, clerk, batch, out)


def _deliver(session: AnySession, clerk: Actor, batch: Batch, out: Path) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, _title in official.KINDS:
        table = official.table(session, clerk, batch, kind)
        (out / table.filename).write_bytes(table.content)
        written.append(table.filename)
    answer = {"batch": batch.no, **figures(session, batch), "files": written}
    report = out / f"{batch.no}-办理报告.md"
    report.write_text(_report(session, batch, answer), encoding="utf-8")
    answer["files"] = [*written, report.name]
    return answer


def figures(session: AnySession, batch: Batch) -> dict[str, Any]:
    """State and counts of a batch, with its number segments."""
    outcomes = Counter(
        dict(
            session.execute(
                select(Score.outcome, func.count())
                .where(Score.batch_id == batch.id)
                .group_by(Score.outcome)
            ).all()
        )
    )
    segments = session.scalars(
        select(CertificateSegment)
        .where(CertificateSegment.batch_id == batch.id)
        .order_by(CertificateSegment.first_number)
    ).all()
    issued = session.scalar(
        select(func.count()).select_from(Certificate).where(Certificate.batch_id == batch.id)
    )
    return {
        "state": batch.state,
        "candidates": outcomes.total(),
        "passed": outcomes["passed"],
        "certificates": int(issued or 0),
        "segments": [
            {"first": one.first_number, "last": one.last_number, "count": one.count}
            for one in segments
        ],
    }


def _report(session: AnySession, batch: Batch, answer: dict[str, Any]) -> str:
    lines = [
        f"# {batch.no} {batch.name}",
        "",
        f"- 评价机构：{batch.body.name}（{batch.body.code}）",
        f"- 认定日期：{batch.exam_date}",
        f"- 状态：{state_label('Batch', batch.state)}",
        f"- 参评 {answer['candidates']} 人",
        f"- 合格 {answer['passed']} 人，证书 {answer['certificates']} 本",
        "",
        "## 办理过程",
        "",
        "| 日期 | 办理 | 状态 | 办理人 | 意见 |",
        "|---|---|---|---|---|",
    ]
    table = TABLES["Batch"]
    for step in steps_of(session, batch):
        label = "建立" if step.move == "create" else table.move(step.move).label
        state = state_label("Batch", step.target)
        lines.append(
            f"| {step.at:%Y-%m-%d} | {label} | {state} | {step.actor_name} | {step.note} |"
        )
    lines += ["", "## 证书号段", ""]
    lines += [f"- {one['first']} 至 {one['last']}，{one['count']} 本" for one in answer["segments"]]
    return "\n".join([*lines, ""])
