"""Is one declared line all that a new field takes, on a database that holds rows?"""

from __future__ import annotations

from tests.drill.copy_of import Copy

LINE = """    dormitory: Mapped[str] = field(
        String(40), "宿舍房号", default="", search="contains", imp=True, bulk=True
    )
"""
#: Where the issue of one line is met.
PLACES = {
    "list chooser", "list column", "form", "show page", "filter", "bulk edit", "blank template",
    "import", "export", "history", "API schema",
}  # fmt: skip


def test_a_field_follows_from_one_line(copy: Copy) -> None:
    known = copy.ask("prepare")
    people = copy.ask("people")
    assert len(people) == known["people"]

    copy.insert("app/models/sign_up/candidate.py", "    history: Mapped[list[WorkHistory]]", LINE)
    copy.run("make", "migration", "m=Add room of dormitory")
    copy.flask("db", "upgrade")
    assert copy.ask("people") == people

    found = copy.ask("places", "Candidate", "dormitory", str(known["Candidate"]))
    assert {place for place, there in found.items() if there} == PLACES
    copy.run("make", "docs")
    dictionary = (copy.root / "docs/generated/dictionary.md").read_text(encoding="utf-8")
    assert "| 宿舍房号 | `dormitory` |" in dictionary

    copy.flask("db", "downgrade")
    copy.remove("app/models/sign_up/candidate.py", LINE)
    assert copy.ask("people") == people
