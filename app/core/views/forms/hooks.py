"""What does a screen do before and after a row is kept, by the framework's hooks?

``pre_add``, ``post_add``, ``pre_update`` … of a screen stand around the act of the services;
whatever a ``pre_`` hook raises refuses the act, with its words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import AppError, DiskTrouble, WrongState
from app.core.records import record


def add(view: Any, item: Any) -> None:
    """Add the row of a form; raises as ``services.record.add``."""
    _ask(view.pre_add, item)
    record.add(view.datamodel.session, view.datamodel.actor, item)
    view.post_add(item)


def edit(view: Any, item: Any) -> None:
    """Keep the row of a form; raises as ``services.record.edit``."""
    _ask(view.pre_update, item)
    record.edit(view.datamodel.session, view.datamodel.actor, item)
    view.post_update(item)


def remove(view: Any, item: Any) -> None:
    """Delete a row; raises as ``services.record.remove``."""
    _ask(view.pre_delete, item)
    record.remove(view.datamodel.session, view.datamodel.actor, item)
    view.post_delete(item)


def _ask(hook: Callable[[Any], object], item: Any) -> None:
    try:
        hook(item)
    except (AppError, DiskTrouble, SQLAlchemyError):
        raise
    except Exception as refusal:
        raise WrongState(str(refusal)) from refusal
