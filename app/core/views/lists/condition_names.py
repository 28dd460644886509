"""Are all parameters of an address known to its list?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.core.declarations.base import Entity
from app.core.errors import Problem, RulesBroken
from app.core.refusals.asking import UNKNOWN_CONDITION
from app.core.views.lists.clauses import subject_of
from app.core.views.lists.filters import RESERVED, Args, filterable, simple_names
from app.core.views.lists.operators import operator_of

LONGEST_NAME = 60
REMEDY = "请去掉或改正后重试"


def check_conditions(model: type[Entity], args: Args, also: Collection[str] = ()) -> None:
    """Raise RulesBroken, naming each, for parameters that are no condition on ``model``.

    Ignoring an unknown condition would export or change more rows than intended. ``also`` are
    further names that the caller handles itself.
    """
    if problems := condition_problems(model, args, also):
        raise RulesBroken(problems)


def condition_problems(
    model: type[Entity], args: Args, also: Collection[str] = ()
) -> list[Problem]:
    """Return the problems that ``check_conditions`` raises."""
    known = {*RESERVED, *simple_names(model), *_named(model, args), *also}
    return _name_problems(args, known)


def _named(model: type[Entity], args: Args) -> Iterator[str]:
    """Yield those names with a dot among ``args`` that are conditions on ``model``."""
    fields = {field.name: field for field in filterable(model)}
    for name in args:
        field_name, dot, operator = name.partition(".")
        if dot and field_name in fields:
            kind = subject_of(model, fields[field_name]).kind
            yield from [name] if operator_of(kind, operator) is not None else []


def check_names(args: Args, known: Collection[str]) -> None:
    """Raise RulesBroken for parameters of an address that are not in ``known``."""
    if problems := _name_problems(args, known):
        raise RulesBroken(problems)


def _name_problems(args: Args, known: Collection[str]) -> list[Problem]:
    return [
        UNKNOWN_CONDITION.of(field=name, name=name[:LONGEST_NAME], remedy=REMEDY)
        for name in args
        if name not in known
    ]
