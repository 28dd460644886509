"""Which views of others have no place here, and what becomes of a table that is not ours?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder import BaseView, ModelView, expose, has_access, permission_name
from flask_appbuilder.api import BaseApi, ModelRestApi
from flask_appbuilder.charts.views import ChartView
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.views import MultipleView
from sqlalchemy import Boolean, CheckConstraint, Integer, Numeric, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app import create_app
from app.core import scope
from app.core.accounts.bootstrap import bootstrap
from app.core.errors import BadConfig
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.tables import Change
from app.models import AppUser, Body, Candidate, Score, Site
from app.roles import BODY_CLERK, EVERYONE, PROVINCE_ADMIN
from app.views.bodies.bodies import SiteView
from tests import factories
from tests.client import IsolatedClient
from tests.database import settings_for
from tests.factories import TANGSHAN
from tests.security.people import signed_in
from tests.servers import Database
from tests.views.pages import text
from tests.views.world import World

Register = Callable[..., Flask]


class Base(DeclarativeBase):
    """Tables of somebody else, which are in no migration of ours."""


class Meal(Base):
    """A meal of the canteen."""

    __tablename__ = "canteen_meal"
    __table_args__ = (CheckConstraint("price < 1000", name="cheap"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    price: Mapped[Any] = mapped_column(Numeric(8, 2))
    hot: Mapped[bool] = mapped_column(Boolean, default=False)


class MealView(ModelView):
    """Meals."""

    datamodel = SQLAInterface(Meal)
    list_columns = ["name", "price"]
    list_title, add_title, edit_title = "菜单", "新增菜", "修改菜"
    add_columns = edit_columns = ["name", "price", "hot"]
    label_columns = {"name": "菜名", "price": "价格", "hot": "热菜"}


class UserView(ModelView):
    """Accounts, past all rules."""

    datamodel = SQLAInterface(AppUser)


class HistoryView(ModelView):
    """History, past all scopes."""

    datamodel = SQLAInterface(Change)


class SiteRestApi(ModelRestApi):
    """The framework's interface."""

    datamodel = SQLAInterface(Site)


class OldChart(ChartView):
    """A chart as it was written before 2014."""

    datamodel = SQLAInterface(Site)
    group_by_columns = ["name"]


class Borrowed(ModelView):
    """Under the name of one of our tables."""

    datamodel = SQLAInterface(Site)
    class_permission_name = "Batch"


class Nested(ModelView):
    """With one of our screens inside."""

    datamodel = SQLAInterface(Body)
    related_views = [SiteView]


class Side(MultipleView):
    """With one of our screens inside."""

    views = [SiteView]


class OfState(ModelView):
    """Lets a state be typed in."""

    datamodel = SQLAInterface(Body)
    edit_columns = ["name", "state"]


class OfMarks(ModelView):
    """Lets the marks of who and when be typed in."""

    datamodel = SQLAInterface(Body)
    add_columns = ["name", "created_by_id"]


class ByPieces(ModelView):
    """Looks for people by pieces of their numbers."""

    datamodel = SQLAInterface(Candidate)
    search_columns = ["name", "id_number"]


class Aimless(ModelView):
    """Without a table."""


class ForPirates(BaseView):
    """For a role that there is not."""

    open_to = frozenset({"pirate"})

    @expose("/sea/")
    @has_access
    def sea(self) -> str:
        return "海"


@pytest.fixture
def register(
    app: Flask, session: AnySession, database: Database, tmp_path: Path
) -> Iterator[Register]:
    """Build the product and add a view to it, as its developer would."""
    built: list[Flask] = []

    def add(view: Any) -> Flask:
        made = create_app(settings_for(database.url, tmp_path))
        made.test_client_class = IsolatedClient
        built.append(made)
        session.commit()
        with made.app_context():
            made.extensions["appbuilder"].add_view(view, "Extra", category="Extras")
            bootstrap()
        return made

    yield add
    for made in built:
        with made.app_context():
            made.extensions["sqlalchemy"].session.remove()
            made.extensions["sqlalchemy"].engine.dispose()


@pytest.mark.parametrize(
    ("view", "named"),
    [
        (UserView, "ab_user"), (HistoryView, "change"), (SiteRestApi, "ModelRestApi"),
        (OldChart, "GroupByChartView"), (Borrowed, "class_permission_name"), (Nested, "SiteView"),
        (Side, "SiteView"), (OfState, "state"), (OfMarks, "created_by_id"),
        (Aimless, "datamodel"), (ByPieces, "id_number"), (ForPirates, "pirate"),
    ],
)  # fmt: skip
def test_what_has_no_place_stops_the_start_and_says_what_to_do(
    register: Register, view: type[Any], named: str
) -> None:
    with pytest.raises(BadConfig) as stopped:
        register(view)
    assert view.__name__ in stopped.value.message
    assert named in stopped.value.message


