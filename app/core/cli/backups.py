"""Which commands back up and restore the database?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import current_app

from app.core import clock
from app.core.cli.frame import command
from app.core.cli.words import ExistingFile, check_writable
from app.core.database import db
from app.core.errors import AppError
from app.core.upkeep import backup as backups
from app.core.upkeep import restore as restoring


@command("backup", dated=False)
@click.argument("file", type=click.Path(path_type=Path), required=False)
def backup(*, file: Path | None) -> dict[str, Any]:
    """备份数据库到一个文件（可在服务运行时），并核对备份完好。"""
    target = file or _folder() / f"skills-{clock.now():%Y%m%d-%H%M%S}.zip"
    if not target.exists():
        check_writable(target)
    made = backups.take(db.engine, target)
    return {
        "file": str(target),
        "bytes": target.stat().st_size,
        "revision": made.revision,
        "sha256": made.sha256,
        "rows": sum(made.counts.values()),
        "foreign_key_problems": made.foreign_key_problems,
    }


@command("restore", dated=False)
@click.argument("file", type=ExistingFile())
@click.option("--yes", is_flag=True, help="确认用备份替换现有的数据库")
def restore(*, file: Path, yes: bool) -> dict[str, Any]:
    """用备份替换现有的数据库；现有的另存，旧版本的备份升级到当前版本。"""
    manifest = backups.read_manifest(file)
    restoring.check(manifest, db.engine)
    if not yes:
        raise AppError(
            f"这会用 {manifest.made_at} 的备份替换现有的数据库，备份之后办理的事项不再出现"
            "（现有的数据库会另存）。确认要恢复，请停止服务后加上 --yes 再运行。"
        )
    done = restoring.restore(db.engine, file, _folder())
    return {
        "restored": str(file),
        "made_at": manifest.made_at,
        "revision": manifest.revision,
        "upgraded": done.upgraded,
        "kept": done.kept,
    }


def _folder() -> Path:
    return Path(current_app.config["BACKUP_FOLDER"])


COMMANDS = (backup, restore)
