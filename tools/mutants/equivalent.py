"""Which mutants change nothing that anybody could notice, and why?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.mutant import Mutant

LIST = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Entry:
    """A reviewed mutant: the file, its line, what became what, and why no test can tell."""

    file: str
    line: str
    before: str
    after: str
    reason: str

    def names(self, mutant: Mutant) -> bool:
        """Whether this entry is about ``mutant``."""
        said = (mutant.path, mutant.source, _flat(mutant.before), _flat(mutant.after))
        return said == (self.file, self.line, _flat(self.before), _flat(self.after))


def _flat(text: str) -> str:
    return " ".join(text.split())


def read_entries(path: Path = LIST) -> list[Entry]:
    """Return the reviewed mutants."""
    return [Entry(**one) for one in tomllib.loads(path.read_text("utf-8")).get("mutant", [])]


def sift(
    pools: dict[str, list[Mutant]], entries: Iterable[Entry]
) -> tuple[dict[str, list[Mutant]], list[Entry]]:
    """Return the mutants without those reviewed, and the entries about none of them."""
    listed = list(entries)
    by_file: dict[str, list[Entry]] = {}
    for one in listed:
        by_file.setdefault(one.file, []).append(one)
    used: set[Entry] = set()
    kept: dict[str, list[Mutant]] = {}
    for name, pool in pools.items():
        kept[name] = []
        for mutant in pool:
            met = [one for one in by_file.get(mutant.path, ()) if one.names(mutant)]
            used.update(met)
            if not met:
                kept[name].append(mutant)
    return kept, [one for one in listed if one not in used or not one.reason.strip()]
