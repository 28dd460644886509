"""How is a third-party view adapted to this product?

``appbuilder.add_view`` is passed classes that were written for Flask-AppBuilder: ``BaseView``,
``SimpleFormView``, ``ModelView``, charts. Each is registered as a subclass that closes what the
framework leaves open (docs/traps.md) and uses the declarations of our tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import abort, request
from flask_appbuilder.api import BaseApi, ModelRestApi
from flask_appbuilder.baseviews import (
    AbstractViewApi,
    BaseCRUDView,
    BaseFormView,
    BaseModelView,
)
from flask_appbuilder.charts.views import BaseChartView, GroupByChartView
from flask_appbuilder.models.sqla.interface import SQLAInterface
from flask_appbuilder.views import ModelView

from app.core.declarations.base import Entity, entities
from app.core.errors import BadConfig
from app.core.roles import Power, granted
from app.core.security import current_actor
from app.core.views.addresses import may
from app.core.views.guests.guest_charts import GuestChart
from app.core.views.guests.guest_data import PlainInterface, scoped_interface
from app.core.views.guests.guest_forms import in_chinese
from app.core.views.guests.guest_models import GuestList, GuestModelView
from app.core.views.guests.guest_rows import GuestRows, check_lists

#: Packages whose views need not be adapted: our own, whose routes all declare their right, and the
#: few that the framework itself registers.
_AT_HOME = ("app.", "flask_appbuilder.")


class GuestView:
    """A third-party view; routes without a right of their own are limited to ``open_to``."""

    open_to: Any = Power.GUESTS

    def create_blueprint(self, *given: Any, **named: Any) -> Any:
        """Return the framework's blueprint with the checks of this product in front."""
        made = super().create_blueprint(*given, **named)  # type: ignore[misc]
        # In front of every route: what the framework leaves without a right has no decorator to add
        # one to.
        made.before_request(self.check_request)
        return made

    def check_request(self) -> None:
        """Abort with 403 or 404 for what this visitor may not request."""
        asked = (request.endpoint or "").rpartition(".")[2]
        if hasattr(getattr(self, asked, None), "_permission_name"):
            # The framework's ``permission_name`` alone names a right and asks for none.
            allowed = may(f"can_{self.get_method_permission(asked)}", self)  # type: ignore[attr-defined]
        else:
            allowed = current_actor().has(*roles_of(self))
        if not allowed:
            abort(403)
        inner = getattr(self, "_views", None) or ()
        if inner or isinstance(self, GuestRows):
            check_lists([self, *inner, *(getattr(self, "_related_views", None) or ())])
        if not all(map(_may_look_at, inner)):
            abort(403)


def roles_of(view: Any) -> frozenset[str]:
    """Return the roles for which those routes of a view are that declare no right."""
    opened = getattr(view, "open_to", None)
    if isinstance(opened, Mapping):
        return frozenset().union(*map(granted, opened.values()))
    return granted(opened or Power.GUESTS)


def _may_look_at(view: Any) -> bool:
    return may(f"can_{view.get_method_permission(view.default_view)}", view)


def is_guest(view: type[Any]) -> bool:
    """Return whether a class must be adapted before it is registered."""
    from app.core.views.base import EntityView

    if issubclass(view, GuestView | EntityView):
        return False
    if issubclass(view, BaseModelView | ModelRestApi):
        return True
    return not view.__module__.startswith(_AT_HOME)


@cache
def taken_in(view: type[Any]) -> type[Any]:
    """Return the adapted class under the same name; raises BadConfig if it is not supported."""
    check_place(view)
    kinds: list[type[Any]] = [GuestView]
    if issubclass(view, BaseModelView):
        kinds.insert(0, GuestRows)
    if issubclass(view, GroupByChartView):
        kinds.insert(0, GuestChart)
    if issubclass(view, BaseCRUDView):
        kinds.insert(0, GuestList)
    if issubclass(view, ModelView):
        kinds.insert(0, GuestModelView)
    body: dict[str, Any] = {"__module__": view.__module__, "__doc__": view.__doc__}
    if "open_to" in dir(view):
        body["open_to"] = view.open_to
    if issubclass(view, BaseModelView):
        body["datamodel"] = _interface(view)
    if issubclass(view, BaseFormView) and view.form is not None:
        body["form"] = in_chinese(view.form)
    return type(view.__name__, (*kinds, view), body)


def check_place(view: type[Any]) -> None:
    """Raise BadConfig for an unsupported view, naming it and the alternative."""
    from app.core.views.base import EntityView

    name = view.__name__
    if issubclass(view, BaseApi):
        raise BadConfig(
            f"视图 {name} 是 Flask-AppBuilder 的 ModelRestApi 或 BaseApi，本系统不登记："
            "每张表已有 /api/v1/ 下的接口，见 docs/decisions/0017"
        )
    if issubclass(view, BaseChartView) and not issubclass(view, GroupByChartView):
        raise BadConfig(
            f"图表视图 {name} 的写法已过时，请改用 GroupByChartView 或 DirectByChartView"
        )
    if (getattr(view, "class_permission_name", None) or name) in _names_at_home():
        raise BadConfig(
            f"视图 {name} 的 class_permission_name（没有写时是类名）与本系统的表或页面同名，"
            "权限会混在一起，请换一个名称"
        )
    inner = [*(getattr(view, "related_views", None) or ()), *(getattr(view, "views", None) or ())]
    for one in inner:
        if issubclass(one, EntityView):
            raise BadConfig(
                f"视图 {name} 的 related_views 或 views 里有 {one.__name__}："
                "本系统的视图不能嵌在框架的视图里，请在菜单或页面里放链接"
            )


def _names_at_home() -> set[str]:
    """Return the names under which our own tables and pages keep their rights."""
    found = {one.__name__ for one in entities()}
    below = [AbstractViewApi]
    while below:
        kinds = below.pop().__subclasses__()
        below += kinds
        found |= {
            getattr(one, "class_permission_name", None) or one.__name__
            for one in kinds
            if one.__module__.startswith("app.")
        }
    return found


def _interface(view: type[Any]) -> SQLAInterface:
    """Return the view's access to its table, through scope and services if the table is ours."""
    given = view.datamodel
    model = getattr(given, "obj", None)
    if model is None:
        raise BadConfig(f"视图 {view.__name__} 没有写明 datamodel：SQLAInterface(模型)")
    if issubclass(model, Entity):
        return scoped_interface(given)
    if model.__module__.startswith("app.") or model.__tablename__.startswith("ab_"):
        raise BadConfig(
            f"视图 {view.__name__} 用的表 {model.__tablename__} 是系统内部的，没有管辖范围，"
            "不能直接显示；帐号见“用户”，变更见“变更记录”"
        )
    return PlainInterface(model, given._session)  # noqa: SLF001 - the framework keeps it there
