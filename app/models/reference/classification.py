"""Which classifications are shared: regions, occupations, work types, levels?"""

from __future__ import annotations

from sqlalchemy import Boolean, Integer, String, UniqueConstraint

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link


class Region(Entity):
    """行政区划: province, city or county by its six-digit code."""

    __tablename__ = "region"
    __label__ = "行政区划"

    code: Mapped[str] = field(
        String(6), "代码", unique=True, list=True, quick=True, search="prefix"
    )
    name: Mapped[str] = field(
        String(60), "名称", list=True, quick=True, search="contains", index=True
    )

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class Occupation(Entity):
    """职业: an entry of the national dictionary; only depth 4 can be evaluated."""

    __tablename__ = "occupation"
    __label__ = "职业"

    code: Mapped[str] = field(
        String(20), "职业编码", unique=True, list=True, quick=True, search="prefix"
    )
    name: Mapped[str] = field(
        String(120), "职业名称", list=True, quick=True, search="contains", index=True
    )
    depth: Mapped[int] = field(
        Integer,
        "层次",
        default=4,
        list=True,
        search="pick",
        choices=(("1", "大类"), ("2", "中类"), ("3", "小类"), ("4", "细类（职业）")),
        bulk=True,
    )
    digital: Mapped[bool] = field(
        Boolean, "数字职业", default=False, list=True, search="pick", bulk=True
    )
    green: Mapped[bool] = field(
        Boolean, "绿色职业", default=False, list=True, search="pick", bulk=True
    )
    aliases: Mapped[str] = field(
        String(200), "别名", default="", help="导入时认得的其他写法，用 | 分开"
    )
    active: Mapped[bool] = field(Boolean, "在用", default=True, list=True, search="pick", bulk=True)


class WorkType(Entity):
    """工种: a branch of an occupation."""

    __tablename__ = "work_type"
    __label__ = "工种"
    __table_args__ = (UniqueConstraint("occupation_id", "name"),)

    occupation_id: Mapped[int] = key_to("occupation")
    occupation: Mapped[Occupation] = link("职业", list=True)
    name: Mapped[str] = field(
        String(80), "工种名称", list=True, quick=True, search="contains", index=True
    )
    aliases: Mapped[str] = field(
        String(200), "别名", default="", list=True, help="导入时认得的其他写法，用 | 分开"
    )
    active: Mapped[bool] = field(Boolean, "在用", default=True, list=True, search="pick", bulk=True)


class Level(Entity):
    """职业技能等级: with its order and the digit that certificate numbers carry."""

    __tablename__ = "level"
    __label__ = "技能等级"

    digit: Mapped[str] = field(String(2), "等级代码", unique=True, list=True, search="exact")
    order: Mapped[int] = field(
        Integer, "次序", list=True, help="由低到高；比较高低只看次序，不看代码"
    )
    name: Mapped[str] = field(String(30), "名称", unique=True, list=True, quick=True)
    short: Mapped[str] = field(String(20), "简称", list=True)
    aliases: Mapped[str] = field(
        String(200), "别名", default="", list=True, help="导入时认得的其他写法，用 | 分开"
    )
    active: Mapped[bool] = field(Boolean, "在用", default=True, list=True, search="pick", bulk=True)
    note: Mapped[str] = field(String(200), "说明", default="")
