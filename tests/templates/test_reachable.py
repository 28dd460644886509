"""Can each template be reached, and does no page show the framework's own look?"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import flask_appbuilder
from flask_appbuilder import widgets
from flask_appbuilder.baseviews import BaseView
from flask_appbuilder.charts.views import DirectByChartView, GroupByChartView
from flask_appbuilder.security.views import AuthDBView
from flask_appbuilder.views import (
    CompactCRUDMixin,
    MasterDetailView,
    ModelView,
    MultipleView,
    PublicFormView,
    SimpleFormView,
)
from jinja2 import Environment, meta

from tests.templates.shell import APP, CORE, FRAMEWORK

OURS = (CORE / "templates", APP / "templates")
STOCK = FRAMEWORK / "templates"
#: The kinds of views that ``appbuilder.add_view`` takes (see ``guests.py``), and the entrance.
KINDS = (
    BaseView, ModelView, CompactCRUDMixin, MasterDetailView, MultipleView, SimpleFormView,
    PublicFormView, GroupByChartView, DirectByChartView, AuthDBView,
)  # fmt: skip
#: What the framework's manual has developers write in templates and views of their own.
WRITTEN_BY_DEVELOPERS = {
    "appbuilder/base.html",
    "appbuilder/baselayout.html",
    "appbuilder/general/lib.html",
    "appbuilder/general/model/show_cascade.html",
    "appbuilder/general/model/edit_cascade.html",
}
#: Of the framework's own pages only this one is drawn; it hands over to our base template.
HANDED_ON = {"appbuilder/base.html"}
NAMED = re.compile(r"""["']([a-z_/]+\.html)["']""")


def named_in_code() -> set[str]:
    """The templates that our Python names."""
    return {name for path in APP.rglob("*.py") for name in NAMED.findall(path.read_text("utf-8"))}


def named_by_views() -> set[str]:
    """The templates of those kinds of views, and of every widget that such a view may name."""
    found = {
        value
        for kind in KINDS
        for name, value in inspect.getmembers(kind)
        if name.endswith("_template") and isinstance(value, str)
    }
    drawn = [one for one in vars(widgets).values() if inspect.isclass(one)]
    drawn += [value for kind in KINDS for name, value in inspect.getmembers(kind)
              if name.endswith("_widget") and inspect.isclass(value)]  # fmt: skip
    # The framework names two that it does not have.
    return found | {
        one.template for one in drawn if _path(getattr(one, "template", "")) is not None
    }


def _path(name: str) -> Path | None:
    return next(
        (folder / name for folder in (*OURS, STOCK) if name and (folder / name).is_file()), None
    )


def _referenced(name: str) -> Iterator[str]:
    path = _path(name)
    if path is not None:
        found: Any = meta.find_referenced_templates(
            Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(
                path.read_text("utf-8")
            )
        )
        # What is named by a variable is named in the code, or is the base template.
        yield from (one for one in found if one is not None)


@cache
def reached() -> frozenset[str]:
    """Every template that is rendered, extended, included or imported from one that is."""
    open_ends = [*named_in_code(), *named_by_views(), *WRITTEN_BY_DEVELOPERS]
    found: set[str] = set()
    while open_ends:
        name = open_ends.pop()
        if name not in found:
            found.add(name)
            open_ends.extend(_referenced(name))
    return frozenset(found)


def test_every_template_can_be_reached() -> None:
    ours = {one.relative_to(at).as_posix() for at in OURS for one in at.rglob("*.html")}
    assert len(ours) > 40
    assert sorted(ours - reached()) == []


def test_every_template_that_is_named_exists() -> None:
    assert [name for name in sorted(reached()) if _path(name) is None] == []


def test_no_page_that_can_be_reached_shows_the_stock_look() -> None:
    stock = {name for name in reached() if not any((at / name).is_file() for at in OURS)}
    assert stock == HANDED_ON


def test_the_page_that_is_handed_on_holds_nothing_but_macros() -> None:
    """Should the framework draw something there, it would stand on every page of an add-on."""
    source = (Path(flask_appbuilder.__file__).parent / "templates/appbuilder/base.html").read_text()
    assert (
        re.sub(r"{#.*?#}|<!--.*?-->", "", source, flags=re.S).strip()
        == "{% extends base_template %}"
    )
