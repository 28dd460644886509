"""How do a screen's hooks of the framework run before and after a row is saved?

``pre_add``, ``post_add``, ``pre_update`` … of a screen surround the act of the services. An
exception in a ``pre_`` hook refuses the act with its message; ``post_`` hooks belong to the same
transaction, so that nothing is kept of an act which they refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import AppError, DiskTrouble, WrongState
from app.core.records import record
from app.core.transaction import transaction


def add(view: Any, item: Any) -> None:
    """Add the row of a form; raises as ``records.record.add``."""
    _ask(view.pre_add, item)
    with transaction(view.datamodel.session, view.datamodel.actor):
        record.add(view.datamodel.session, view.datamodel.actor, item)
        view.post_add(item)


def edit(view: Any, item: Any) -> None:
    """Save the row of a form; raises as ``records.record.edit``."""
    _ask(view.pre_update, item)
    with transaction(view.datamodel.session, view.datamodel.actor):
        record.edit(view.datamodel.session, view.datamodel.actor, item)
        view.post_update(item)


def remove(view: Any, item: Any) -> None:
    """Delete a row; raises as ``records.record.remove``."""
    _ask(view.pre_delete, item)
    with transaction(view.datamodel.session, view.datamodel.actor):
        record.remove(view.datamodel.session, view.datamodel.actor, item)
        view.post_delete(item)


def _ask(hook: Callable[[Any], object], item: Any) -> None:
    try:
        hook(item)
    except (AppError, DiskTrouble, SQLAlchemyError):
        raise
    except Exception as refusal:
        raise WrongState(str(refusal)) from refusal
