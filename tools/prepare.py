"""Does this installation's database have what the current code needs, and if not, what is missing?

Asks the database first, so that a second run is quick, a deleted database is created again, and
demo accounts that were removed do not come back.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.core import storage  # noqa: E402 - the path above is what makes it importable
from app.core.errors import AppError, DiskTrouble  # noqa: E402
from app.core.instance import make_folder, write_whole  # noqa: E402
from app.core.upkeep import readiness  # noqa: E402
from app.core.upkeep.readiness import Standing  # noqa: E402
from config import INSTANCE, load_settings  # noqa: E402

BAD_START = 2
UPDATE = (("db", "upgrade"), ("bootstrap",), ("seed",), ("recompute-deadlines",))
DEMO = (("seed", "--demo"),)
WORDS = {
    "db": "更新数据库结构",
    "bootstrap": "同步角色与权限",
    "seed": "写入字典数据",
    "seed --demo": "写入演示中心",
    "recompute-deadlines": "推算各批次的下一期限",
}


def code_digest() -> str:
    """Return a digest of all files that determine tables, permissions and reference data."""
    digest = hashlib.sha256()
    for folder in ("app", "seed"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".csv", ".json"}:
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def standing(url: str) -> Standing:
    """Return the state of the database's schema. Raises BadConfig if it cannot be used."""
    engine = create_engine(url)
    storage.install(engine)
    readiness.use(ROOT / "app/migrations")
    try:
        return readiness.standing(engine)
    finally:
        engine.dispose()


def read_mark(path: Path) -> dict[str, Any]:
    """Read what earlier runs completed; {} if the file is missing, empty or damaged."""
    try:
        mark = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return mark if isinstance(mark, dict) else {}


def missing_commands(
    mark: dict[str, Any], digest: str, standing: Standing
) -> list[tuple[str, ...]]:
    """Return the commands that this database still needs; ``mark`` is from earlier runs.

    The mark does not count for an older schema: the database may be a restored backup.
    """
    if standing == "new":
        return [*UPDATE, *DEMO]
    fresh = standing == "current" and mark.get("code") == digest
    commands = [] if fresh else list(UPDATE)
    # Resume only a demo that this tool began and could not finish.
    return commands + (list(DEMO) if mark.get("demo") == "begun" else [])


def keep_mark(path: Path, mark: dict[str, Any]) -> None:
    """Write the mark atomically."""
    make_folder(path.parent)
    write_whole(path, json.dumps(mark))


def main() -> int:
    """Run the missing commands; return an exit code."""
    try:
        return prepare(str(load_settings()["SQLALCHEMY_DATABASE_URI"]))
    except (AppError, DiskTrouble) as refusal:
        print(refusal.message, file=sys.stderr)
        return BAD_START


def prepare(url: str) -> int:
    """Run the missing commands for the database at ``url``. Raises AppError if it is unusable."""
    found = standing(url)
    path = INSTANCE / "prepared" / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.json"
    mark, digest = read_mark(path), code_digest()
    if found == "new":
        mark = {"demo": "begun"}
        keep_mark(path, mark)
    for words in missing_commands(mark, digest, found):
        print(f"{WORDS.get(' '.join(words), WORDS[words[0]])} …", flush=True)
        command = [sys.executable, "-m", "flask", "--app", "run", *words]
        if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return code
    demo = "done" if mark.get("demo") else "none"
    done = {"code": digest, "demo": demo}
    if mark != done:
        keep_mark(path, done)
    print("数据库已就绪。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
