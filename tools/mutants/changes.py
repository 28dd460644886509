"""Which small changes of one piece of syntax would a good test notice?"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

#: Syntax that stands at a place in the file.
Placed = ast.expr | ast.stmt
#: A node, or the text that stands in its place.
Change = ast.AST | str

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
#: Each of these means something wherever the other does, so that no mutant dies of its name.
_NAMED = {
    "min": "max", "max": "min", "any": "all", "all": "any",
    "ROUND_HALF_UP": "'ROUND_DOWN'", "ROUND_DOWN": "'ROUND_HALF_UP'",
}  # fmt: skip
_METHODS = {"min": "max", "max": "min", "asc": "desc", "desc": "asc"}
#: Calls on a value that may be left out and still leave a value of the same kind.
_LEFT_OUT = {
    "order_by", "where", "distinct", "group_by", "quantize", "strip", "upper", "lower",
    "casefold", "zfill",
}  # fmt: skip
#: Calls whose arguments each say a condition or a step of an order.
_LISTED = {"where", "and_", "or_", "order_by", "filter"}
#: Declarations whose optional arguments each say something about behaviour.
_DECLARED = {"Move", "State", "Behaviour", "By", "NotYet"}
#: Arguments that say how a thing is shown or how fast it is.
_SILENT = {
    "strict", "frozen", "slots", "maxsize", "yield_per", "confirm", "primary", "danger", "remedy",
    "number", "basis", "source", "field", "label", "meaning", "short", "reviewer",
}  # fmt: skip
_EMPTY = {"list": "[]", "tuple": "()", "dict": "{}", "set": "set()", "frozenset": "frozenset()"}


def changes_of(node: ast.AST, returns: str) -> Iterator[tuple[Placed, Change]]:
    """Yield what to replace and by what; ``returns`` is the annotation of the function around."""
    for kind, found in _BY_KIND:
        if isinstance(node, kind):
            yield from found(node, returns)


def is_silent(keyword: str | None) -> bool:
    """Whether an argument of this name changes nothing that a test of behaviour could see."""
    return keyword in _SILENT


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _without(items: Sequence[Any], left_out: int) -> list[Any]:
    return [*items[:left_out], *items[left_out + 1 :]]


def _compare(node: ast.Compare, _returns: str) -> Iterator[tuple[Placed, Change]]:
    for at, used in enumerate(node.ops):
        ops = [*node.ops[:at], _COMPARED[type(used)](), *node.ops[at + 1 :]]
        yield node, _with(node, ops=ops)


def _bool_op(node: ast.BoolOp, _returns: str) -> Iterator[tuple[Placed, Change]]:
    # ``text or ""`` gives a default: only whether it is needed is asked, and whether it is all.
    if not isinstance(node.values[-1], ast.Constant):
        yield node, _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for at in range(len(node.values)):
        left = _without(node.values, at)
        yield node, left[0] if len(left) == 1 else _with(node, values=left)


def _unary(node: ast.UnaryOp, _returns: str) -> Iterator[tuple[Placed, Change]]:
    if isinstance(node.op, ast.Not):
        yield node, node.operand


def _constant(node: ast.Constant, _returns: str) -> Iterator[tuple[Placed, Change]]:
    if isinstance(node.value, bool):
        yield node, str(not node.value)
    elif isinstance(node.value, int):
        yield node, str(node.value + 1)
        yield node, str(node.value - 1)


def _bin_op(node: ast.BinOp, _returns: str) -> Iterator[tuple[Placed, Change]]:
    if type(node.op) in _COUNTED and not any(_is_text(one) for one in (node.left, node.right)):
        yield node, _with(node, op=_COUNTED[type(node.op)]())


def _is_text(node: ast.AST) -> bool:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return constant or isinstance(node, ast.JoinedStr | ast.List | ast.Tuple)


def _name(node: ast.Name, _returns: str) -> Iterator[tuple[Placed, Change]]:
    if node.id in _NAMED and isinstance(node.ctx, ast.Load):
        yield node, _NAMED[node.id]


def _call(node: ast.Call, _returns: str) -> Iterator[tuple[Placed, Change]]:
    called = node.func
    if isinstance(called, ast.Attribute):
        if called.attr in _LEFT_OUT:
            yield node, called.value
        if called.attr in _METHODS:
            yield node, _with(node, func=_with(called, attr=_METHODS[called.attr]))
    name = getattr(called, "attr", getattr(called, "id", ""))
    if name in _LISTED and len(node.args) > 1:
        for at in range(len(node.args)):
            yield node, _with(node, args=_without(node.args, at))
    if name in _DECLARED:
        for at, one in enumerate(node.keywords):
            if not (is_silent(one.arg) or ast.unparse(one.value) == "'optional'"):
                yield node, _with(node, keywords=_without(node.keywords, at))


def _if(node: ast.If | ast.IfExp, _returns: str) -> Iterator[tuple[Placed, Change]]:
    if isinstance(node, ast.IfExp):
        yield node, node.body
        yield node, node.orelse
    else:
        yield node.test, "True"
        yield node.test, "False"


def _comprehension(node: ast.comprehension, _returns: str) -> Iterator[tuple[Placed, Change]]:
    for one in node.ifs:
        yield one, "True"


def _members(
    node: ast.Tuple | ast.List | ast.Set, _returns: str
) -> Iterator[tuple[Placed, Change]]:
    named = all(isinstance(one, ast.Constant | ast.Starred) for one in node.elts)
    if named and len(node.elts) > 1:
        for at in range(len(node.elts)):
            yield node, _with(node, elts=_without(node.elts, at))


def _key(node: ast.Lambda, _returns: str) -> Iterator[tuple[Placed, Change]]:
    if isinstance(node.body, ast.Tuple):
        for at in range(len(node.body.elts)):
            yield node.body, _with(node.body, elts=_without(node.body.elts, at))


def _return(node: ast.Return, returns: str) -> Iterator[tuple[Placed, Change]]:
    if node.value is None:
        return
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) > 2:
        for at in range(len(node.value.elts)):
            yield node.value, _with(node.value, elts=_without(node.value.elts, at))
    kind = returns.partition("[")[0]
    empty = _EMPTY.get(kind) or {"bool": "not ({})", "str": '""', "int": "0"}.get(kind)
    if empty is not None:
        changed = empty.replace("{}", ast.unparse(node.value)) if kind == "bool" else empty
        yield node.value, changed
    elif "None" in returns:
        yield node.value, "None"


def _statement(node: ast.stmt, _returns: str) -> Iterator[tuple[Placed, Change]]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Assign) and not isinstance(
        node.targets[0], ast.Attribute | ast.Subscript
    ):
        return
    yield node, "pass"


_Found = Callable[[Any, str], Iterator[tuple[Placed, Change]]]
_BY_KIND: tuple[tuple[Any, _Found], ...] = (
    (ast.Compare, _compare),
    (ast.BoolOp, _bool_op),
    (ast.UnaryOp, _unary),
    (ast.Constant, _constant),
    (ast.BinOp, _bin_op),
    (ast.Name, _name),
    (ast.Call, _call),
    (ast.If | ast.IfExp, _if),
    (ast.comprehension, _comprehension),
    (ast.Tuple | ast.List | ast.Set, _members),
    (ast.Lambda, _key),
    (ast.Return, _return),
    (ast.Expr | ast.Assign | ast.AugAssign | ast.Raise | ast.Delete | ast.Continue, _statement),
)
