"""Which values may a coded field have?"""

from __future__ import annotations

from sqlalchemy import Boolean, Integer, String, UniqueConstraint

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link


class CodeKind(Entity):
    """代码表: one list of codes, such as 文化程度."""

    __tablename__ = "code_kind"
    __label__ = "代码表"
    __title__ = "title"

    kind: Mapped[str] = field(String(40), "标识", unique=True, help="程序按它取用，建立后不改")
    title: Mapped[str] = field(String(60), "名称", list=True, quick=True)


class CodeItem(Entity):
    """代码项: one value of a code list; values in use are retired, not deleted."""

    __tablename__ = "code_item"
    __label__ = "代码项"
    __table_args__ = (UniqueConstraint("kind_id", "code"),)

    kind_id: Mapped[int] = key_to("code_kind")
    kind: Mapped[CodeKind] = link("代码表", list=True)
    code: Mapped[str] = field(String(40), "代码", list=True, search="exact")
    name: Mapped[str] = field(String(60), "名称", list=True, quick=True, search="contains")
    order: Mapped[int] = field(Integer, "次序", default=0, list=True, bulk=True)
    aliases: Mapped[str] = field(
        String(200), "别名", default="", list=True, help="导入时认得的其他写法，用 | 分开"
    )
    active: Mapped[bool] = field(Boolean, "在用", default=True, list=True, search="pick", bulk=True)
