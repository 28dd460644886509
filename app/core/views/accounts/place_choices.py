"""Which places may an account belong to, and how are they searched and offered?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from wtforms.fields.choices import SelectChoice

from app.core.accounts.places import PlaceLink, places, target_of
from app.core.database import db
from app.core.declarations.field import describe
from app.core.importing.entities import natural_key
from app.core.views.accounts.account_forms import (
    AccountForm,
)
from app.core.views.interface import EntityInterface

OFFERED = 20


def few_links() -> list[PlaceLink]:
    """Return the links to so few places that all of them are listed."""
    return [link for link in places().links if not link.many]


def few_places() -> dict[str, list[tuple[str, str]]]:
    """Return all places of each link that leads to few of them."""
    return {link.name: _all_of(target_of(link)) for link in few_links()}


def _all_of(model: Any) -> list[tuple[str, str]]:
    data = EntityInterface(model, db.session)
    return [(str(row.id), str(row)) for row in data.get_many(data.keys([], order_of(model)))]


def names_of(model: Any) -> list[Any]:
    """Return the columns by which people search a place: its title and natural key."""
    return [getattr(model, name) for name in {describe(model).title: None, **_known_by(model)}]


def order_of(model: Any) -> tuple[Any, ...]:
    """Return the columns by which places are sorted."""
    return (*[getattr(model, name) for name in _known_by(model)], model.id)


def _known_by(model: Any) -> dict[str, None]:
    return dict.fromkeys(name for name in natural_key(model) if name in model.__table__.c)


def text_of(row: Any) -> str:
    """Return a place as it is offered: its title, then the other searched texts."""
    title = str(row)
    more = [str(getattr(row, column.key) or "") for column in names_of(type(row))]
    details = "，".join(one for one in more if one and one != title)
    return f"{title}（{details}）" if details else title


def offer_places(form: AccountForm) -> None:
    """Fill the selects: all places if there are few, else only the chosen one."""
    few = few_places()
    for link in places().links:
        select_field = form[link.name]
        if link.many:
            row = EntityInterface(target_of(link), db.session).one(select_field.data)
            options = [] if row is None else [(str(row.id), text_of(row))]
            url = url_for("AccountView.places", link=link.name)
            select_field.render_kw = {"data-remote": url, "data-placeholder": link.none}
        else:
            options = few[link.name]
        choices = [SelectChoice(value=key, label=text) for key, text in options]
        select_field.choices = [SelectChoice(value="", label=""), *choices]
