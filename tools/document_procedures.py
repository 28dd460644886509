"""Which states and moves does each procedure have, in tables and a diagram?"""

from __future__ import annotations

from collections.abc import Iterable

from app.core.declarations.behaviour import procedures
from app.core.declarations.procedure import BACK, STAY, Move, Procedure
from app.core.roles import TITLES
from tools.document_permissions import conditions, table

COLOURS = {
    "grey": "灰（准备）",
    "blue": "蓝（等待决定）",
    "orange": "橙（须修改）",
    "teal": "青（进行中）",
    "green": "绿（完成）",
    "red": "红（停止）",
}


def page(head: str) -> list[str]:
    """Return the lines of the page; ``head`` is its notice of being generated."""
    lines = ["# 状态与操作", "", head, ""]
    for one in procedures().values():
        lines += _procedure(one)
    return lines


def _procedure(one: Procedure) -> list[str]:
    states = [
        [state.label, f"`{state.name}`", COLOURS[state.colour], state.meaning]
        for state in one.states
    ]
    return [
        f"## {one.label} `{one.entity}`",
        "",
        "```mermaid",
        *diagram(one),
        "```",
        "",
        *table(["状态", "标识", "颜色", "含义"], states),
        "",
        *table(["操作", "从", "到", "由谁", "另外"], (_move(one, move) for move in one.moves)),
        "",
    ]


def diagram(one: Procedure) -> list[str]:
    """Return the procedure as the lines of a Mermaid state diagram."""
    names = [f'    state "{state.label}" as {state.name}' for state in one.states]
    ends = [
        f"    {state.name} --> [*]"
        for state in one.states
        if all(move.rare for move in one.moves_from(state.name))
    ]
    steps = [
        f"    {source} --> {target}: {move.label}"
        for move in one.moves
        for source, target in edges(one, move)
    ]
    return ["stateDiagram-v2", *names, f"    [*] --> {one.first}", *steps, *ends]


def edges(one: Procedure, move: Move) -> Iterable[tuple[str, str]]:
    """Yield (from, to) of a move; a resumption leads back to every source of its suspension."""
    for source in move.sources:
        if move.target != BACK:
            yield source, source if move.target == STAY else move.target
            continue
        for pause in one.moves:
            if pause.target == source:
                yield from ((source, before) for before in pause.sources)


def _move(one: Procedure, move: Move) -> list[str]:
    special = {BACK: "原来的状态", STAY: "状态不变"}
    target = special.get(move.target) or one.state(move.target).label
    return [
        f"{move.label} `{move.name}`",
        "、".join(one.state(name).label for name in move.sources),
        target,
        "、".join(title for role, title in TITLES.items() if role in move.roles),
        conditions(one.entity, move),
    ]
