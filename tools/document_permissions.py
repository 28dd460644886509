"""Which role may change which data and make which moves?"""

from __future__ import annotations

from collections.abc import Iterable

import app.models  # noqa: F401 - declares the tables
from app.core.declarations.base import Entity, entities, entity_named
from app.core.declarations.behaviour import procedure_of, procedures, state_label
from app.core.declarations.field import describe
from app.core.declarations.links import target_of
from app.core.declarations.opening import Issued, OpenIn, Opening, OpenWhile, openings_of
from app.core.declarations.procedure import Move
from app.core.declarations.reach import ByParent, Everyone, Linked, NotYet, OpenWhenNull, Tie, Via
from app.core.roles import AREAS, TITLES, Area
from app.models.owners import AnyBody, ByBody, ByCentre

CENTRES = {"centre_id": "备案（委托）中心", "city_centre_id": "评价所在地市中心"}


def page(head: str) -> list[str]:
    """Return the lines of the page; ``head`` is its notice of being generated."""
    return [
        "# 权限",
        "",
        head,
        "",
        "## 各类数据",
        "",
        "查：查看、导出；改：新增、修改、导入；删：删除。看得见哪些行另由下一节的范围决定。",
        "",
        *table(["数据", "包括", *TITLES.values()], map(_area, AREAS.items())),
        "",
        "## 看得见哪些行",
        "",
        "系统管理员、省中心人员和省中心的审计员看全部；其他人员看到下列任一条成立的行。",
        "“可改”为空的，看得见且有角色权限即可改。",
        "",
        *table(["数据", "看得见", "可改"], _reaches()),
        "",
        "## 何时可以增删改",
        "",
        "角色和范围之外，记录或它所属的业务处在下列状态时才可以增删改；没有列出的，任何时候都可以。",
        "",
        *table(["数据", "何时"], _openings()),
        "",
        "## 各项办理",
        "",
        "同时要求记录处在起始状态。标“须另一人”的，办理过所列操作的人不能办。",
        "标“归”的，只由该中心办理，省中心可以代办。",
        "",
        *table(["业务", "操作", *TITLES.values(), "另外"], _moves()),
    ]


def table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    heads = list(columns)
    return [
        f"| {' | '.join(heads)} |",
        "|" + "---|" * len(heads),
        *(f"| {' | '.join(cell.replace('|', '／') for cell in row)} |" for row in rows),
    ]


def _area(item: tuple[str, Area]) -> list[str]:
    name, area = item
    labels = sorted(model.__label__ for model in entities() if model.__area__ == name)
    kinds = ((area.read, "查"), (area.write, "改"), (area.delete, "删"))
    words = ["".join(word for roles, word in kinds if role in roles) or "—" for role in TITLES]
    return [area.title, "、".join(labels), *words]


def _reaches() -> Iterable[list[str]]:
    for model in sorted(entities(), key=lambda one: one.__name__):
        seen, own = (
            "；".join(_tie(model, tie) for tie in reach)
            for reach in (model.__reach__, model.__owner__)
        )
        yield [model.__label__, seen, own]


def _tie(model: type[Entity], tie: Tie) -> str:
    match tie:
        case ByBody("id"):
            return "就是本评价机构"
        case ByBody(column):
            return f"{_label(model, column)}是本评价机构"
        case ByCentre(column):
            return f"{_label(model, column)}是本中心"
        case ByParent() | NotYet():
            return _built_on(model, tie)
        case Via(relation):
            return f"看得见它的{_label(model, relation)}"
        case Linked(name, column):
            return f"看得见{_label(entity_named(name), column)}是它的{entity_named(name).__label__}"
        case OpenWhenNull(column):
            return f"没有{_label(model, column)}（共用）"
        case AnyBody():
            return "所有评价机构"
        case Everyone():
            return "所有人"
        case _:
            raise TypeError(tie)


def _built_on(model: type[Entity], tie: ByParent | NotYet) -> str:
    """Return in words a rule that is built on another one."""
    if isinstance(tie, ByParent):
        parent = model.__mapper__.relationships[tie.relation].mapper.class_
        return f"{_label(model, tie.relation)}的{_tie(parent, tie.tie)}"
    known = "、".join(f"{_label(model, name)}为 {value} " for name, value in tie.values)
    return f"{_tie(model, tie.tie)}（{known}的除外）"


def _label(model: type[Entity], name: str) -> str:
    return f"“{describe(model).field(name.removesuffix('_id')).label}”"


def _openings() -> Iterable[list[str]]:
    for model in sorted(entities(), key=lambda one: one.__name__):
        openings = [_opening(model, one) for one in openings_of(model)]
        if any(openings):
            yield [f"{describe(model).label} `{model.__name__}`", "；".join(filter(None, openings))]


def _opening(model: type[Entity], opening: Opening) -> str:
    match opening:
        case OpenIn(states=states):
            return f"自身为{_states(model, states)}"
        case OpenWhile(states=states):
            holder = target_of(model, opening.links)
            return f"所属{describe(holder).label}为{_states(holder, states)}"
        case Issued():
            return "由程序产生，不能手工增删改"
        case _:
            return ""


def _states(model: type[Entity], states: Iterable[str]) -> str:
    return "、".join(f"“{state_label(model.__name__, one)}”" for one in states)


def _moves() -> Iterable[list[str]]:
    for one in procedures().values():
        for move in one.moves:
            marks = ["✓" if role in move.roles else "—" for role in TITLES]
            yield [one.label, f"{move.label} `{move.name}`", *marks, conditions(one.entity, move)]


def conditions(entity: str, move: Move) -> str:
    """Return in words what a move requires besides the role."""
    found = []
    if move.note == "required":
        found.append("须写理由")
    if move.at:
        found.append(f"归{CENTRES[move.at.column]}")
    if move.apart:
        labels = "、".join(procedure_of(entity).move(name).label for name in move.apart)
        found.append(f"须另一人（{labels}）")
    if move.takes_back:
        found.append("尚无人办理时，只能一次")
    if move.answers:
        found.append("退回后逐条答复")
    if move.rare:
        found.append("在“更多”里")
    return "，".join(found)
