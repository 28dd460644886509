"""Does each table that hangs on a procedure declare when it is open?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import describe
from app.core.declarations.links import above, target_of
from app.core.declarations.opening import OpenIn, OpenWhile, openings_of
from app.core.errors import BadConfig


def check_openings(models: Sequence[type[Any]]) -> None:
    """Raise BadConfig if a table might stay open by oversight; lists every model and remedy."""
    wrong = [line for model in models for line in _wrong(model)]
    if wrong:
        raise BadConfig("；".join(wrong))


def _wrong(model: type[Any]) -> Iterator[str]:
    said = openings_of(model)
    if not said:
        yield from _silent(model)
    for one in said:
        if isinstance(one, OpenIn):
            yield from _of_states(model, "__open__ 的 OpenIn", model, one.states)
        elif isinstance(one, OpenWhile):
            yield from _of_path(model, one)
    yield from _of_fields(model)


def _of_fields(model: type[Any]) -> Iterator[str]:
    for field in describe(model).fields:
        if field.open_in:
            yield from _of_states(model, f"{field.name} 的 open_in", model, field.open_in)


def _silent(model: Any) -> Iterator[str]:
    holders = [one for one in above(model) if find_procedure(one.__name__) is not None]
    if find_procedure(model.__name__) is not None:
        yield (
            f"模型 {model.__name__} 有办理程序，没有写明在哪些状态下可以修改：请在模型里写上"
            '__open__ = OpenIn("draft", …)，各状态都可以改的写 __open__ = AlwaysOpen("理由")'
        )
    elif holders:
        path = ".".join(above(model)[holders[0]])
        yield (
            f"模型 {model.__name__} 挂在“{holders[0].__label__}”（{path}）之下，没有写明何时可以"
            f'增删改：请在模型里写上 __open__ = OpenWhile("{path}", "状态", …)，'
            '一直可以的写 __open__ = AlwaysOpen("理由")，由程序产生的写 __open__ = Issued()'
        )


def _of_path(model: type[Any], one: OpenWhile) -> Iterator[str]:
    said = f'__open__ 的 OpenWhile("{one.path}")'
    try:
        target = target_of(model, one.links)
    except KeyError as missing:
        yield f"模型 {model.__name__} 的 {said} 不对：没有 {missing.args[0]} 这个关联"
        return
    yield from _of_states(model, said, target, one.states)


def _of_states(
    model: type[Any], said: str, holder: type[Any], states: Sequence[str]
) -> Iterator[str]:
    procedure = find_procedure(holder.__name__)
    if procedure is None:
        yield f"模型 {model.__name__} 的 {said} 不对：“{holder.__label__}”没有办理程序"
        return
    known = [state.name for state in procedure.states]
    unknown = [state for state in states if state not in known]
    if unknown or not states:
        yield (
            f"模型 {model.__name__} 的 {said} 写的状态“{'、'.join(unknown)}”不对，"
            f"可用的有：{'、'.join(known)}"
        )
