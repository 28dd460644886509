"""How does each table behave? One declaration per table, in one file per subject.

Each file ends with its ``BEHAVIOURS``: model → Behaviour.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from app.core.declarations.behaviour import declare

#: The order in which procedures are listed, on the home page and in the documents.
SUBJECTS = (
    "bodies",
    "commissions",
    "filing",
    "results",
    "supervision",
    "certificates",
    "archive",
)


def declare_all() -> None:
    """Declare the behaviour of every table, including files that ``SUBJECTS`` does not list."""
    for name in dict.fromkeys((*SUBJECTS, *(one.name for one in iter_modules(__path__)))):
        module = import_module(f"{__name__}.{name}")
        for model, behaviour in getattr(module, "BEHAVIOURS", {}).items():
            declare(model, behaviour)
