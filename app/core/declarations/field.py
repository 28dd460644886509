"""How is a field declared on its column?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from typing import Any, Literal

from sqlalchemy import ForeignKey, inspect
from sqlalchemy.orm import Mapped as Mapped  # noqa: PLC0414 - models take it from here
from sqlalchemy.orm import MappedColumn, Mapper, Relationship, mapped_column, relationship
from sqlalchemy.types import TypeEngine

from app.core.errors import BadConfig

Search = Literal["exact", "prefix", "contains", "range", "pick"]
Sensitive = Literal["id_number", "phone"]

_order = itertools.count()


@dataclass(frozen=True)
class Field:
    """The declaration of a field, from which its appearance and behaviour on screen follow.

    ``label`` and ``group`` are its headings on forms and pages. ``list``, ``form``, ``show``,
    ``export``, ``imp`` and ``bulk`` say where it appears. ``search`` is the way it is searched,
    and ``quick`` includes it in the one search box. ``codes`` names the code list of its values,
    ``choices`` is a fixed list of (value, label). ``sensitive`` says how it is masked. ``aliases``
    are further headings in imported sheets. ``fills_itself``: an empty value is filled in on
    saving. ``fixed``: the value cannot change after the row was added. ``open_in`` names the states
    of a stored row in which alone it may change. ``by`` names the roles that alone may set or
    change it. ``due`` names the field that says what this deadline is for. ``code_like``: the text
    is a number of a fixed form, with capital letters, and ``sample`` an example of it. ``minimum``
    and ``maximum`` limit a number, and ``not_before`` names the field with a day or moment that
    this one must not precede.
    """

    label: str
    group: str = "基本信息"
    list: bool = False
    search: Search | None = None
    quick: bool = False
    form: bool = True
    show: bool = True
    export: bool = True
    imp: bool = False
    bulk: bool = False
    aliases: tuple[str, ...] = ()
    sensitive: Sensitive | None = None
    codes: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    multiline: bool = False
    width: int = 0
    order: int = 0
    name: str = ""
    fills_itself: bool = False
    fixed: bool = False
    open_in: tuple[str, ...] = ()
    by: frozenset[str] = frozenset()
    due: str = ""
    code_like: bool = False
    sample: str = ""
    minimum: int | None = None
    maximum: int | None = None
    not_before: str = ""
    required: bool = False
    relation: bool = False


@dataclass(frozen=True)
class Description:
    """A model as screens use it: name, Chinese label, title field and fields in order."""

    name: str
    label: str
    title: str
    fields: tuple[Field, ...]

    def where(self, flag: str) -> tuple[Field, ...]:
        """Return the fields for which ``flag`` (``list``, ``form``, ``export`` …) is set."""
        return tuple(field for field in self.fields if getattr(field, flag))

    def field(self, name: str) -> Field:
        """Return the field of that name; raises KeyError if the model declares none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name}.{name}")

    @property
    def groups(self) -> tuple[str, ...]:
        """Group titles in the order of their first field."""
        return tuple(dict.fromkeys(field.group for field in self.fields))


def field(
    type_: TypeEngine[Any] | type[TypeEngine[Any]],
    label: str,
    *,
    nullable: bool = False,
    default: Any = None,
    unique: bool = False,
    index: bool = False,
    **flags: Any,
) -> MappedColumn[Any]:
    """Return a column with its declaration; ``flags`` are those of :class:`Field`."""
    declared = _declared(label, flags)
    extra: dict[str, Any] = {} if default is None else {"default": default}
    return mapped_column(
        type_,
        nullable=nullable,
        unique=unique,
        index=index,
        info={"field": declared},
        # The history needs the old value, even of a row whose attributes have expired.
        active_history=True,
        **extra,
    )


def _declared(label: str, flags: dict[str, Any]) -> Field:
    unknown = set(flags) - {one.name for one in dataclass_fields(Field)}
    if unknown:
        raise BadConfig(
            f"字段“{label}”的声明里有不认识的写法 {'、'.join(sorted(unknown))}，"
            "可用的写法见 app/core/declarations/field.py 的 Field"
        )
    return Field(label=label, order=next(_order), **flags)


def also(words: str) -> tuple[str, ...]:
    """Split further wordings of a heading, which are separated by |."""
    return tuple(words.split("|"))


def key_to(table: str, *, nullable: bool = False, cascade: bool = False) -> MappedColumn[Any]:
    """Return an indexed foreign key to ``table``; staff see the :func:`link` beside it."""
    target = ForeignKey(f"{table}.id", ondelete="CASCADE" if cascade else None)
    return mapped_column(target, nullable=nullable, index=True, active_history=True)


def link(
    label: str, *, foreign_keys: str = "", remote_side: str = "", **flags: Any
) -> Relationship[Any]:
    """Return a many-to-one relation with its declaration; its key column is declared beside it.

    ``remote_side`` names the key of the other row if a table refers to itself.
    """
    flags.setdefault("search", "pick")
    declared = _declared(label, {**flags, "relation": True})
    extra: dict[str, Any] = {"foreign_keys": foreign_keys} if foreign_keys else {}
    if remote_side:
        extra["remote_side"] = remote_side
    return relationship(info={"field": declared}, **extra)


def links(
    label: str, *, secondary: Any, order_by: str | None = None, **flags: Any
) -> Relationship[Any]:
    """Return a many-to-many relation with its declaration; unordered without ``order_by``."""
    flags.setdefault("search", None)
    declared = _declared(label, {**flags, "relation": True})
    order: dict[str, Any] = {} if order_by is None else {"order_by": order_by}
    return relationship(secondary=secondary, info={"field": declared}, **order)


_described: dict[type[Any], Description] = {}


def describe(model: type[Any]) -> Description:
    """Return the declared fields of ``model`` in the order of their declaration; cached."""
    if model not in _described:
        _described[model] = _describe(model)
    return _described[model]


def _describe(model: type[Any]) -> Description:
    mapper: Mapper[Any] = inspect(model)
    found: list[Field] = []
    for attribute in mapper.attrs:
        declared = attribute.info.get("field") or _of_column(attribute)
        if declared is not None:
            required = _required(attribute) and not declared.fills_itself
            found.append(replace(declared, name=attribute.key, required=required))
    found.sort(key=lambda one: one.order)
    return Description(
        name=model.__name__,
        label=getattr(model, "__label__", ""),
        title=getattr(model, "__title__", "name"),
        fields=tuple(found),
    )


def _of_column(attribute: Any) -> Field | None:
    columns: Sequence[Any] = getattr(attribute, "columns", ())
    return columns[0].info.get("field") if columns else None


def _required(attribute: Any) -> bool:
    columns: Sequence[Any] = getattr(attribute, "columns", ()) or list(
        getattr(attribute, "local_columns", ())
    )
    if getattr(attribute, "secondary", None) is not None:
        return False
    return any(not column.nullable and column.default is None for column in columns)
