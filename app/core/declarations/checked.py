"""Are all field declarations sound?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from sqlalchemy import Date, DateTime, Integer, Numeric, inspect

from app.core.declarations.field import Description, Field, Search, Sensitive, describe
from app.core.declarations.groups import GROUPS
from app.core.errors import BadConfig
from app.core.roles import AREAS, ROLES

SEARCHES, MASKS = get_args(Search), get_args(Sensitive)
#: Types with an order, for which searching a range makes sense.
ORDERED = (Date, DateTime, Integer, Numeric)


def check_declarations(models: Sequence[type[Any]]) -> None:
    """Raise BadConfig if a declaration is wrong; the message lists each class, field and remedy."""
    wrong = [line for model in models for line in _wrong(model)]
    if wrong:
        raise BadConfig("；".join(wrong))


def _wrong(model: type[Any]) -> Iterator[str]:
    described = describe(model)
    if not described.label:
        yield f"模型 {described.name} 没有 __label__，请写上中文名称"
    area = getattr(model, "__area__", "reference")
    if area not in AREAS:
        yield f"模型 {described.name} 的 __area__=“{area}”不对，可用的有：{'、'.join(AREAS)}"
    names = {one.name for one in described.fields}
    if described.title not in names:
        yield f"模型 {described.name} 的 __title__ 指向不存在的字段 {described.title}"
    for one in described.fields:
        here = f"{described.name}.{one.name}"
        for remark in (
            *_of_words(one),
            *_of_search(model, one),
            *_of_secrets(described, one),
            *_of_limits(model, one),
            *_of_guards(model, one),
        ):
            yield f"{here} {remark}"
    yield from _said_twice(described)
    yield from _undeclared(model, names)


def _of_words(field: Field) -> Iterator[str]:
    if not field.label.strip():
        yield "没有中文标签，请在声明里写上"
    if field.group not in GROUPS:
        yield f"的分组“{field.group}”不在 app/core/declarations/groups.py 里，请改正或在那里加上"
    if field.codes and field.choices:
        yield "不能同时声明 codes 和 choices，请只留一个"
    values = [value for value, _label in field.choices]
    if len(set(values)) < len(values):
        yield "的 choices 里有重复的值，请改正"


def _of_search(model: type[Any], field: Field) -> Iterator[str]:
    if field.search is None or field.relation:
        return
    if field.search not in SEARCHES:
        yield f"的 search=“{field.search}”不对，可用的有：{'、'.join(SEARCHES)}"
        return
    type_ = inspect(model).columns[field.name].type
    if field.search == "range" and not isinstance(type_, ORDERED):
        yield '的 search="range" 只用于日期和数字，请改用 contains 或 prefix'
    if field.search == "contains" and isinstance(type_, ORDERED):
        yield '的 search="contains" 只用于文字，日期和数字请用 range 或 exact'


def _of_secrets(described: Description, field: Field) -> Iterator[str]:
    if field.sensitive is None:
        return
    if field.sensitive not in MASKS:
        yield f"的 sensitive=“{field.sensitive}”不对，可用的有：{'、'.join(MASKS)}"
    if field.name == described.title:
        yield "是敏感字段，不能作 __title__：标题在列表、导出和历史里都不遮盖，请换一个字段"
    if field.search not in (None, "exact"):
        yield '是敏感字段，只能整号查找，请写 search="exact" 或去掉 search'
    if field.bulk:
        yield "是敏感字段，各人不同，请去掉 bulk=True"


def _of_limits(model: type[Any], field: Field) -> Iterator[str]:
    columns = {} if field.relation else dict(inspect(model).columns)
    type_ = None if field.relation else type(columns[field.name].type)
    low, high = field.minimum, field.maximum
    if (low, high) != (None, None) and not issubclass(type_ or object, (Integer, Numeric)):
        yield "的 minimum、maximum 只用于数字，请去掉；日期的先后用 not_before"
    if low is not None and high is not None and low > high:
        yield f"的 minimum={low} 大于 maximum={high}，请改正"
    if not field.not_before:
        return
    other = columns.get(field.not_before)
    if other is None or type(other.type) is not type_ or type_ not in (Date, DateTime):
        yield f"的 not_before=“{field.not_before}”不对，请写本表里另一个同类的日期或时间字段"


def _of_guards(model: type[Any], field: Field) -> Iterator[str]:
    if not (field.fixed or field.open_in or field.by):
        return
    if field.relation and inspect(model).relationships[field.name].uselist:
        yield "是多条关联，不能声明 fixed、open_in 或 by，请去掉"
    if field.fixed and (field.bulk or field.open_in):
        yield "已声明 fixed，不能再声明 bulk 或 open_in，请去掉"
    if unknown := sorted(field.by - set(ROLES)):
        yield f"的 by 里有不认识的角色 {'、'.join(unknown)}，可用的有：{'、'.join(ROLES)}"
    if field.by and field.required:
        yield "是必填项，不能用 by 限定填写人：其他角色会无法登记，请改为可空"


def _said_twice(described: Description) -> Iterator[str]:
    labels = Counter(one.label for one in described.fields)
    for label, times in labels.items():
        if times > 1:
            yield f"模型 {described.name} 有 {times} 个字段叫“{label}”，导入时分不清，请改名"


def _undeclared(model: type[Any], names: set[str]) -> Iterator[str]:
    hidden: frozenset[str] = getattr(model, "__hidden__", frozenset())
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        if attribute.key in names or attribute.key in hidden or column.foreign_keys:
            continue
        yield (
            f"{model.__name__}.{attribute.key} 没有声明：请用 field(…) 写上标签，"
            "或列入模型的 __hidden__"
        )
