"""Is a field declared once, on its column, and is a wrong declaration refused at the start?"""

from __future__ import annotations

import pytest
from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.declarations.base import entities, entity_named
from app.core.declarations.field import describe, field, key_to, link, links
from app.core.errors import BadConfig


class Base(DeclarativeBase):
    """Tables of this test alone."""


class Parent(Base):
    __tablename__ = "parent"
    __label__ = "上级"
    __hidden__ = frozenset({"id"})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = field(String(10), "名称", list=True)


tags = Table(
    "tags",
    Base.metadata,
    Column("child_id", ForeignKey("child.id"), primary_key=True),
    Column("parent_id", ForeignKey("parent.id"), primary_key=True),
)


class Child(Base):
    __tablename__ = "child"
    __label__ = "下级"
    __title__ = "no"
    __hidden__ = frozenset({"id"})

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    no: Mapped[str] = field(String(10), "编号", unique=True, search="prefix")
    parent_id: Mapped[int] = key_to("parent")
    parent: Mapped[Parent] = link("上级", foreign_keys="Child.parent_id", group="备案信息")
    other_id: Mapped[int | None] = key_to("parent", nullable=True)
    other: Mapped[Parent | None] = link("另一上级", foreign_keys="Child.other_id")
    tags: Mapped[list[Parent]] = links("标签", secondary=tags)
    kind: Mapped[str] = field(String(2), "种类", default="a", choices=(("a", "甲"), ("b", "乙")))
    remark: Mapped[str | None] = field(String(10), "备注", nullable=True, form=False)


def test_fields_stand_in_the_order_in_which_they_were_written() -> None:
    names = [one.name for one in describe(Child).fields]
    assert names == ["no", "parent", "other", "tags", "kind", "remark"]


def test_a_description_knows_label_and_title() -> None:
    described = describe(Child)
    assert (described.name, described.label, described.title) == ("Child", "下级", "no")
    assert describe(Parent).title == "name"
    assert describe(Child) is described


def test_what_has_no_default_and_may_not_be_empty_is_required() -> None:
    required = {one.name: one.required for one in describe(Child).fields}
    assert required == {
        "no": True,
        "parent": True,
        "other": False,
        "tags": False,
        "kind": False,
        "remark": False,
    }


def test_relations_are_derived_from_values() -> None:
    assert [one.name for one in describe(Child).fields if one.relation] == [
        "parent",
        "other",
        "tags",
    ]
    assert describe(Child).field("parent").search == "pick"
    assert describe(Child).field("tags").search is None


def test_fields_are_found_by_flag_by_name_and_by_group() -> None:
    described = describe(Child)
    assert [one.name for one in describe(Parent).where("list")] == ["name"]
    assert "remark" not in {one.name for one in described.where("form")}
    assert described.groups == ("基本信息", "备案信息")
    assert described.field("no").label == "编号"
    with pytest.raises(KeyError, match=r"Child\.nothing"):
        described.field("nothing")


def test_keys_are_indexed() -> None:
    keys = [c for t in Base.metadata.tables.values() for c in t.columns if c.foreign_keys]
    assert {c.name for c in keys if c.index} == {"parent_id", "other_id"}


def test_an_unknown_word_in_a_declaration_is_refused_with_the_field() -> None:
    with pytest.raises(BadConfig, match="“电话”的声明里有不认识的写法 listt"):
        field(String(10), "电话", listt=True)
    with pytest.raises(BadConfig, match="“上级”的声明里有不认识的写法 serch"):
        link("上级", serch="pick")


def test_every_entity_is_found_by_its_name() -> None:
    assert {entity_named(model.__name__) for model in entities()} == set(entities())
    with pytest.raises(KeyError):
        entity_named("Nothing")
