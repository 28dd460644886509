"""What is the screen of a declared table made of?"""

from __future__ import annotations

from typing import Any, ClassVar

from flask_appbuilder import ModelView

from app.core import importing
from app.core.bulk import bulk
from app.core.declarations.base import Entity
from app.core.declarations.behaviour import find_procedure
from app.core.declarations.field import describe
from app.core.declarations.opening import is_issued
from app.core.errors import BadConfig
from app.core.views import overrides
from app.core.views.acting import MoveRoutes
from app.core.views.actions import ACTION_ROUTES, ActionRoutes, declares_actions
from app.core.views.bulk.bulk import BULK_ROUTES, BulkRoutes
from app.core.views.bulk.grid import GridRoute
from app.core.views.columns import exported, filled_in, listed, shown
from app.core.views.forms.form_pages import FormPages
from app.core.views.forms.forms import EntityForm, form_class
from app.core.views.forms.record_page import RecordPage, link_to
from app.core.views.importing.row_import import IMPORT_ROUTES, RowImport
from app.core.views.interface import EntityInterface
from app.core.views.lists.condition_names import RESERVED
from app.core.views.lists.exporting import ExportRoute
from app.core.views.lists.filters import searchable
from app.core.views.lists.list_page import ListPage
from app.core.views.lists.picker import PickerRoute
from app.core.views.lists.saved_views import SavedViews
from app.core.views.selecting import SelectRoute

#: Routes of the framework that fetch by key alone, answer to GET or serve any uploaded file.
UNSAFE_ROUTES = frozenset({"download", "action", "action_post"})


def _routes_without_use(model: type[Entity]) -> frozenset[str]:
    """Return the routes that the table does not need: forms, moves or imports."""
    forms = {"add", "edit", "delete"} if is_issued(model) else set()
    moves = {"move", "moves", "answers"} if find_procedure(model.__name__) is None else set()
    imports = set() if importing.importable(model) else IMPORT_ROUTES
    return frozenset(forms | moves | imports)


def _bulk_without_use(model: type[Entity]) -> frozenset[str]:
    return frozenset() if bulk.fields_of(model) else BULK_ROUTES


#: The routes of a grid; only a screen that names its columns has them.
GRID_ROUTES = frozenset({"grid_page", "grid_save"})


class EntityView(
    RowImport, ExportRoute, BulkRoutes, ActionRoutes, GridRoute, SelectRoute, SavedViews, ListPage,
    RecordPage, FormPages, MoveRoutes, PickerRoute, ModelView,
):  # fmt: skip
    """The screen of one table. A subclass names the table and its related views.

    Labels, columns, titles, permissions and addresses come from the declaration, and lists, forms
    and acts are our own. The framework's attributes in a subclass (``list_columns``,
    ``label_columns``, ``base_filters`` …) override the declaration, see
    ``app.core.views.overrides``.
    """

    datamodel: ClassVar[EntityInterface]
    related_views: ClassVar[tuple[type[EntityView], ...]] = ()
    #: The base of the form class, for screens that need more than the fields.
    form_base: ClassVar[type[EntityForm]] = EntityForm

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "datamodel" not in cls.__dict__:
            return
        model = cls.datamodel.obj
        cls.class_permission_name = model.__name__
        cls.route_base = f"/{model.__tablename__}"

    def __init__(self) -> None:
        own = frozenset(type(self).exclude_route_methods)
        self.exclude_route_methods = own | UNSAFE_ROUTES | self._unused_routes()
        super().__init__()

    def _unused_routes(self) -> frozenset[str]:
        unused = _routes_without_use(self.model) | _bulk_without_use(self.model)
        own_lines = type(self).grid_rows is GridRoute.grid_rows
        unused |= frozenset() if self.grid and (own_lines or not self.base_filters) else GRID_ROUTES
        unused |= frozenset() if declares_actions(type(self)) else ACTION_ROUTES
        # A sheet names rows by their natural key, even those that base_filters hide.
        return unused | (IMPORT_ROUTES if self.base_filters else frozenset())

    @property
    def model(self) -> type[Entity]:
        """The table that this screen shows."""
        return self.datamodel.obj

    @property
    def label(self) -> str:
        """The Chinese name of one row."""
        return describe(self.model).label

    def _init_properties(self) -> None:
        said = overrides.read(type(self), EntityView, self.model)
        overrides.install(self.model, said)
        names = lambda fields: [one.name for one in fields]  # noqa: E731 - a word for four lines
        self.label_columns = {one.name: one.label for one in overrides.described(self.model).fields}
        self.list_columns = names(listed(self.model))
        self.order_columns = self.list_columns
        self.show_columns = names(shown(self.model))
        self.add_columns = names(filled_in(self.model, adding=True))
        self.edit_columns = names(filled_in(self.model))
        self.search_columns = names(searchable(self.model))
        self.export_columns = names(exported(self.model))
        taken = RESERVED.intersection(self.search_columns)
        if taken:
            raise ValueError(f"{self.model.__name__}: {taken} mean something else in an address")
        self.order = said.order or self.order
        self._check_related()
        self._related_views: list[Any] = []

    def _check_related(self) -> None:
        for view in tuple[Any, ...](self.related_views):
            if not (isinstance(view, type) and issubclass(view, EntityView)):
                why = f"里的 {getattr(view, '__name__', view)} 不是 EntityView，不能作为标签页"
            elif link_to(view.datamodel.obj, self.model) is None:
                why = f"里的 {view.__name__} 没有指向“{self.label}”的关联字段"
            else:
                continue
            raise BadConfig(f"视图 {type(self).__name__} 的 related_views {why}")

    def _init_forms(self) -> None:
        """Create the form classes once; choices and codes are read whenever a form is shown."""
        self.form_class = form_class(self.model, self.form_base)
        self.adding_form_class = form_class(self.model, self.form_base, adding=True)

    def _init_titles(self) -> None:
        self.title = self.list_title = self.show_title = self.label
        self.add_title, self.edit_title = f"新增{self.label}", f"修改{self.label}"
