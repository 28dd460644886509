"""Are the commands of README taken as they are printed, and is a refused one told?"""

from __future__ import annotations

import itertools
import re
import shlex
from pathlib import Path

from tests.house.tree import ROOT
from tools.readme_commands import commands, refused

README = (ROOT / "README.md").read_text(encoding="utf-8")
#: Options and redirections whose file a command writes.
WRITTEN = ("-o", "--out", "--errors")


def test_commands_are_taken_whole_and_without_what_is_said_of_them() -> None:
    text = (
        "```\nmake run\n.venv/bin/flask a \\\n  --b c   # why\n```\n```python\n.venv/bin/no\n```\n"
        "```\n.venv/bin/flask d\n```\n"
    )
    assert commands(text) == [".venv/bin/flask a --b c", ".venv/bin/flask d"]


def test_readme_shows_commands_and_each_of_them_is_one_of_the_product() -> None:
    found = commands(README)
    assert len(found) > 12
    assert all(one.startswith(".venv/bin/flask --app run ") for one in found)


def test_every_file_that_a_command_reads_is_there_or_was_written_before() -> None:
    written: set[str] = set()
    for command in commands(README):
        words = shlex.split(command)
        after = dict(itertools.pairwise(words))
        written |= {after[one] for one in WRITTEN if one in after}
        written |= {words[4]} if words[3] == "backup" else set()
        files = [one for one in words if re.search(r"\.(xlsx|zip|pdf|csv)$", one)]
        assert [one for one in files if one not in written and not (ROOT / one).is_file()] == []


def test_a_refused_command_is_reported_with_its_words(tmp_path: Path) -> None:
    wanted = ["echo fine", "echo 不能办理 >&2; exit 1"]
    assert list(refused(tmp_path, wanted)) == [(wanted[1], "不能办理")]
