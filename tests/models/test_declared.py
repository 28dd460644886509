"""Is a wrong declaration refused at the start, with its class, its field and the remedy?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Date, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.core.declarations.base import entities
from app.core.declarations.checked import check_declarations
from app.core.declarations.field import field
from app.core.errors import BadConfig


class Base(DeclarativeBase):
    """Tables of this test alone."""


def table(name: str, /, *, label: str = "样表", title: str = "name", **columns: Any) -> type[Base]:
    """A model called ``name``; a sound one unless something else is said."""
    body = {
        "__module__": __name__,
        "__tablename__": name.lower(),
        "__label__": label,
        "__title__": title,
        "__hidden__": frozenset({"id"}),
        "__annotations__": dict.fromkeys(("id", "name", *_columns(columns)), Mapped[str]),
        "id": mapped_column(Integer, primary_key=True),
        "name": field(String(10), "名称"),
    }
    return type(name, (Base,), {**body, **columns})


def _columns(body: dict[str, Any]) -> list[str]:
    return [name for name in body if not name.startswith("__")]


def text(label: str = "某项", **flags: Any) -> Any:
    return field(String(20), label, **flags)


WRONG = [
    (table("Unlabelled", label=""), "模型 Unlabelled 没有 __label__，请写上"),
    (table("Untitled", title="nothing"), "模型 Untitled 的 __title__ 指向不存在的字段 nothing"),
    (table("Nameless", name=text(" ")), "Nameless.name 没有中文标签，请在声明里写上"),
    (
        table("Torn", one=text(codes="gender", choices=(("1", "男"),))),
        "Torn.one 不能同时声明 codes 和 choices",
    ),
    (table("Twice", one=text(choices=(("1", "男"), ("1", "女")))), "Twice.one 的 choices 里有重复"),
    (
        table("Lost", one=text(group="基本信习")),
        "Lost.one 的分组“基本信习”不在 app/core/declarations/groups.py",
    ),
    (table("Seeking", one=text(search="like")), "Seeking.one 的 search=“like”不对，可用的有"),
    (table("Ranged", one=text(search="range")), 'Ranged.one 的 search="range" 只用于日期和数字'),
    (
        table("Dated", one=field(Date, "某日", search="contains")),
        'Dated.one 的 search="contains" 只用于文字',
    ),
    (table("Masked", one=text(sensitive="name")), "Masked.one 的 sensitive=“name”不对，可用的有"),
    (
        table("Shown", title="one", one=text(sensitive="phone")),
        "Shown.one 是敏感字段，不能作 __title__",
    ),
    (
        table("Guessed", one=text(sensitive="id_number", search="contains")),
        "Guessed.one 是敏感字段，只能整号查找",
    ),
    (
        table("Spread", one=text(sensitive="phone", bulk=True)),
        "Spread.one 是敏感字段，各人不同，请去掉 bulk=True",
    ),
    (
        table("Settled", one=text(fixed=True, bulk=True)),
        "Settled.one 已声明 fixed，不能再声明 bulk 或 open_in",
    ),
    (
        table("Strange", one=text(default="", by=frozenset({"nobody"}))),
        "Strange.one 的 by 里有不认识的角色 nobody，可用的有",
    ),
    (
        table("Barred", one=text(by=frozenset({"body_clerk"}))),
        "Barred.one 是必填项，不能用 by 限定填写人",
    ),
    (table("Alike", one=text("名称")), "模型 Alike 有 2 个字段叫“名称”"),
    (
        table("Forgotten", secret=mapped_column(String(10))),
        "Forgotten.secret 没有声明：请用 field",
    ),
]


@pytest.mark.parametrize(("model", "words"), WRONG, ids=lambda one: getattr(one, "__name__", ""))
def test_a_wrong_declaration_is_refused_with_its_place_and_the_remedy(
    model: type[Base], words: str
) -> None:
    with pytest.raises(BadConfig) as refusal:
        check_declarations([model])
    assert words in refusal.value.message


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(BadConfig) as refusal:
        check_declarations([WRONG[0][0], WRONG[1][0]])
    assert "Unlabelled" in refusal.value.message
    assert "Untitled" in refusal.value.message


def test_an_unknown_area_is_refused() -> None:
    model = table("Astray", __area__="nowhere")
    with pytest.raises(BadConfig, match="Astray 的 __area__=“nowhere”不对"):
        check_declarations([model])


def test_right_declarations_are_not_refused() -> None:
    sound = table("Sound", one=text(sensitive="phone"), two=text("二", search="contains"))
    check_declarations([sound, *entities()])
