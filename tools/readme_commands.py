"""Do the commands in README run as printed on a fresh demo centre?

They run one after the other in a private copy with its own database, as a reader would type them.
Commands that README shows as refused are left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
SECONDS = 600


def commands(text: str) -> list[str]:
    """Return the product's commands in plain code blocks, without trailing ``  #`` comments."""
    plain = [inside for language, inside in BLOCK.findall(text) if not language]
    lines = "\n".join(plain).replace("\\\n", " ").splitlines()
    written = (re.split(r"\s+# ", line)[0].strip() for line in lines)
    return [re.sub(r"\s+", " ", line) for line in written if line.startswith(".venv/bin/")]


def copy_to(folder: Path) -> None:
    """Copy tracked and untracked, not ignored files to ``folder``, and link the environment."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")


def refused(folder: Path, wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Run each command in ``folder``; yield those that fail, with the end of their output."""
    settings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    for command in wanted:
        print(f"$ {command}", flush=True)
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=folder,
            env=settings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode:
            yield command, (done.stderr or done.stdout).strip()[-400:]


def main() -> int:
    """Prepare a centre in a private copy and try every command on it."""
    wanted = commands((ROOT / "README.md").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_to(folder)
        failed = list(refused(folder, [".venv/bin/python tools/prepare.py", *wanted]))
    for command, said in failed:
        print(f"README 的命令没有办成：{command}\n{said}", file=sys.stderr)
    print(f"README 的命令 {len(wanted)} 条，没有办成 {len(failed)} 条。")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
