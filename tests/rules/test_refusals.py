"""Are the technical refusals one each: an id, a Chinese name, words?"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import pytest

from app.core.errors import BadSheet
from app.core.refusals import files
from app.core.refusals.catalogue import all_refusals
from app.core.refusals.cells import ROWS_SKIPPED
from app.core.refusals.files import of_file
from app.core.refusals.records import REQUIRED, UNKNOWN_RECORD
from app.core.refusals.refusal import Refusal, read_back
from app.rules.catalogue import all_rules

_ALL = all_refusals()
_APP = Path(__file__).parents[2] / "app"


def test_the_refusals_are_found() -> None:
    assert len(_ALL) > 80
    assert {"required", "stale", "too_long", "retired", "duplicate"} <= {one.code for one in _ALL}


def test_no_refusal_has_the_id_of_a_rule() -> None:
    assert {one.code for one in _ALL} & {entry.rule.code for entry in all_rules()} == set()


def test_an_id_means_one_thing_and_has_one_name() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    for one in _ALL:
        names[one.code].add(one.name)
    assert {code: found for code, found in names.items() if len(found) > 1} == {}


@pytest.mark.parametrize("one", _ALL, ids=lambda one: one.code)
def test_a_refusal_is_named_in_chinese_and_has_words(one: Refusal) -> None:
    assert not re.search("[a-z_]", one.name)
    assert re.search("[\u4e00-\u9fff]", one.name)
    assert one.words


def test_a_refusal_speaks_of_the_case_and_shows_its_name_for_the_id() -> None:
    problem = REQUIRED.of(field="name", row=7, label="姓名")
    assert (problem.code, problem.message, problem.mark) == ("required", "“姓名”必须填写", "必填")
    assert (problem.field, problem.row, problem.severity) == ("name", 7, "error")


def test_an_id_may_name_the_field() -> None:
    words = {"label": "职业", "text": "{x}", "what": "职业", "how": "名称"}
    problem = UNKNOWN_RECORD.of(field="occupation", **words)
    assert problem.code == "occupation_unknown"
    assert "“{x}”" in problem.message  # what people wrote is not taken for a place to fill in


def test_what_was_kept_is_read_back_as_it_was() -> None:
    problem = ROWS_SKIPPED.of(rows="3行", reason="空行")
    assert problem.severity == "warning"
    kept = asdict(problem)
    assert read_back({**kept, "rows": list(kept["rows"])}) == problem
    del kept["mark"]  # as earlier versions kept it
    assert read_back(kept).message == problem.message


def _file_ids() -> set[str]:
    """The ids that BadSheet is raised with anywhere in the product."""
    found = {"bad_sheet"}
    for path in _APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BadSheet":
                found |= {one.value for one in node.args[1:] if isinstance(one, ast.Constant)}
    return found


def test_a_file_is_refused_with_known_ids_alone() -> None:
    declared = {one.code for one in vars(files).values() if isinstance(one, Refusal)}
    assert _file_ids() == declared
    problem = of_file(BadSheet("请另存", "password"), "file")
    assert (problem.code, problem.message, problem.field) == ("password", "请另存", "file")
    assert problem.mark == "有密码"
