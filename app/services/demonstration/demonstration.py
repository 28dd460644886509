"""How does a demonstration produce an archived batch, its tables and a report?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.core import scope
from app.core.declarations.behaviour import procedure_of, state_label
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow.moves import steps_of
from app.models import Batch, Body, Certificate, CertificateSegment, Score
from app.services.demonstration import workbook_facts
from app.services.demonstration.batch_walk import Walk, Workbook, Workbooks
from app.services.documents import documents

#: The annexes of the notice, which a demonstration writes to files.
ANNEXES = ("application", "roster", "arrangement", "result-summary", "result-list")


def demonstrate(
    session: AnySession, clerk: Actor, body_code: str, files: Workbooks, out: Path
) -> dict[str, Any]:
    """Take a batch of the body through all states; write tables and a report to ``out``.

    Return the batch's number, its figures and the files written. Errors of the services propagate.
    """
    for kind in ("roster", "arrangement", "scores"):
        file: Workbook = getattr(files, kind)
        workbook_facts.check_readable(kind, file.content, file.filename)
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
    for kind in ANNEXES:
        table = documents.take(session, clerk, batch, kind)
        (out / table.filename).write_bytes(table.content)
        written.append(table.filename)
    answer = {"batch": batch.no, **figures(session, batch), "files": written}
    report = out / f"{batch.no}-办理报告.md"
    report.write_text(_report(session, batch, answer), encoding="utf-8")
    answer["files"] = [*written, report.name]
    return answer


def figures(session: AnySession, batch: Batch) -> dict[str, Any]:
    """Return a batch's state, counts and number segments."""
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
    procedure = procedure_of("Batch")
    for step in steps_of(session, batch):
        label = "建立" if step.move == "create" else procedure.move(step.move).label
        state = state_label("Batch", step.target)
        lines.append(
            f"| {step.at:%Y-%m-%d} | {label} | {state} | {step.actor_name} | {step.note} |"
        )
    lines += ["", "## 证书号段", ""]
    lines += [f"- {one['first']} 至 {one['last']}，{one['count']} 本" for one in answer["segments"]]
    return "\n".join([*lines, ""])