def test_an_addon_that_cannot_be_loaded_stops_the_start(
    app: Flask, database: Database, tmp_path: Path
) -> None:
    settings = settings_for(database.url, tmp_path) | {"ADDON_MANAGERS": ["nosuch.module.Manager"]}
    with pytest.raises(BadConfig, match=r"ADDON_MANAGERS 里的 nosuch\.module\.Manager"):
        create_app(settings)


def test_a_table_that_is_not_ours_is_kept_without_the_frameworks_traps(
    register: Register, session: AnySession
) -> None:
    Base.metadata.create_all(session.connection())
    session.commit()
    try:
        browser = signed_in(register(MealView), PROVINCE_ADMIN)
        assert "菜名" in text(browser.get("/mealview/list/").text)
        given = {"name": "炒肝", "price": "12.50"}
        assert browser.post("/mealview/add", data=given).status_code == 302
        assert "已经存在" in text(browser.post("/mealview/add", data=given).text)
        answer = browser.post("/mealview/add", data={"name": "佛跳墙", "price": "5000"})
        shown = text(browser.get(answer.location).text)
        assert "没有保存" in shown
        assert not [word for word in ("INSERT", "CHECK", "5000", "佛跳墙") if word in shown]
        assert "12.50" in browser.get("/mealview/list/").text
        for pk in ("abc", "99", "99999999999999999999"):
            assert browser.get(f"/mealview/show/{pk}").status_code == 404
        filtered = browser.get("/mealview/list/?_flt_0_price=12.5")
        assert filtered.status_code == 200
        assert browser.get("/mealview/delete/1").status_code == 405
        assert browser.post("/mealview/delete/1").status_code == 302
        assert session.query(Meal).all() == []
    finally:
        session.rollback()
        Base.metadata.drop_all(session.connection())
        session.commit()


class Batch(BaseView):
    """Is called by chance as a table of ours."""

    @expose("/of-mine/")
    @has_access
    def list(self) -> str:
        return "我的"


class Matrix(BaseView):
    """Takes the rights of a page of ours."""

    class_permission_name = "RoleMatrix"
    open_to = EVERYONE

    @expose("/")
    @has_access
    def matrix(self) -> str:
        return "我的"


class Programs(BaseApi):
    """Answers programs, whoever they are."""

    @expose("/all")
    def all(self) -> Any:
        return self.response(200, result=[])


class HalfNamed(BaseView):
    """A route that names its right and asks for none."""

    @expose("/open/")
    @permission_name("list")
    def open(self) -> str:
        return "敞开"


class FarColumns(ModelView):
    """Columns of another table, by the framework's dots."""

    datamodel = SQLAInterface(Score)
    list_columns = ["candidate.name", "candidate.id_number", "outcome"]
    show_columns = ["candidate.id_number"]
    open_to = EVERYONE


@pytest.mark.parametrize(
    ("view", "named"),
    [(Batch, "Batch"), (Matrix, "class_permission_name"), (Programs, "BaseApi")],
)
def test_a_view_that_would_mix_with_ours_stops_the_start(
    register: Register, view: type[Any], named: str
) -> None:
    with pytest.raises(BadConfig) as stopped:
        register(view)
    assert named in stopped.value.message


def test_a_route_that_names_a_right_is_for_those_who_hold_it(
    register: Register, session: AnySession
) -> None:
    made = register(HalfNamed)
    body = factories.body(session, "DEMO")
    assert signed_in(made, PROVINCE_ADMIN).get("/halfnamed/open/").status_code == 200
    clerk = signed_in(made, BODY_CLERK, body_id=body.id)
    assert clerk.get("/halfnamed/open/").status_code == 403


def test_columns_of_another_table_are_worded_and_masked_as_there(
    register: Register, session: AnySession
) -> None:
    made = register(FarColumns)
    with scope.acting(session, SYSTEM):
        score = World(session, "AAA", TANGSHAN).row(Score)
        number, name, key = score.candidate.id_number, score.candidate.name, score.id
        session.commit()
    browser = signed_in(made, PROVINCE_ADMIN)
    page = browser.get("/farcolumns/list/").text
    assert name in page
    assert "证件号码" in text(page) or "身份证号" in text(page)
    assert "Candidate" not in text(page)
    for shown in (page, browser.get(f"/farcolumns/show/{key}").text):
        assert number not in shown
