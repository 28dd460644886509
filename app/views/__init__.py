"""Which screens does the application have, and how do they join the framework?"""

from __future__ import annotations

from typing import Any

from flask import Flask


def register(app: Flask, builder: Any) -> None:
    """Add every screen to the framework; runs inside the application's context."""
    from app import views
    from app.core.views.history.changes import ChangeView
    from app.core.views.history.operations import OperationView
    from app.core.views.importing.importing import ImportRunView, ImportView
    from app.core.views.lists.exported_rows import read_rows
    from app.core.views.screens import screens_in
    from app.views import administration

    known = app.extensions["entity_views"] = {}
    for screen in screens_in(views):
        view = builder.add_view_no_menu(screen)
        known[view.model.__name__] = view
    # Jobs stand below the screens and read addresses as these do.
    app.extensions["export_reader"] = read_rows
    builder.add_view_no_menu(ChangeView)
    builder.add_view_no_menu(OperationView)
    builder.add_view_no_menu(ImportView)
    builder.add_view_no_menu(ImportRunView)
    administration.register(app, builder)
