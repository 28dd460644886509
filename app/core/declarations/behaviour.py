"""What does a table do beyond keeping its fields? One declaration per table, found by its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.core.declarations.procedure import Procedure
from app.core.errors import BadConfig, Problem

if TYPE_CHECKING:
    from app.core.roles import Actor
    from app.core.scope import AnySession

#: Fills in what a row gets by itself.
Prepare = Callable[["AnySession", "Actor", Any], None]
#: Everything wrong with a row that has all it must have; or why one must stay.
Check = Callable[["AnySession", Any], list[Problem]]


@dataclass(frozen=True)
class Numbered:
    """Each new row takes the next number that begins like this, in the column ``no``."""

    prefix: Callable[[Any], str]
    column: str = "no"


@dataclass(frozen=True)
class Counted:
    """The rows are counted from 1 within the row that the link ``within`` leads to."""

    within: str
    column: str = "serial"


@dataclass(frozen=True)
class Behaviour:
    """How the rows of a table behave, from their first save until they may be deleted.

    ``adding`` prepares a new row, ``saving`` every row before it is checked; ``reads`` names the
    relations to many rows that it looks at, so that they are read at once for many rows. ``check``
    judges what fields alone do not tell. ``keeps`` says why a row must not be deleted yet;
    ``keeps_below`` the same of everything that hangs on it.
    """

    procedure: Procedure | None = None
    adding: Prepare | None = None
    saving: Prepare | None = None
    reads: tuple[str, ...] = ()
    check: Check | None = None
    keeps: Check | None = None
    keeps_below: Check | None = None
    numbering: Numbered | Counted | None = None


#: The behaviour of a table that declares none: its rows are kept as they are given.
PLAIN = Behaviour()

#: The tables of a subject and how each behaves.
Behaviours = dict[type[Any], Behaviour]

_declared: dict[type[Any], Behaviour] = {}
_procedures: dict[str, Procedure] = {}


def declare(model: type[Any], behaviour: Behaviour) -> None:
    """Let the rows of ``model`` behave like this; BadConfig where it is said otherwise already."""
    if _declared.get(model, behaviour) is not behaviour:
        raise BadConfig(f"模型 {model.__name__} 的办理方式声明了两次，请合并成一处")
    procedure = behaviour.procedure
    if procedure is not None:
        if procedure.entity != model.__name__:
            raise BadConfig(
                f"模型 {model.__name__} 声明的程序写的是 {procedure.entity}，请改成一致"
            )
        _procedures[procedure.entity] = procedure
    _declared[model] = behaviour


def behaviour_of(model: type[Any]) -> Behaviour:
    """What is declared of ``model``; PLAIN where nothing is."""
    _check_loaded()
    return _declared.get(model, PLAIN)


def procedures() -> Mapping[str, Procedure]:
    """Every procedure by the name of its model, in the order in which they were declared."""
    _check_loaded()
    return MappingProxyType(_procedures)


def find_procedure(entity: str) -> Procedure | None:
    """The procedure of the model called ``entity``, or None where it has no states."""
    return procedures().get(entity)


def procedure_of(entity: str) -> Procedure:
    """The procedure of the model called ``entity``; KeyError where it has no states."""
    return procedures()[entity]


def state_label(entity: str, state: str) -> str:
    """The Chinese name of a state; the state itself where the procedure does not know it."""
    procedure = find_procedure(entity)
    if procedure is None:
        return state
    return next((one.label for one in procedure.states if one.name == state), state)


def _check_loaded() -> None:
    # Without its behaviours every table would look plain, and every row open.
    if not _declared:
        raise BadConfig("还没有声明任何办理方式，请先调用 app.behaviours.declare_all()")
