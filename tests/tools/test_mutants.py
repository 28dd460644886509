"""Does a mutant that no test notices come out, and one that is noticed not? Does a seed choose?"""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tools.mutants import __main__ as tool
from tools.mutants import equivalent, patching, reach
from tools.mutants.areas import AREAS, choose, population
from tools.mutants.mutant import Mutant, mutants_of, mutated
from tools.mutants.probing import PROBE
from tools.mutants.report import is_refused, lines_of
from tools.mutants.trial import Copy, Trial

ROOT = Path(__file__).resolve().parents[2]
SOURCE = """\
LEAST = 60
OPEN = ("draft", "returned")


def passed(mark: int) -> bool:
    \"\"\"Whether the mark suffices.\"\"\"
    return mark >= LEAST


def found(session, ids):
    return session.scalars(one.where(a == 1, b == 2).execution_options(unscoped=True))
"""
WEAK = "def test_well(): assert passed(80) and not passed(20)\n"
STRONG = "def test_on_the_mark(): assert passed(60)\n"
HEAD = "from product import passed\n\n\n"


@cache
def everything() -> dict[str, list[Mutant]]:
    """Every mutant of the product; to make them all takes seconds."""
    return population(ROOT)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Copy]:
    """A copy of a product of one file with a test that knows no boundary."""
    monkeypatch.setattr("tools.mutants.trial.copy_to", lambda _folder: None)
    copy = Copy()
    for name in ("__init__", "probing", "warm", "patching"):
        path = copy.path / "tools" / "mutants" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((ROOT / "tools" / "mutants" / f"{name}.py").read_text("utf-8"), "utf-8")
    (copy.path / "product.py").write_text(SOURCE, "utf-8")
    (copy.path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (copy.path / "test_product.py").write_text(HEAD + WEAK, "utf-8")
    yield copy
    copy.close()


def boundary() -> Mutant:
    return next(one for one in mutants_of("product.py", SOURCE) if one.after == "mark > LEAST")


def constant() -> Mutant:
    return next(one for one in mutants_of("product.py", SOURCE) if one.after == "61")


@pytest.mark.parametrize("warm", [True, False])
@pytest.mark.parametrize("mutant", [boundary(), constant()])
def test_a_mutant_lives_until_a_test_knows_the_boundary(
    small: Copy, mutant: Mutant, *, warm: bool
) -> None:
    weak = ["test_product.py::test_well"]
    if warm:
        small.warm_up(weak)
    assert small.notices(mutant, weak, forked=warm) == "survived"


def test_a_test_of_the_boundary_kills(small: Copy) -> None:
    (small.path / "test_product.py").write_text(HEAD + WEAK + STRONG, "utf-8")
    tests = ["test_product.py::test_well", "test_product.py::test_on_the_mark"]
    assert small.notices(boundary(), tests) == "killed"
    assert small.notices(constant(), tests) == "killed"
    small.warm_up(tests)
    assert small.warm is not None
    path = small.path / "product.py"
    assert small.warm.ask(path, mutated(SOURCE, boundary()), tests, 60) == "killed"
    # What is done on import has been done there: a process of its own has to say.
    assert small.warm.ask(path, mutated(SOURCE, constant()), tests, 60) == "unable"
    assert small.notices(constant(), tests, forked=True) == "killed"
    assert (small.path / "product.py").read_text("utf-8") == SOURCE


def test_a_test_that_fails_by_itself_kills_nothing(small: Copy) -> None:
    broken = "def test_broken(): assert False\n"
    (small.path / "test_product.py").write_text(HEAD + WEAK + broken, "utf-8")
    tests = ["test_product.py::test_broken", "test_product.py::test_well"]
    small.warm_up(tests)
    warm = small.warm
    assert warm is not None
    path = small.path / "product.py"
    assert warm.ask(path, mutated(SOURCE, boundary()), tests, 60) == "survived"


def test_probes_tell_which_test_reaches_which_line(small: Copy, tmp_path: Path) -> None:
    probed = reach.probed(SOURCE, 0)
    assert probed.count(PROBE) == 2
    (small.path / "product.py").write_text(probed, "utf-8")
    assert small.pytest("test_product.py", REACHED=str(tmp_path)) == 0
    known = reach.read_reach(tmp_path, ["product.py"])
    assert known.tests_for(boundary(), ()) == ([], ["test_product.py::test_well"])
    assert known.tests_for(constant(), ["test_p"]) == (["test_product.py::test_well"], [])
    unscoped = next(one for one in mutants_of("product.py", SOURCE) if one.after == "False")
    assert known.tests_for(unscoped, ()) == ([], [])


def test_each_kind_of_mistake_is_made() -> None:
    made = {(one.before, one.after) for one in mutants_of("product.py", SOURCE)}
    assert {
        ("60", "61"), ("60", "59"), ("mark >= LEAST", "mark > LEAST"), ("True", "False"),
        ("mark >= LEAST", "not mark >= LEAST"), ("a == 1", "a != 1"),
        ('("draft", "returned")', "('returned',)"),
        ("one.where(a == 1, b == 2)", "one.where(b == 2)"),
    } <= made  # fmt: skip


def test_every_mutant_of_the_product_can_be_read_by_python() -> None:
    for pool in everything().values():
        for one in pool[::29]:
            text = (ROOT / one.path).read_text("utf-8")
            changed = mutated(text, one)
            assert ast.dump(ast.parse(changed)) != ast.dump(ast.parse(text)), one.text
            assert changed.count("\n") == text.count("\n"), one.text


def test_the_seed_decides_the_choice_and_no_two_choose_the_same() -> None:
    pools = everything()
    first, again = choose(pools, [1, 2, 3], 70), choose(pools, [1, 2, 3], 70)
    assert first == again
    assert len({one for _, _, one in first}) == len(first) == 210
    assert {area for _, area, _ in first} == {area.name for area in AREAS}
    other = choose(pools, [4], 70)
    assert {one for _, _, one in other} != {one for seed, _, one in first if seed == 1}


def test_each_statement_past_the_scope_stands_where_no_survivor_may() -> None:
    pools = everything()
    said = {
        (one.path, one.line)
        for name in ("scope", "numbers", "workflow")
        for one in pools[name]
        if one.before == "True"
    }
    places = {
        (path.relative_to(ROOT).as_posix(), node.value.lineno)
        for path in (ROOT / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "unscoped"
    }
    assert places
    assert places <= said


def test_the_reviewed_list_names_mutants_that_exist_with_their_reasons() -> None:
    _kept, gone = equivalent.sift(everything(), equivalent.read_entries())
    assert gone == []


def test_an_entry_about_no_mutant_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = equivalent.Entry("app/core/scope.py", "gone = 1", "1", "2", "It was here once.")
    monkeypatch.setattr(tool, "read_entries", lambda: [entry])
    monkeypatch.setattr(tool, "population", lambda _root: everything())
    with pytest.raises(SystemExit) as stopped:
        tool.main([])
    assert stopped.value.code == 2


def test_a_reviewed_mutant_is_not_made() -> None:
    one = boundary()
    entry = equivalent.Entry(one.path, one.source, one.before, one.after, "Because.")
    kept, gone = equivalent.sift({"rules": [one, constant()]}, [entry])
    assert (kept, gone) == ({"rules": [constant()]}, [])
    _kept, gone = equivalent.sift({"rules": [one]}, [equivalent.Entry(*_without_reason(entry))])
    assert len(gone) == 1


def _without_reason(entry: equivalent.Entry) -> tuple[str, str, str, str, str]:
    return entry.file, entry.line, entry.before, entry.after, " "


def test_only_a_survivor_where_none_may_stand_fails_the_run() -> None:
    lives = Trial(1, "rules", boundary(), "survived", 1, 2)
    dies = Trial(1, "scope", constant(), "killed", 1, 1)
    assert not is_refused([lives, dies])
    assert is_refused([dies, Trial(2, "scope", boundary(), "unreached", 0, 0)])
    said = "\n".join(lines_of([lives, dies]))
    assert "product.py:7  mark >= LEAST  →  mark > LEAST" in said
    assert "LEAST = 61" not in said


def test_a_change_outside_of_functions_is_none_for_a_running_process() -> None:
    with pytest.raises(ValueError, match="not within a function"):
        patching.replaced_codes("product.py", SOURCE, SOURCE.replace("def passed", "def past"))
    assert patching.replaced_codes("product.py", SOURCE, mutated(SOURCE, constant())) == {}


def test_a_function_takes_its_new_code_also_where_the_process_is_frozen() -> None:
    module: dict[str, Any] = {}
    exec(compile(SOURCE, "product.py", "exec", dont_inherit=True), module)  # noqa: S102
    replaced = patching.replaced_codes("product.py", SOURCE, mutated(SOURCE, boundary()))
    assert module["passed"](60)
    gc.freeze()
    try:
        assert patching.put_in_place(replaced, "product.py") == 1
    finally:
        gc.unfreeze()
    assert not module["passed"](60)
