"""Which screens does the application have, and how do they join the framework?"""

from __future__ import annotations

from typing import Any

from flask import Flask


def register(app: Flask, builder: Any) -> None:
    """Add every screen to the framework; runs inside the application's context."""
    from app.views import administration
    from app.views.changes import ChangeView
    from app.views.exported_rows import read_rows
    from app.views.importing import ImportRunView, ImportView
    from app.views.operations import OperationView
    from app.views.screens import screens

    known = app.extensions["entity_views"] = {}
    for screen in screens():
        view = builder.add_view_no_menu(screen)
        known[view.model.__name__] = view
    # Jobs stand below the screens and read addresses as these do.
    app.extensions["export_reader"] = read_rows
    builder.add_view_no_menu(ChangeView)
    builder.add_view_no_menu(OperationView)
    builder.add_view_no_menu(ImportView)
    builder.add_view_no_menu(ImportRunView)
    administration.register(app, builder)
