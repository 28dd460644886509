"""May these archived files be destroyed, and is the record of it complete?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.errors import Problem
from app.core.rule import CENTRE, INFERRED, Rule
from app.rules.archive.retention import retention_problems

DESTRUCTION_EMPTY = Rule(
    "destruction_empty",
    "销毁申请至少列有一件资料",
    "destruction_problems",
    basis=CENTRE,
    number="0-12",
)
DESTRUCTION_DUE = Rule(
    "destruction_due",
    "只销毁所属批次已归档、保管期已满、尚未销毁的本机构资料",
    "destruction_problems",
    clause="流程八",
    number="8-01",
)
DESTRUCTION_PENDING = Rule(
    "destruction_pending",
    "一件资料同一时间只在一份销毁申请中",
    "destruction_problems",
    basis=CENTRE,
    number="0-13",
)
DESTRUCTION_WITNESSES = Rule(
    "destruction_witnesses",
    "销毁有地点，由至少两名监销人到场",
    "presence_problems",
    basis=INFERRED,
    number="0-14",
)

FEWEST_WITNESSES = 2


@dataclass(frozen=True)
class FileFacts:
    """A listed file: its title and the last day of its retention.

    ``archived`` says that its batch is archived, ``own`` that it belongs to the applying body.
    ``pending`` is the number of another open application that lists it, or ''.
    """

    title: str
    keep_until: date
    kept: bool = True
    archived: bool = True
    own: bool = True
    pending: str = ""


def destruction_problems(files: Sequence[FileFacts], today: date) -> list[Problem]:
    """Return one problem, with its reason, for each file that may not be destroyed today."""
    if not files:
        message = "还没有列入要销毁的资料，请在“到期可销毁”中勾选"
        return [DESTRUCTION_EMPTY.broken(message, field="files")]
    found: list[Problem] = []
    for one in files:
        why = _hindrance(one, today)
        if why:
            found.append(DESTRUCTION_DUE.broken(f"“{one.title}”{why}", field="files"))
        elif one.pending:
            message = f"“{one.title}”已列入销毁申请 {one.pending}，请从本申请中去掉"
            found.append(DESTRUCTION_PENDING.broken(message, field="files"))
    return found


def _hindrance(one: FileFacts, today: date) -> str:
    if not one.own:
        return "不是本机构的资料，请从本申请中去掉"
    if not one.kept:
        return "已经销毁，请从本申请中去掉"
    if not one.archived:
        return "所属批次尚未归档，不能销毁"
    kept = retention_problems(one.keep_until, today)
    return kept[0].message if kept else ""


def presence_problems(place: str, witnesses: str) -> list[Problem]:
    """Return the problems with a destruction without place or without enough witnesses."""
    found = []
    if not place.strip():
        found.append(DESTRUCTION_WITNESSES.broken("请填写销毁地点", field="place"))
    names = {name for name in re.split(r"[、，,；;\s]+", witnesses.strip()) if name}
    if len(names) < FEWEST_WITNESSES:
        message = f"监销人至少{FEWEST_WITNESSES}名，用、分开填写"
        found.append(DESTRUCTION_WITNESSES.broken(message, field="witnesses"))
    return found
