"""Does a form stay as small as it is, however many rows its relations could offer?"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, UniqueConstraint, inspect

from app.core import scope
from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.views.base import EntityView
from app.core.views.columns import target_of
from tests.views.world import GIVEN, World

MANY = 300


def screens(app: Flask) -> list[Any]:
    views = app.extensions["appbuilder"].baseviews
    return [view for view in views if isinstance(view, EntityView) and _has_form(view)]


def _has_form(view: Any) -> bool:
    return "can_add" in view.base_permissions and any(
        field.relation and field.form for field in describe(view.model).fields
    )


def multiply(session: AnySession, row: Any) -> None:
    """``MANY`` rows like this one, with other words where words must differ."""
    model: Any = type(row)
    columns = inspect(model).columns
    constraints = [one for one in model.__table__.constraints if isinstance(one, UniqueConstraint)]
    unique = {column.name for one in constraints for column in one.columns}
    unique |= {column.name for column in columns if column.unique}
    values = {column.key: getattr(row, column.key) for column in columns if column.key != "id"}
    texts = {name for name in unique if isinstance(columns[name].type, String)}
    if unique and not texts:
        return
    made = [{**values, **dict.fromkeys(texts, f"第{at}")} for at in range(MANY)]
    session.execute(model.__table__.insert(), made)


def test_a_form_does_not_grow_with_the_tables_that_it_refers_to(
    app: Flask, session: AnySession, province: FlaskClient, ours: World
) -> None:
    views = screens(app)
    before = {view: province.get(f"{view.route_base}/add").text for view in views}
    targets: set[type[Entity]] = {
        target_of(view.model, field)
        for view in views
        for field in describe(view.model).fields
        if field.relation
    }
    with scope.acting(session, SYSTEM):
        for model in sorted(targets, key=lambda one: one.__name__):
            # The reference data has as many rows as it needs already.
            if model.__name__ not in GIVEN:
                multiply(session, ours.row(model))
        session.commit()
    grown = {}
    for view, page in before.items():
        after = province.get(f"{view.route_base}/add").text
        if abs(len(after) - len(page)) > 40:
            grown[view.model.__name__] = len(after) - len(page)
    assert grown == {}
    assert len(before) > 15


def test_every_relation_of_a_form_asks_the_server_for_its_rows(
    app: Flask, province: FlaskClient
) -> None:
    for view in screens(app):
        page = province.get(f"{view.route_base}/add").text
        for field in describe(view.model).fields:
            if not (field.relation and field.form):
                continue
            control = re.search(rf'<select[^>]*name="{field.name}"[^>]*>(.*?)</select>', page, re.S)
            assert control is not None, (view.model, field.name)
            assert "data-remote" in control[0], (view.model, field.name)
            assert control[1].count("<option") <= 2, (view.model, field.name)
