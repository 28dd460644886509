"""Do a new child of a batch, a new check and a new move each take one file, and no register?"""

from __future__ import annotations

import json
from typing import Any

from tests.drill.copy_of import Copy

MODEL = '''"""Who looked at an application on the spot?"""

from __future__ import annotations

from sqlalchemy import Integer, String

from app.core.declarations.opening import OpenWhile
from app.core.declarations.base import Entity
from app.models.filing.batch import Batch
from app.models.sign_up.candidate import Candidate
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.reach import Via


class Visit(Entity):
    """现场核查: of one candidate's papers."""

    __tablename__ = "visit"
    __label__ = "现场核查"
    __title__ = "visitor"
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = OpenWhile("batch", "draft")

    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    candidate_id: Mapped[int | None] = key_to("candidate", nullable=True)
    candidate: Mapped[Candidate | None] = link("参评人员", list=True)
    serial: Mapped[int] = field(Integer, "序号", default=0, form=False)
    visitor: Mapped[str] = field(String(40), "核查人", list=True)
'''
OPENING = '    __open__ = OpenWhile("batch", "draft")\n'
BEHAVIOUR = '''"""How do visits behave?"""

from __future__ import annotations

from app.core.declarations.behaviour import Behaviour, Behaviours, Counted
from app.core.errors import Problem
from app.models.visit import Visit
from app.core.scope import AnySession


def _check(_session: AnySession, item: Visit) -> list[Problem]:
    if item.visitor != "甲":
        return []
    return [Problem("visitor_unknown", "没有这位核查人，请核对", field="visitor")]


BEHAVIOURS: Behaviours = {Visit: Behaviour(check=_check, numbering=Counted("batch"))}
'''
MOVE = """        Move(
            "postpone", "延期", ("planned",), STAY, CENTRE, note="required", at=ByCentre(),
            confirm="将 {n} 次督导延期",
            asks=lambda _session, item: (
                [Problem("postponed", "已经延期过一次")] if "延期" in item.findings else []
            ),
            follows=lambda _session, _actor, item: setattr(item, "findings", "延期"),
        ),
"""
FINISH = '        Move(\n            "finish", "完成督导",'


def question(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False)


def test_a_child_its_check_and_a_move_follow_from_their_declarations(copy: Copy) -> None:
    known = copy.ask("prepare")
    copy.write("app/models/visit.py", MODEL)
    copy.write("app/behaviours/visits.py", BEHAVIOUR)
    copy.insert("app/behaviours/supervision.py", FINISH, MOVE)
    copy.run("make", "migration", "m=Add visits")
    copy.flask("db", "upgrade")
    other = copy.ask("supervised")

    visit = {"add": "Visit", "batch": known["batch"], "candidate": known["Candidate"]}
    late = {"move": "postpone", "of": ["Inspection", other["inspection"]]}
    *found, closed = copy.ask(
        "attempts",
        question(**visit, visitor="甲"),
        question(**{**visit, "batch": other["batch"]}, visitor="乙"),
        question(**visit, visitor="乙"),
        question(**late),
        question(**late, note="下雨"),
        question(**late, note="又下雨"),
        question(move="withdraw", of=["Batch", known["batch"]], note="不办了"),
        question(**visit, visitor="乙"),
    )
    assert found == [
        ["visitor_unknown"],
        ["parents_apart"],
        [],
        ["note_missing"],
        [],
        ["postponed"],
        [],
    ]
    assert "现在是“已终止”，现场核查不能再改" in closed[0]
    assert copy.ask("first", "Visit")["serial"] == "1"

    copy.run("make", "docs")
    procedures = (copy.root / "docs/generated/procedures.md").read_text(encoding="utf-8")
    assert "| 延期 `postpone` |" in procedures
    rights = (copy.root / "docs/generated/permissions.md").read_text(encoding="utf-8")
    assert "| 现场核查 `Visit` | 所属认定批次为“草稿” |" in rights
