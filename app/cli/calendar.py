"""Which commands handle the calendar and deadlines: calendar-import, recompute-deadlines?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from sqlalchemy import select

from app.core.cli.find import actor_named
from app.core.cli.frame import act_as, command, problem_row
from app.core.cli.words import ExistingFile, Whole
from app.core.database import db
from app.core.scope import actor_of
from app.models import Batch
from app.services.filing import next_due
from app.services.reference import calendar_import


@command("calendar-import")
@click.argument("file", type=ExistingFile())
@click.option("--year", type=Whole(2000, 2999), help="导入哪一年；不写时按表里的年度")
@click.option("--source", default="", help="依据，如国务院办公厅通知的文号")
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@click.option("--as", "username", help="以该登录名办理")
def calendar_year(
    *, file: Path, year: int | None, source: str, dry_run: bool, username: str | None
) -> dict[str, Any]:
    """导入一年的放假日和调休上班日，并登记该年为完整。"""
    if username:
        act_as(actor_named(username))
    data, source = file.read_bytes(), source or file.name
    if dry_run:
        found = calendar_import.preview(db.session, year, data, file.name)
    else:
        actor = actor_of(db.session)
        found = calendar_import.accept(db.session, actor, year, source, data, file.name)
    return {
        "year": found.year,
        "new": found.count("new"),
        "changed": found.count("changed"),
        "unchanged": found.count("unchanged"),
        "refused": found.count("refused"),
        "problems": [problem_row(one) for one in (*found.problems, *found.warnings)],
    }


@command("recompute-deadlines")
@click.option("--batch", "number", help="只推算这个批次")
def recompute(*, number: str | None) -> dict[str, Any]:
    """按现在的日历和设置重新推算各批次的下一期限。"""
    ids = None
    if number:
        ids = db.session.scalars(select(Batch.id).where(Batch.no == number)).all()
    return {"changed": next_due.recompute_by_parts(db.session, ids)}


COMMANDS = (calendar_year, recompute)
