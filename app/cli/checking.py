"""Which commands check many records: check-certificates, retention-due?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from app.core import clock
from app.core.cli.find import actor_named, record_of
from app.core.cli.frame import act_as, command
from app.core.database import db
from app.models import Batch, Body
from app.rules.catalogue import marks
from app.services.archive import retention
from app.services.certificates import segments


def _readable(answer: dict[str, Any]) -> str:
    """Return the answer as text: the counts, and the findings per batch."""
    lines = [f"核对了 {answer['segments']} 个号段、{answer['certificates']} 个证书编号。"]
    for one in answer["findings"]:
        clause = f"〔{one['clause']}〕" if one["clause"] else ""
        where = "  ".join(part for part in (one["body"], one["batch"]) if part)
        lines.append(f"{where}  {one['message']}{clause}  [{marks()[one['rule']]}]")
    return "\n".join(lines if answer["findings"] else [*lines, "没有发现问题。"])


@command("check-certificates", text=_readable)
@click.option("--batch", "number", help="只核对这个批次")
@click.option("--body", "code", help="只核对这个评价机构（机构备案编号）")
def check_certificates(*, number: str | None, code: str | None) -> dict[str, Any]:
    """核对证书号段：个数等于合格人数、连续、不重叠、不跳号。"""
    batch = record_of(Batch, number) if number else None
    body = record_of(Body, code) if code and batch is None else None
    checked = segments.audit(db.session, batch=batch, body=body)
    return {
        "segments": checked.segments,
        "certificates": checked.certificates,
        "findings": [
            {
                "rule": one.problem.code,
                "clause": one.problem.clause,
                "body": one.body,
                "batch": one.batch,
                "message": one.problem.message,
            }
            for one in checked.findings
        ],
    }


@command("retention-due")
@click.option("--as", "username", help="只列该用户管辖范围内的")
def retention_due(*, username: str | None) -> dict[str, Any]:
    """保管期已满、可以申请销毁的资料。"""
    if username:
        act_as(actor_named(username))
    found = retention.due(db.session, clock.today())
    return {
        "as_of": clock.today(),
        "count": len(found),
        "due": [asdict(one) for one in found],
    }


COMMANDS = (check_certificates, retention_due)
