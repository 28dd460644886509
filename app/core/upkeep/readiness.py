"""Is the database intact, and does it have the tables of this version?"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import BadConfig, DatabaseDamaged
from app.core.storage import RESTORE

_folders: list[Path] = []
Standing = Literal["new", "older", "current"]

UNREACHABLE = "数据库连接不上。请检查设置项 DATABASE_URL、数据库是否已启动、库名和密码是否正确。"
UNMADE = "数据库里还没有建表。请运行 make setup。"


def use(folder: Path) -> None:
    """Set the folder of the product's migrations."""
    _folders[:] = [folder]
    known_revisions.cache_clear()


def migrations() -> Path:
    """Return the folder of the product's migrations."""
    (found,) = _folders
    return found


@cache
def known_revisions() -> tuple[str, ...]:
    """Return the revisions that this code knows, oldest first."""
    scripts = ScriptDirectory(str(migrations()))
    return tuple(one.revision for one in scripts.walk_revisions())[::-1]


def head() -> str:
    """Return the revision that this code works with."""
    return known_revisions()[-1]


def revision_of(connection: Connection) -> str:
    """Return the database's revision; empty if it has no tables of ours."""
    return "，".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def standing_of(revision: str) -> Standing:
    """Return how that revision compares with the code's; raises BadConfig if it is unknown."""
    if not revision:
        return "new"
    if revision == head():
        return "current"
    if revision in known_revisions():
        return "older"
    raise BadConfig(
        f"数据库的版本是 {revision}，本程序只认得到 {head()} 为止的版本，"
        "数据库可能已由更新的程序升级过。请换用更新的程序，"
        f"或用 flask --app run restore 备份文件 --yes 恢复 {head()} 或更早版本的备份。"
    )


def check_revision(revision: str) -> None:
    """Raise BadConfig unless a database of that revision can be used as it is."""
    standing = standing_of(revision)
    if standing == "new":
        raise BadConfig(UNMADE)
    if standing == "older":
        raise BadConfig(
            f"数据库的版本是 {revision}，比本程序的 {head()} 旧。"
            "请运行 make setup 升级数据库，已有的数据会保留。"
        )


def standing(engine: Engine) -> Standing:
    """Return how the database's revision compares with the code's.

    Raises BadConfig if the database is unreachable or damaged, or its revision unknown.
    """
    return standing_of(_asked(engine, whole=False))


def check(engine: Engine) -> None:
    """Raise BadConfig unless the database is reachable, intact and of this code's revision."""
    check_revision(_asked(engine, whole=True))


def _asked(engine: Engine, *, whole: bool) -> str:
    try:
        with engine.connect() as connection:
            if whole and engine.dialect.name == "sqlite":
                _check_whole(connection)
            return revision_of(connection)
    except DatabaseDamaged as error:
        raise BadConfig(_damaged(engine)) from error
    except SQLAlchemyError as error:
        raise BadConfig(UNREACHABLE) from error


def _check_whole(connection: Connection) -> None:
    said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if said != "ok":
        raise DatabaseDamaged(str(said))


def _damaged(engine: Engine) -> str:
    return f"数据库文件 {engine.url.database} 已损坏，或不是数据库。{RESTORE}"
