"""Does this installation's database hold what the present code needs? If not, what is missing?

Asks the database first, so that a second run takes a moment, a deleted database is made anew, and
demo accounts that somebody removed never come back.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.errors import BadConfig  # noqa: E402 - the path above is what makes it importable
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
    """One digest of all files from which tables, permissions and reference data follow."""
    digest = hashlib.sha256()
    for folder in ("app", "seed"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".csv", ".json"}:
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def is_new(url: str) -> bool:
    """Whether the database has never been migrated; raises BadConfig when it does not answer."""
    engine = create_engine(url)
    try:
        return not inspect(engine).has_table("alembic_version")
    except SQLAlchemyError as error:
        raise BadConfig(
            "数据库连接不上。请检查设置项 DATABASE_URL、数据库是否已启动、库名和密码是否正确。"
        ) from error
    finally:
        engine.dispose()


def missing_steps(mark: dict[str, Any], digest: str, *, new: bool) -> list[tuple[str, ...]]:
    """The commands that this database still needs; ``mark`` is what earlier runs completed."""
    if new:
        return [*UPDATE, *DEMO]
    steps = list(UPDATE) if mark.get("code") != digest else []
    # Only a demo that this tool began and could not finish is taken up again.
    return steps + (list(DEMO) if mark.get("demo") == "begun" else [])


def main() -> int:
    """Run what is missing; returns an exit code."""
    try:
        url = str(load_settings()["SQLALCHEMY_DATABASE_URI"])
        new = is_new(url)
    except BadConfig as refusal:
        print(refusal.message, file=sys.stderr)
        return BAD_START
    path = INSTANCE / "prepared" / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    mark = json.loads(path.read_text()) if path.exists() else {}
    digest = code_digest()
    if new:
        mark = {"demo": "begun"}
        path.write_text(json.dumps(mark))
    for step in missing_steps(mark, digest, new=new):
        print(f"{WORDS.get(' '.join(step), WORDS[step[0]])} …", flush=True)
        command = [sys.executable, "-m", "flask", "--app", "run", *step]
        if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
            return code
    demo = "done" if mark.get("demo") else "none"
    path.write_text(json.dumps({"code": digest, "demo": demo}))
    print("数据库已就绪。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
