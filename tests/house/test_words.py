"""Has every word of the code one meaning, and do words that were given up stay away?

docs/glossary.md gives each word of the code with the module where it lives. Identifiers are read
from the syntax tree, so that a Chinese sentence or a stored value may say what it likes.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.tree import ROOT, modules, tree

LOOKED_AT = ("app/", "seed/", "tools/", "config.py", "run.py")
HEADING = "## 代码自己的词"

#: A word that was given up, as a part of an identifier → what to say instead.
RETIRED = {
    "told": "what the value is: noted, verdict, message, reason",
    "telling": "the property that is meant",
    "anew": "again",
    "nobody": "no_actor, no_roles",
    "lack": "missing, shortage, reason",
    "lacks": "missing, shortage, reason",
    "lacking": "missing, without",
    "deed": "operation, act",
    "thereby": "the reason itself",
    "whereof": "the relation itself",
    "likewise": "the claim itself",
    "objection": "problem, fault, reason",
    "objections": "problems, faults, reasons",
}
#: An objection is what somebody raises against published results (异议), and nothing else.
KEPT = {
    "Objection",
    "ObjectionView",
    "OBJECTION",
    "OBJECTION_OPEN",
    "OBJECTION_UNCORRECTED",
    "open_objections",
    "open_objection_problems",
}
#: What is not said in docstrings and comments either.
UNSAID = re.compile(r"\b(anew|thereby|whereof|likewise)\b|\btold\b|for who may", re.IGNORECASE)

_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


def identifiers(found: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name in a module's syntax tree with its line."""
    for node in ast.walk(found):
        for attribute in ("id", "attr", "arg", "name", "asname"):
            name = getattr(node, attribute, None)
            if isinstance(name, str):
                yield getattr(node, "lineno", 0), name.rpartition(".")[2]


def retired(name: str) -> list[str]:
    """The words in an identifier that were given up."""
    return [] if name in KEPT else [one for one in map(str.lower, parts(name)) if one in RETIRED]


def parts(name: str) -> list[str]:
    return _PARTS.findall(name)


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The comments and docstrings of a file, each with its first line."""
    source = (ROOT / path).read_text(encoding="utf-8")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        is_docstring = token.type == tokenize.STRING and token.string.startswith('"""')
        if is_docstring or token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def looked_at() -> list[Path]:
    return [path for path in modules() if path.as_posix().startswith(LOOKED_AT)]


def words_of_the_code() -> list[tuple[str, str, str]]:
    """Word, module and meaning, from the table of the glossary."""
    section = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").partition(HEADING)[2]
    table = section.partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \| `([\w.]+)` \| (.+?) \|$", table, re.MULTILINE)


@pytest.mark.parametrize("name", ["told_of", "TOLD", "Deed", "_lacking", "photo_objection"])
def test_a_retired_word_is_found_in_any_spelling(name: str) -> None:
    assert retired(name)


@pytest.mark.parametrize("name", ["Objection", "untold", "indeed", "black"])
def test_a_word_that_only_looks_like_one_is_none(name: str) -> None:
    assert retired(name) == []


def test_retired_words_do_not_come_back_as_identifiers() -> None:
    found = {
        f"{path}:{line} {name}: say {RETIRED[word]}"
        for path in looked_at()
        for line, name in identifiers(tree(path))
        for word in retired(name)
    }
    assert sorted(found) == []


def test_retired_words_do_not_come_back_in_prose() -> None:
    found = [
        f"{path}:{line} {match.group()}"
        for path in looked_at()
        for line, text in prose(path)
        for match in UNSAID.finditer(text)
    ]
    assert found == []


def test_every_word_of_the_code_is_where_the_glossary_says() -> None:
    words = words_of_the_code()
    assert len(words) > 40
    wrong = []
    for word, module, _ in words:
        found = import_module(module)
        if not hasattr(found, word) and module.rpartition(".")[2] != word:
            wrong.append(f"{module}.{word}")
    assert wrong == []


def test_every_word_of_the_code_has_one_meaning() -> None:
    words = [word for word, _, _ in words_of_the_code()]
    assert sorted(words) == sorted(set(words))
