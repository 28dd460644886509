"""Which pages of docs/generated/ follow from the code? Writes them, or compares with --check."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app import behaviours
from tools import document_dictionary, document_permissions, document_procedures, document_settings

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "generated"
HEAD = "本页由 `make docs` 按代码中的声明生成，请勿手工修改。"


def pages() -> dict[str, str]:
    """Return file name → text of every generated page."""
    behaviours.declare_all()
    made = {
        "permissions.md": document_permissions.page(HEAD),
        "procedures.md": document_procedures.page(HEAD),
        "dictionary.md": document_dictionary.page(HEAD),
        "settings.md": document_settings.page(HEAD),
    }
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}


def stale(folder: Path = FOLDER) -> list[str]:
    """Return the names of pages that are missing, outdated or no longer generated."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in wanted | there if wanted.get(name) != there.get(name))


def write(folder: Path = FOLDER) -> list[str]:
    """Make the folder contain exactly the generated pages; return the names changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = stale(folder)
    wanted = pages()
    for name in changed:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def main(words: list[str] | None = None) -> int:
    """Write the pages; with --check only list stale ones and return 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="只检查，不改文件")
    if not parser.parse_args(words).check:
        for name in write():
            print(f"已更新 docs/generated/{name}")
        return 0
    found = stale()
    for name in found:
        print(f"docs/generated/{name} 与代码不一致，请运行 make docs", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
