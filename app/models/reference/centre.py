"""Which centres have authority: the provincial centre and those of its cities?"""

from __future__ import annotations

from sqlalchemy import String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.models.reference.classification import Region

CENTRE_LEVELS = (("province", "省级"), ("city", "市级"))


class Centre(Entity):
    """职业技能鉴定（指导）中心."""

    __tablename__ = "centre"
    __label__ = "鉴定中心"

    code: Mapped[str] = field(String(20), "中心代码", unique=True, list=True, search="exact")
    name: Mapped[str] = field(
        String(80), "中心名称", unique=True, list=True, quick=True, search="contains"
    )
    level: Mapped[str] = field(String(10), "层级", list=True, search="pick", choices=CENTRE_LEVELS)
    region_id: Mapped[int] = key_to("region")
    region: Mapped[Region] = link("所在地区", list=True)
    address: Mapped[str] = field(String(120), "地址", default="")
    phone: Mapped[str] = field(String(40), "联系电话", default="", list=True)
    complaint_phone: Mapped[str] = field(String(40), "监督举报电话", default="", list=True)
