"""Which commands import rows of any table, and undo an import?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.core import importing
from app.core.cli.find import actor_named, record_of
from app.core.cli.frame import act_as, command, in_terminal, problem_row
from app.core.cli.words import ExistingFile, check_writable
from app.core.database import db
from app.core.errors import BadSheet
from app.core.roles import SYSTEM, Actor

EXISTING = ExistingFile()
WRITTEN = click.Path(path_type=Path)


def _actor(username: str | None) -> Actor:
    """Act for the named user, or without a name for the system itself."""
    actor = actor_named(username) if username else SYSTEM
    act_as(actor)
    db.session.expunge_all()
    return actor


@command("import-rows")
@click.argument("entity")
@click.argument("file", type=EXISTING)
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@click.option("--errors", type=WRITTEN, help="把被拒的行写到这个工作簿")
@click.option("--as", "username", help="以该登录名办理")
def import_rows(
    *, entity: str, file: Path, dry_run: bool, errors: Path | None, username: str | None
) -> dict[str, Any]:
    """导入任何一类数据：已有的更新，没有的新增。"""
    model, actor = importing.importable_named(entity), _actor(username)
    if errors is not None:
        check_writable(errors)
    data, number = file.read_bytes(), None
    if dry_run:
        shown = importing.preview_rows(db.session, actor, model, {}, data, file.name)
        importing.check_columns(shown)
    else:
        run = importing.stage_rows(db.session, actor, model, {}, data, file.name)
        try:
            shown = importing.accept_run(db.session, actor, run)
        except BadSheet:
            importing.discard_run(db.session, actor, run)
            raise
        number = run.id
    if errors is not None and shown.counts.refused:
        errors.write_bytes(importing.refused_workbook(shown))
    for note in shown.notes:
        click.echo(f"提示：{in_terminal(note)}", err=True)
    return {
        "run": number,
        "new": shown.counts.new,
        "changed": shown.counts.changed,
        "unchanged": shown.counts.unchanged,
        "refused": shown.counts.refused,
        "problems": [problem_row(problem) for problem in shown.problems],
    }


@command("template")
@click.argument("entity")
@click.option("-o", "--output", type=WRITTEN, required=True, help="写到这个文件")
# Scripts rely on this option's name, although the record need not be a batch.
@click.option("--batch", "number", help="官方表格：用于这个编号的记录")
@click.option("--as", "username", help="以该登录名办理")
def template(
    *, entity: str, output: Path, number: str | None, username: str | None
) -> dict[str, Any]:
    """空白导入表：任何一类数据，或一种官方表格。"""
    actor = _actor(username)
    if entity in importing.KINDS:
        parent = record_of(importing.KINDS[entity].parent, number) if number else None
        content = importing.blank_workbook(db.session, actor, entity, parent)
    else:
        content = importing.blank_rows(db.session, actor, importing.importable_named(entity))
    check_writable(output)
    output.write_bytes(content)
    return {"file": str(output), "bytes": len(content)}


@command("withdraw")
@click.argument("run", type=click.IntRange(min=1))
@click.option("--as", "username", help="以该登录名办理")
def withdraw(*, run: int, username: str | None) -> dict[str, Any]:
    """撤回一次已接受的导入：新增的删除，修改的恢复。"""
    actor = _actor(username)
    found = importing.find_run(db.session, run)[0]
    done = importing.withdraw_run(db.session, actor, found)
    return {"run": run, "file": found.filename, "rows": done.count}


COMMANDS = (import_rows, template, withdraw)
