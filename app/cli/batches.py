"""Which commands handle batches: batch-new, import, export, import-photos, demo?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.clerks import actor_for_body
from app.core import importing
from app.core.cli.find import record_of
from app.core.cli.frame import Day, act_as, command, in_terminal, problem_row
from app.core.cli.words import ExistingFile, check_folder, check_writable
from app.core.database import db
from app.core.errors import AppError
from app.core.records import record
from app.models import Batch, Body, Commission
from app.services.declarations import SHEETS
from app.services.demonstration import batch_walk, demonstration, stand_ins
from app.services.documents import documents
from app.services.sign_up import photos

EXISTING = ExistingFile()
WRITTEN = click.Path(path_type=Path)
DEMO_BODY = "DEMO"


@command("batch-new")
@click.option("--body", "code", required=True, help="机构备案编号")
@click.option("--name", required=True, help="批次名称")
@click.option("--exam-date", type=Day(), required=True, help="认定日期")
@click.option("--commission", "commission_no", help="委托编号")
@click.option("--as", "username", help="以该登录名办理")
def batch_new(
    *, code: str, name: str, exam_date: date, commission_no: str | None, username: str | None
) -> dict[str, Any]:
    """新建认定批次。"""
    actor = act_as(actor_for_body(username, record_of(Body, code).id))
    db.session.expunge_all()
    batch = Batch(body=record_of(Body, code), name=name, exam_date=exam_date)
    if commission_no:
        batch.commission = record_of(Commission, commission_no)
    record.add(db.session, actor, batch)
    return {"batch": batch.no}


@command("import")
@click.argument("kind", type=click.Choice([one.name for one in SHEETS]))
@click.argument("number")
@click.argument("file", type=EXISTING)
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@click.option("--errors", type=WRITTEN, help="把被拒的行写到这个工作簿")
@click.option("--as", "username", help="以该登录名办理")
def import_(
    *,
    kind: str,
    number: str,
    file: Path,
    dry_run: bool,
    errors: Path | None,
    username: str | None,
) -> dict[str, Any]:
    """导入名册、成绩或考务安排。"""
    actor = act_as(actor_for_body(username, record_of(Batch, number).body_id))
    db.session.expunge_all()
    batch, data = record_of(Batch, number), file.read_bytes()
    if errors is not None:
        check_writable(errors)
    run = importing.preview if dry_run else importing.accept
    result = run(db.session, actor, batch, kind, data, file.name)
    importing.check_columns(result)
    _hint(result)
    if errors is not None and result.counts.refused:
        errors.write_bytes(importing.refused_workbook(result, data, file.name))
    return {
        "accepted": result.counts.new + result.counts.changed,
        "unchanged": result.counts.unchanged,
        "refused": result.counts.refused,
        "problems": [problem_row(problem) for problem in result.problems],
    }


def _hint(result: importing.Preview) -> None:
    """Print warnings, which do not stop the import, to standard error."""
    warned = [problem for row in result.rows for problem in row.problems]
    for problem in (*result.notes, *(one for one in warned if one.severity == "warning")):
        click.echo(f"提示：{in_terminal(problem)}", err=True)
    unread = [heading.text for heading in result.headings if not heading.field and heading.sample]
    if unread:
        click.echo(f"提示：没有认出的列没有导入：{'、'.join(unread)}", err=True)


@command("export")
@click.argument("kind", type=click.Choice(list(documents.KINDS)))
@click.argument("number")
@click.option("-o", "--output", type=WRITTEN, required=True, help="写到这个文件")
@click.option(
    "--format", "form", type=click.Choice(list(documents.FORMATS)), help="不写按文件扩展名"
)
@click.option("--as", "username", help="以该登录名办理")
def export(
    *, kind: str, number: str, output: Path, form: str | None, username: str | None
) -> dict[str, Any]:
    """导出官方表格、函件和考务用表。"""
    actor = act_as(actor_for_body(username, record_of(Batch, number).body_id))
    db.session.expunge_all()
    end = output.suffix.removeprefix(".").lower()
    formats = documents.kind_named(kind).formats
    if end and form is None and end not in documents.FORMATS:
        raise AppError(f"不认得扩展名“.{end}”，请写 {'、'.join(f'.{one}' for one in formats)} 之一")
    if form and end and end != form:
        raise AppError(f"文件扩展名“.{end}”和 --format {form} 不一致，请改成一致后再导出")
    wanted = form or end or formats[0]
    table = documents.take(db.session, actor, record_of(Batch, number), kind, wanted)
    check_writable(output)
    output.write_bytes(table.content)
    return {"file": str(output), "title": table.filename, "bytes": len(table.content)}


@command("import-photos")
@click.argument("number")
@click.argument("file", type=EXISTING)
@click.option("--as", "username", help="以该登录名办理")
def import_photos(*, number: str, file: Path, username: str | None) -> dict[str, Any]:
    """导入一寸照片：压缩包里的文件名为 身份证号.jpg 或 序号 姓名.jpg。"""
    actor = act_as(actor_for_body(username, record_of(Batch, number).body_id))
    db.session.expunge_all()
    found = photos.accept(db.session, actor, record_of(Batch, number), file.read_bytes())
    return {
        "new": sum(one.status == "new" for one in found),
        "unchanged": sum(one.status == "unchanged" for one in found),
        "refused": sum(one.status == "refused" for one in found),
        "files": [asdict(one) for one in found],
    }


@command("demo")
@click.option("--roster", type=EXISTING, required=True, help="人员名册")
@click.option("--arrangement", type=EXISTING, required=True, help="考务安排")
@click.option("--scores", type=EXISTING, required=True, help="成绩")
@click.option("--out", type=WRITTEN, required=True, help="输出目录")
def demo(*, roster: Path, arrangement: Path, scores: Path, out: Path) -> dict[str, Any]:
    """在演示机构下从头到尾办理一个批次。"""
    check_folder(out)
    files = batch_walk.Workbooks(
        *(
            batch_walk.Workbook(path.name, path.read_bytes())
            for path in (roster, arrangement, scores)
        )
    )
    actor = stand_ins.clerk_of_body(db.session, record_of(Body, DEMO_BODY).id)
    return demonstration.demonstrate(db.session, actor, DEMO_BODY, files, out)


COMMANDS = (batch_new, import_, export, import_photos, demo)
