"""How does a backup replace the present database, so that neither can be lost?"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Engine, NullPool, create_engine, inspect, text

from app.core import clock, storage
from app.core.errors import AppError, BadConfig
from app.core.upkeep import backup, postgresql_clients, readiness, serving
from app.core.upkeep.backup import Facts, Manifest

#: Suffixes of files that SQLite may keep beside a database; each belongs to that one only.
BESIDE = ("-wal", "-shm", "-journal")
HEADER = b"SQLite format 3\0"
#: Tenths of a second that a connection which was just closed may still be listed.
PATIENCE = 30


@dataclass(frozen=True)
class Restored:
    """What was restored; ``kept`` is where the former database is, empty if there was none."""

    manifest: Manifest
    kept: str
    upgraded: bool


def restore(engine: Engine, file: Path, folder: Path) -> Restored:
    """Replace the present database by the backup, upgraded to this code's revision.

    The former database is kept beside the SQLite file, or as a backup in ``folder``. Raises
    AppError if the database is in use, or the backup is damaged, newer or of another kind.
    """
    manifest = backup.read_manifest(file)
    older = check(manifest, engine)
    put_back = _into_sqlite if engine.dialect.name == "sqlite" else _into_postgresql
    # Our own idle connections would count as somebody using the database.
    engine.dispose()
    kept = put_back(engine, file, manifest, folder)
    return Restored(manifest, kept, older)


def check(manifest: Manifest, engine: Engine) -> bool:
    """Return whether the backup is older than the code; raises AppError if it cannot be used."""
    if manifest.engine != engine.dialect.name:
        raise AppError(
            f"这是 {manifest.engine} 数据库的备份，而设置项 DATABASE_URL 指向 "
            f"{engine.dialect.name} 数据库。请改 DATABASE_URL，或换用另一个备份。"
        )
    try:
        return readiness.standing_of(manifest.revision) != "current"
    except BadConfig as refusal:
        raise AppError(
            f"备份的版本是 {manifest.revision}，比本程序的 {readiness.head()} 新。"
            "请先更新程序，再恢复；现有的数据没有改变。"
        ) from refusal


def _into_sqlite(engine: Engine, file: Path, manifest: Manifest, _folder: Path) -> str:
    """Prepare the backup beside the present file, then replace that in one step."""
    path = Path(str(engine.url.database))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        serving.alone(engine),
        TemporaryDirectory(dir=path.parent, prefix=".restore-") as room,
        backup.unpacked(file, Path(room)) as draft,
    ):
        _compare(backup.facts_of_file(draft), manifest.facts)
        # Upgraded while it is still a draft: if a migration fails, the present file is untouched.
        _upgrade(URL.create("sqlite", database=str(draft)))
        backup.facts_of_file(draft)
        kept = _put_aside(path)
        draft.rename(path)
        _settle(path.parent)
    return kept


def _put_aside(path: Path) -> str:
    """Keep the present file under another name, with its log if that cannot be merged.

    The first name remains valid until the backup takes it, so there is always a database.
    """
    if not path.exists():
        for end in BESIDE:
            if Path(f"{path}{end}").exists():
                raise AppError(f"{path}{end} 没有它的数据库文件。请先把它移到别处，再恢复。")
        return ""
    _fold_log(path)
    kept = _unused(Path(f"{path}.before-restore-{_stamp()}"))
    try:
        # A second name costs no room and no moment without a database; not every file system has
        # it.
        os.link(path, kept)
    except OSError:
        shutil.copy2(path, kept)
    for end in BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{path}{end}").rename(f"{kept}{end}")
    return str(kept)


def _fold_log(path: Path) -> None:
    """Merge the log into the file; raises AppError if another process has the file open."""
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            # SQLite would discard the log of a file without a header; it may be all that is left.
            return
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
        }:
            raise AppError(serving.IN_USE) from error
        # A damaged file keeps its log beside it, under the corresponding new name.


def _settle(folder: Path) -> None:
    """Sync the folder so that the new names survive a power loss; not possible on Windows."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _into_postgresql(engine: Engine, file: Path, manifest: Manifest, folder: Path) -> str:
    """Back up the present database, then replace its content in one transaction."""
    postgresql_clients.check_programs()
    alone = create_engine(engine.url, poolclass=NullPool)
    storage.install(alone)
    _wait_to_be_alone(alone)
    with alone.connect() as connection:
        used = inspect(connection).has_table("alembic_version")
    kept = _unused(folder / f"before-restore-{_stamp()}.zip")
    if used:
        backup.take(alone, kept)
    with TemporaryDirectory(prefix="skills-") as room, backup.unpacked(file, Path(room)) as dump:
        postgresql_clients.load(engine.url, dump)
    try:
        with alone.connect() as connection:
            _compare(backup.facts_of(connection), manifest.facts)
        _upgrade(engine.url)
    except Exception as error:
        raise AppError(
            f"恢复没有完成：{error}。恢复以前的数据备份在 {kept}，可用它再恢复。"
        ) from error
    return str(kept) if used else ""


def _wait_to_be_alone(engine: Engine) -> None:
    """Raise AppError while others are connected, a few seconds after the last of them left."""
    # The server lists a connection for a moment after its program has closed it, and shows one
    # picture of its connections to each transaction.
    for _ in range(PATIENCE):
        with engine.connect() as connection:
            if not connection.scalar(text(_OTHERS)):
                return
        time.sleep(0.1)
    raise AppError(serving.IN_USE)


_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_type = 'client backend'"""


def _upgrade(url: URL) -> None:
    """Migrate the tables to this code's revision, if necessary."""
    config = Config()
    config.set_main_option("script_location", str(readiness.migrations()).replace("%", "%%"))
    config.attributes["url"] = url
    command.upgrade(config, "head")


def _compare(found: Facts, expected: Facts) -> None:
    if found != expected:
        raise AppError("备份里的数据与备份时记下的表和行数不符，请换用另一个备份文件。")


def _unused(path: Path) -> Path:
    """The path, or one beside it: two restores in one second keep two files."""
    tries = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 100)))
    return next(one for one in tries if not one.exists())


def _stamp() -> str:
    return f"{clock.now():%Y%m%d-%H%M%S}"
