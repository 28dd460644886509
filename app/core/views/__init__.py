"""Which pages does a declared table get? Lists, records, forms, bulk edit, imports, history.

A table that declares itself needs a dozen lines to have all its pages. What a Flask-AppBuilder
developer writes on them goes before what is derived. Views decide nothing and keep no session.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask


def register(
    app: Flask, builder: Any, screens: Sequence[type[Any]], pages: Sequence[type[Any]], menu: Any
) -> None:
    """Add the screens of a product's tables, its other pages and the core's to the framework.

    Runs inside the application's context.
    """
    from app.core.views import shell
    from app.core.views.accounts.accounts import AccountView
    from app.core.views.accounts.keys import KeyView
    from app.core.views.accounts.profile import ProfileView
    from app.core.views.accounts.role_matrix import RoleMatrixView
    from app.core.views.history.changes import ChangeView
    from app.core.views.history.jobs import JobView
    from app.core.views.history.operations import OperationView
    from app.core.views.importing.importing import ImportRunView
    from app.core.views.lists.exported_rows import read_rows

    known = app.extensions["entity_views"] = {}
    app.extensions["menu"] = menu
    for screen in screens:
        view = builder.add_view_no_menu(screen)
        known[view.model.__name__] = view
    # Jobs stand below the screens and read addresses as these do.
    app.extensions["export_reader"] = read_rows
    core = (
        ChangeView,
        OperationView,
        ImportRunView,
        AccountView,
        RoleMatrixView,
        ProfileView,
        KeyView,
        JobView,
    )
    for page in (*core, *pages):
        builder.add_view_no_menu(page)
    shell.install(app)
