"""How is the database backed up to one file while people work, and is that file intact?

A zip file with the database (a copy of the SQLite file, or the output of pg_dump) and
``manifest.json``, which says what it must contain. Attachments are in the database; the secret key
is not.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, NullPool, create_engine, inspect, text

from app.core import clock, storage
from app.core.errors import AppError, DatabaseDamaged
from app.core.upkeep import postgresql_clients, readiness

FORMAT = 1
MANIFEST = "manifest.json"
MEMBERS = {"sqlite": "database.sqlite", "postgresql": "database.dump"}


@dataclass(frozen=True)
class Facts:
    """The revision of a database and the number of rows in each table."""

    revision: str
    counts: dict[str, int]
    foreign_key_problems: int = 0


@dataclass(frozen=True)
class Manifest:
    """The description of a backup; ``sha256`` and ``bytes`` are those of the database in it."""

    made_at: str
    engine: str
    revision: str
    sha256: str
    bytes: int
    counts: dict[str, int]
    foreign_key_problems: int = 0
    format: int = FORMAT

    @property
    def facts(self) -> Facts:
        """The facts that the database must have after being restored."""
        return Facts(self.revision, self.counts, self.foreign_key_problems)


def take(engine: Engine, target: Path) -> Manifest:
    """Write the database's state at one moment to the file ``target``, and verify the file.

    Blocks no other work. Raises AppError; then the file does not exist.
    """
    if target.exists():
        raise AppError(f"文件 {target} 已经存在，请换一个文件名，以免覆盖以前的备份")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Beside the target, so that the last step is a rename within one file system.
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copy, draft = Path(folder, MEMBERS[engine.dialect.name]), Path(folder, "draft.zip")
        facts = _copied(engine, copy)
        with copy.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        manifest = Manifest(
            made_at=f"{clock.now():%Y-%m-%d %H:%M:%S}",
            engine=engine.dialect.name,
            sha256=digest,
            bytes=copy.stat().st_size,
            **asdict(facts),
        )
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            packed.write(copy, copy.name)
            packed.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        # Read back before it gets its name: a backup that cannot be unpacked is none.
        with unpacked(draft, Path(folder)):
            # It holds identity numbers; only the account of the server may read it.
            draft.chmod(0o600)
            draft.rename(target)
    return manifest


def read_manifest(file: Path) -> Manifest:
    """Return the manifest of a backup; raises AppError if the file is not one."""
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            if manifest.get("format") != FORMAT:
                raise AppError(f"备份文件 {file} 由更新的程序写成，请用更新的程序恢复")
            return Manifest(**manifest)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, AttributeError) as error:
        raise AppError(f"{file} 不是本系统的备份文件，或已损坏。请换用另一个备份文件。") from error


@contextmanager
def unpacked(file: Path, folder: Path) -> Iterator[Path]:
    """Unpack the database of a backup to a file in ``folder`` and check its hash."""
    manifest = read_manifest(file)
    target = folder / f"unpacked-{MEMBERS[manifest.engine]}"
    try:
        with zipfile.ZipFile(file) as packed, target.open("w+b") as out:
            target.chmod(0o600)
            with packed.open(MEMBERS[manifest.engine]) as member:
                copyfileobj(member, out, 2**20)
            out.seek(0)
            if file_digest(out, "sha256").hexdigest() != manifest.sha256:
                raise AppError(f"备份文件 {file} 的内容与校验值不符，请换用另一个备份文件。")
        yield target
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise AppError(f"备份文件 {file} 已损坏，请换用另一个备份文件。") from error
    finally:
        target.unlink(missing_ok=True)


def facts_of(connection: Connection) -> Facts:
    """Return the facts of this database; raises DatabaseDamaged if SQLite finds it corrupt."""
    problems = 0
    if connection.dialect.name == "sqlite":
        if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
            raise DatabaseDamaged(storage.DAMAGED)
        problems = len(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
    quoted = connection.dialect.identifier_preparer.quote_identifier
    counts = {
        name: int(connection.scalar(text(f"SELECT count(*) FROM {quoted(name)}")) or 0)  # noqa: S608 - names of its own tables
        for name in sorted(inspect(connection).get_table_names())
    }
    return Facts(readiness.revision_of(connection), counts, problems)


def facts_of_file(path: Path) -> Facts:
    """Return the facts of an SQLite file that is not in use."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    storage.install(engine)
    with engine.connect() as connection:
        return facts_of(connection)


def _copied(engine: Engine, copy: Path) -> Facts:
    """Copy the database's state at one moment to the file, and return its facts."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            # pg_dump and the counts must see the same moment while others write.
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            postgresql_clients.dump(engine.url, copy, str(snapshot))
            return facts_of(connection)
    copy_sqlite(Path(str(engine.url.database)), copy)
    return facts_of_file(copy)


def copy_sqlite(source: Path, copy: Path) -> None:
    """Copy everything committed, including the log, to one file without a log."""
    if not source.exists():
        raise AppError(f"没有数据库文件 {source}。请检查设置项 DATABASE_URL。")
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
            # The copy is one file to be zipped: a log beside it would be left behind.
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise storage.trouble_of(error) or error from error
