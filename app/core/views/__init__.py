"""Which pages does a declared table get?

It gets lists, records, forms, bulk edits, imports and history with a dozen lines of declaration.
Attributes that a Flask-AppBuilder developer sets on a view override what is derived. Views contain
no rules and hold no session.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask


def register(
    app: Flask, builder: Any, screens: Sequence[type[Any]], pages: Sequence[type[Any]], menu: Any
) -> None:
    """Register the screens of a product's tables, its other pages and those of the core.

    Requires an application context.
    """
    from app.core.views import practice, shell
    from app.core.views.lists.exported_rows import read_rows

    known = app.extensions["entity_views"] = {}
    app.extensions["menu"] = menu
    for screen in screens:
        view = builder.add_view_no_menu(screen)
        known[view.model.__name__] = view
    # Jobs must not import views, but read addresses in the same way as the screens.
    app.extensions["export_reader"] = read_rows
    for page in (*_own_pages(), *pages):
        builder.add_view_no_menu(page)
    practice.install(app)
    shell.install(app)


def _own_pages() -> tuple[type[Any], ...]:
    """Return the pages of the core, which every product has."""
    from app.core.views.accounts.accounts import AccountView
    from app.core.views.accounts.keys import KeyView
    from app.core.views.accounts.profile import ProfileView
    from app.core.views.accounts.role_matrix import RoleMatrixView
    from app.core.views.history.changes import ChangeView
    from app.core.views.history.jobs import JobView
    from app.core.views.history.operations import OperationView
    from app.core.views.importing.importing import ImportRunView
    from app.core.views.practice import PracticeView

    return (
        ChangeView,
        OperationView,
        ImportRunView,
        AccountView,
        RoleMatrixView,
        ProfileView,
        KeyView,
        JobView,
        PracticeView,
    )
