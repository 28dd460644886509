"""Which command writes a package of documents: package?"""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path
from typing import Any

import click

from app.cli.clerks import actor_for_body
from app.core.cli.find import record_of
from app.core.cli.frame import act_as, command
from app.core.cli.words import check_writable
from app.core.database import db
from app.core.errors import AppError
from app.models import Batch
from app.services.documents import package as package_service
from app.services.documents import package_stages


@command("package")
@click.argument("number")
@click.argument("stage", type=click.Choice(list(package_stages.STAGES)))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="写到这个 .zip 文件"
)
@click.option("--as", "username", help="以该登录名办理")
def package(*, number: str, stage: str, output: Path, username: str | None) -> dict[str, Any]:
    """导出材料包：表格、附件、检查结果、目录和校验值。"""
    actor = act_as(actor_for_body(username, record_of(Batch, number).body_id))
    db.session.expunge_all()
    if output.suffix.lower() != ".zip":
        raise AppError(f"材料包是 .zip 压缩包，请把“{output.name}”的扩展名改成 .zip")
    check_writable(output)
    unfinished = output.with_name(f"{output.name}.part")
    try:
        with unfinished.open("w+b") as out:
            title = package_service.make(db.session, actor, record_of(Batch, number), stage, out)
            out.seek(0)
            digest = file_digest(out, "sha256").hexdigest()
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    return {
        "file": str(output),
        "title": title,
        "bytes": output.stat().st_size,
        "sha256": digest,
    }


COMMANDS = (package,)
