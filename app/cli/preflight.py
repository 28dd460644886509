"""Which command lists what would be sent back: preflight?"""

from __future__ import annotations

from typing import Any

import click

from app.cli.clerks import actor_for_body
from app.core.cli.find import record_of
from app.core.cli.frame import act_as, command
from app.core.database import db
from app.models import Batch
from app.rules.catalogue import marks
from app.services.filing import filing

_WORDS = {"error": "错误", "warning": "提醒", "caution": "须确认"}


def _readable(answer: dict[str, Any]) -> str:
    """Return the findings as text, or a sentence that there are none."""
    if not answer["findings"]:
        return "全部通过：没有发现会被退回的问题。"
    return "\n".join(line for one in answer["findings"] for line in _lines(one))


def _lines(finding: dict[str, Any]) -> list[str]:
    clause = f"〔{finding['clause']}〕" if finding["clause"] else ""
    mark = marks()[finding["rule"]]
    lines = [f"{_WORDS[finding['severity']]}  {finding['message']}{clause}  [{mark}]"]
    if finding["rows"]:
        lines.append(f"      序号：{'、'.join(map(str, finding['rows']))}")
    if finding["remedy"]:
        lines.append(f"      怎么办：{finding['remedy']}")
    return lines


@command("preflight", text=_readable)
@click.argument("number")
@click.option("--as", "username", help="以该登录名检查")
def preflight(*, number: str, username: str | None) -> dict[str, Any]:
    """报送前检查：会被退回的问题（有没有问题，检查完都以 0 退出）。"""
    act_as(actor_for_body(username, record_of(Batch, number).body_id))
    db.session.expunge_all()
    found = filing.problems(db.session, record_of(Batch, number))
    return {
        "findings": [
            {
                "rule": one.code,
                "clause": one.clause,
                "severity": one.severity,
                "message": one.message,
                "rows": list(one.numbers),
                "remedy": one.remedy,
            }
            for one in found
        ]
    }


COMMANDS = (preflight,)
