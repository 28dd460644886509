"""Which rule and parts number a body's certificates, and from which day on?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String, UniqueConstraint

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import AlwaysOpen
from app.core.declarations.reach import Via
from app.models.bodies.body import Body

PARTS = "编号组成"

#: The rules to choose from; bodies under rule 22 number 特级技师 and 首席技师 by 22-senior.
FORMATS = (("22", "22位编号"), ("20", "20位编号"))
FORMATS_IN_USE = (*FORMATS[:1], ("22-senior", "特级技师、首席技师22位编号"), *FORMATS[1:])


class BodyNumberRule(Entity):
    """机构编号规则: in force from its first day until the day before the body's next row.

    A row has no last day, so that a body is under one rule at a time, without gap or overlap.
    """

    __tablename__ = "body_number_rule"
    __label__ = "证书编号规则"
    __title__ = "rule"
    __area__ = "bodies"
    __reach__ = (Via("body"),)
    __owner__ = (Via("body"),)
    __open__ = AlwaysOpen("certificates numbered under a row close it, not a state")
    __table_args__ = (UniqueConstraint("body_id", "since"),)

    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    rule: Mapped[str] = field(
        String(20), "编号规则", default="22", choices=FORMATS, list=True, search="pick"
    )
    since: Mapped[date] = field(
        Date, "启用日期", list=True, search="range", help="从这一天核定的证书起适用"
    )
    letters: Mapped[str] = field(
        String(3),
        "类别字母",
        group=PARTS,
        list=True,
        fills_itself=True,
        help="22位：用人单位 Y，社会培训评价组织 S；20位：R，备案层级 G/S/C/X，机构 N/W，如 RSW",
    )
    filing: Mapped[str] = field(
        String(4),
        "部颁序号",
        default="",
        group=PARTS,
        list=True,
        fills_itself=True,
        help="22位填4位：首次在省里备案的机构为 0000，其他由人社部分配；20位不填",
    )
    region: Mapped[str] = field(
        String(6),
        "地区代码",
        group=PARTS,
        list=True,
        fills_itself=True,
        help="22位填省级两位，如 13；20位填六位",
    )
    serial: Mapped[str] = field(
        String(6),
        "机构序列码",
        group=PARTS,
        list=True,
        search="exact",
        help="22位填6位，20位填3位",
    )
    remark: Mapped[str] = field(String(200), "备注", default="")

    def __str__(self) -> str:
        return f"{dict(FORMATS_IN_USE).get(self.rule, self.rule)}（{self.since}起）"
