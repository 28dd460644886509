"""Do the attributes of a screen fit its table?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_appbuilder.models.filters import BaseFilter
from sqlalchemy import inspect
from wtforms.fields.core import UnboundField

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import BadConfig

#: The attributes that name columns, with the page that each applies to.
PAGES = {
    "list_columns": "list",
    "show_columns": "show",
    "add_columns": "add",
    "edit_columns": "edit",
    "search_columns": "search",
    "export_columns": "export",
}
#: The most rows on a page, as an address may also request.
LARGEST_PAGE = 200
#: Only moves set these, whatever a form says.
OF_THE_PROCEDURE = frozenset({"state", "suspended_from"})

#: Attributes of the framework that have no effect here, and what to use instead.
WITHOUT_EFFECT = {
    **dict.fromkeys(
        ("show_fieldsets", "add_fieldsets", "edit_fieldsets"),
        "分组由字段声明的 group 决定，列的取舍写在 show_columns、add_columns、edit_columns",
    ),
    **dict.fromkeys(
        ("show_exclude_columns", "add_exclude_columns", "edit_exclude_columns"),
        "请在 show_columns、add_columns、edit_columns 里列出要显示的字段",
    ),
    "search_exclude_columns": "请在 search_columns 里列出可以查询的字段",
    **dict.fromkeys(
        ("add_form", "edit_form", "search_form"),
        "要加控件请用 add_form_extra_fields、edit_form_extra_fields",
    ),
    **dict.fromkeys(
        ("add_form_query_rel_fields", "edit_form_query_rel_fields", "search_form_query_rel_fields"),
        "可供选择的记录由被选表的视图决定：base_filters 或 offered",
    ),
    "search_form_extra_fields": "查询条件由 search_columns 决定",
    **dict.fromkeys(
        ("list_widget", "show_widget", "add_widget", "edit_widget", "search_widget"),
        "显示方式请用 formatters_columns",
    ),
    **dict.fromkeys(
        ("list_template", "show_template", "add_template", "edit_template"),
        "页面的增减请覆盖 record_buttons、more_tabs、list_buttons 等方法",
    ),
    "order_columns": "列表上的列都可以排序；默认次序写在 base_order",
}


@dataclass(frozen=True)
class Checker:
    """The checks of one screen, which know its name and its table."""

    view: str
    model: type[Entity]

    def fail(self, attribute: str, why: str) -> None:
        """Raise BadConfig that names the view and the attribute."""
        raise BadConfig(f"视图 {self.view} 的 {attribute} {why}")

    def names(self, attribute: str, names: Any, known: Collection[str]) -> None:
        """Check that each of ``names`` is one of ``known``."""
        if isinstance(names, str) or not isinstance(names, Iterable):
            self.fail(attribute, "要写成字段名的列表")
        for name in names:
            if name not in known:
                self.fail(attribute, self._unknown(name))

    def _unknown(self, name: Any) -> str:
        label = describe(self.model).label
        if name in OF_THE_PROCEDURE:
            return f"里不能有“{name}”：状态只随办理步骤改变，不能填写"
        return f"里有“{name}”，但“{label}”没有这个可用的字段"


def check(view: str, model: type[Entity], said: Mapping[str, Any]) -> None:
    """Raise BadConfig, naming view, attribute and field, for the first mismatch."""
    checker = Checker(view, model)
    for attribute, instead in WITHOUT_EFFECT.items():
        if said.get(attribute) is not None:
            checker.fail(attribute, f"在本系统不起作用：{instead}")
    fields = [one.name for one in describe(model).fields if one.name not in model.__hidden__]
    extra = {one: set(said.get(f"{one}_form_extra_fields") or ()) for one in ("add", "edit")}
    enterable = {name for name in fields if name not in OF_THE_PROCEDURE}
    for attribute, page in PAGES.items():
        if said.get(attribute) is not None:
            known = enterable | extra[page] if page in extra else fields
            checker.names(attribute, said[attribute], known)
    _check_dictionaries(checker, said, enterable, {*fields, *extra["add"], *extra["edit"]})
    _check_order(checker, said.get("base_order"), fields)
    _check_filters(checker, said.get("base_filters"))
    size = said.get("page_size")
    if size is not None and not (type(size) is int and 1 <= size <= LARGEST_PAGE):
        checker.fail("page_size", f"要写 1 到 {LARGEST_PAGE} 的整数，现在是“{size}”")


def _check_dictionaries(
    checker: Checker, said: Mapping[str, Any], enterable: Collection[str], known: Collection[str]
) -> None:
    right: dict[str, tuple[Callable[[Any], bool], str, Collection[str] | None]] = {
        "label_columns": (_is_text, "名称文字", known),
        "description_columns": (_is_text, "说明文字", known),
        "formatters_columns": (callable, "函数", known),
        "validators_columns": (_are_validators, "检查函数的列表", enterable),
        "add_form_extra_fields": (_is_control, "WTForms 控件", None),
        "edit_form_extra_fields": (_is_control, "WTForms 控件", None),
    }
    for attribute, (fits, what, names) in right.items():
        given = said.get(attribute)
        if given is None:
            continue
        if not isinstance(given, Mapping):
            checker.fail(attribute, f"要写成字段名对应{what}的字典")
        if names is not None:
            checker.names(attribute, given, names)
        for name, value in given.items():
            if not fits(value):
                checker.fail(attribute, f"里“{name}”的值不是{what}")
            if name in OF_THE_PROCEDURE and fits is _is_control:
                checker.names(attribute, [name], enterable)


def _is_text(value: Any) -> bool:
    return bool(str(value)) and not callable(value)


def _are_validators(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(callable, value))


def _is_control(value: Any) -> bool:
    return isinstance(value, UnboundField)


def _check_order(checker: Checker, said: Any, fields: Collection[str]) -> None:
    if said is None:
        return
    if not (isinstance(said, list | tuple) and len(said) == 2 and said[1] in ("asc", "desc")):
        checker.fail("base_order", "要写成（字段名，'asc' 或 'desc'）")
    checker.names("base_order", [said[0]], fields)
    relation = inspect(checker.model).relationships.get(said[0])
    if relation is not None and relation.uselist:
        checker.fail("base_order", f"里的“{said[0]}”对应多条记录，不能用来排序")


def _check_filters(checker: Checker, said: Any) -> None:
    for one in said or ():
        if not (isinstance(one, list | tuple) and len(one) == 3):
            checker.fail("base_filters", "的每一项要写成 [字段名, 条件类, 值]")
        name, made, _value = one
        if not (isinstance(made, type) and issubclass(made, BaseFilter)):
            checker.fail("base_filters", f"里“{name}”的条件不是 Flask-AppBuilder 的条件类")
        if not _is_attribute(checker.model, str(name)):
            checker.names("base_filters", [name], ())


def _is_attribute(model: type[Any], name: str) -> bool:
    """Return whether the table has that column or relation, or ``relation.column``."""
    first, _, rest = name.partition(".")
    mapper = inspect(model)
    if not rest:
        return first in mapper.attrs
    relation = mapper.relationships.get(first)
    return relation is not None and rest in inspect(relation.mapper.class_).attrs
