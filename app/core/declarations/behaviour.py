"""What does a table do beyond storing its fields?"""

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

#: Fills in values of a row that follow from others.
Prepare = Callable[["AnySession", "Actor", Any], None]
#: Returns the problems of a complete row, or the reasons why a row must be kept.
Check = Callable[["AnySession", Any], list[Problem]]


@dataclass(frozen=True)
class Numbered:
    """Each new row gets the next number under its prefix, such as a year's, in ``column``."""

    prefix: Callable[[Any], str]
    column: str = "no"


@dataclass(frozen=True)
class Counted:
    """New rows are numbered from 1 in ``column`` within the row that the link ``within`` names."""

    within: str
    column: str = "serial"


@dataclass(frozen=True)
class Behaviour:
    """How the rows of a table behave, from their first save to their deletion.

    ``adding`` prepares a new row, ``saving`` every row before it is checked. ``reads`` names
    relations to many rows that saving reads, so that they can be loaded for many rows at once.
    ``check`` finds problems that field declarations cannot express. ``keeps`` returns why a row
    must not be deleted yet, ``keeps_below`` the same for all rows that hang on it.
    """

    procedure: Procedure | None = None
    adding: Prepare | None = None
    saving: Prepare | None = None
    reads: tuple[str, ...] = ()
    check: Check | None = None
    keeps: Check | None = None
    keeps_below: Check | None = None
    numbering: Numbered | Counted | None = None


#: The behaviour of a table that declares none: its rows are stored as they are given.
PLAIN = Behaviour()

#: The behaviours of a subject's tables.
Behaviours = dict[type[Any], Behaviour]

_declared: dict[type[Any], Behaviour] = {}
_procedures: dict[str, Procedure] = {}


def declare(model: type[Any], behaviour: Behaviour) -> None:
    """Register the behaviour of ``model``; raises BadConfig if another was registered before."""
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
    """Return the behaviour of ``model``; PLAIN if none was declared."""
    _check_loaded()
    return _declared.get(model, PLAIN)


def procedures() -> Mapping[str, Procedure]:
    """Return every procedure by the name of its model, in the order of declaration."""
    _check_loaded()
    return MappingProxyType(_procedures)


def find_procedure(entity: str) -> Procedure | None:
    """Return the procedure of the model called ``entity``, or None if it has none."""
    return procedures().get(entity)


def procedure_of(entity: str) -> Procedure:
    """Return the procedure of the model called ``entity``; raises KeyError if it has none."""
    return procedures()[entity]


def state_label(entity: str, state: str) -> str:
    """Return the Chinese name of a state, or the state itself if the procedure has none such."""
    procedure = find_procedure(entity)
    if procedure is None:
        return state
    return next((one.label for one in procedure.states if one.name == state), state)


def _check_loaded() -> None:
    # Without its behaviours every table would look plain, and every row open.
    if not _declared:
        raise BadConfig("还没有声明任何办理方式，请先调用 app.behaviours.declare_all()")
