"""Which evaluation bodies does the demo centre have?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core import clock
from app.core.database import db
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.transaction import transaction
from app.core.workflow import moves
from app.models import (
    Body,
    BodyNumberRule,
    BodyScope,
    Centre,
    Level,
    Occupation,
    Region,
    Site,
    WorkType,
)
from seed.demo_rows import BAODING, PROVINCE, TANGSHAN, find_row, one_row
from seed.people import enterprises

#: Occupations of which the DEMO body may evaluate every work type in the reference data.
APPROVED = (
    "车工", "焊工", "电工", "起重装卸机械操作工", "机修钳工", "汽车维修工", "中式烹调师",
    "美容师", "保育师", "婴幼儿发展引导员", "家政服务员",
)  # fmt: skip

FEW_APPROVED = ("车工", "焊工", "电工", "机修钳工")


@dataclass(frozen=True)
class DemoBody:
    """A body of the demo centre and the state of its registration."""

    code: str
    name: str
    kind: str
    centre: str
    city: str
    serial: str
    occupations: tuple[str, ...]
    state: str
    contact: str

    @property
    def area(self) -> str:
        """The telephone area code of the city."""
        return {TANGSHAN: "0315", BAODING: "0312"}[self.city]


BODIES = (
    DemoBody(
        "DEMO", "河北燕赵职业技能评价中心", "trainer", PROVINCE, TANGSHAN, "000101", APPROVED,
        "registered", "赵会敏",
    ),
    DemoBody(
        "HBYZ", "保定冀中职业培训学校", "trainer", BAODING, BAODING, "000602", FEW_APPROVED,
        "registered", "钱文彬",
    ),
    DemoBody(
        "TSJX", "唐山冀东机械制造有限公司", "employer", TANGSHAN, TANGSHAN, "000203", FEW_APPROVED,
        "submitted", "孙玉洁",
    ),
    DemoBody(
        "BDJX", "保定白洋淀技师学院", "school", PROVINCE, BAODING, "000604", FEW_APPROVED,
        "draft", "李向阳",
    ),
)  # fmt: skip


def load_bodies() -> None:
    """Add the missing bodies and take each to its state."""
    levels = {row.digit: row for row in db.session.scalars(select(Level))}
    for place, wanted in enumerate(BODIES):
        if find_row(Body, code=wanted.code) is not None:
            continue
        with clock.set_to(date(2020, 1, 6)):
            body = _register(wanted, place)
            _approve(body, wanted.occupations, levels)
            take_to(body, wanted.state)


def _register(wanted: DemoBody, place: int) -> Body:
    region = one_row(Region, code=wanted.city)
    body = Body(
        code=wanted.code,
        name=wanted.name,
        kind=wanted.kind,
        credit_code=enterprises(len(BODIES), 77)[place].credit_code,
        centre=one_row(Centre, code=wanted.centre),
        city_centre=one_row(Centre, code=wanted.city),
        region=region,
        valid_from=date(2020, 1, 1),
        valid_to=date(2030, 12, 31),
        contact=wanted.contact,
        phone=f"{wanted.area}-2800{place}11",
        complaint_phone=f"{wanted.area}-2800{place}12",
        address=f"{region.name}建设路{18 + place}号",
    )
    record.add(db.session, SYSTEM, body)
    rule = BodyNumberRule(body=body, rule="22", since=body.valid_from, serial=wanted.serial)
    record.add(db.session, SYSTEM, rule)
    record.add(
        db.session,
        SYSTEM,
        Site(
            body=body,
            name=f"{region.name}实训考点",
            region=region,
            address=f"{region.name}建设路{18 + place}号",
            capacity=120,
            contact=wanted.contact,
            phone=body.phone,
        ),
    )
    return body


def _approve(body: Body, occupations: tuple[str, ...], levels: dict[str, Level]) -> None:
    rows = db.session.scalars(
        select(WorkType)
        .join(WorkType.occupation)
        .where(Occupation.name.in_(occupations), Occupation.depth == 4)
        .order_by(WorkType.id)
    ).all()
    with transaction(db.session, SYSTEM):
        for row in rows:
            item = BodyScope(
                body=body,
                occupation=row.occupation,
                work_type=row,
                lowest_level=levels["5"],
                highest_level=levels["1"],
            )
            record.put(db.session, SYSTEM, item)


def take_to(body: Body, state: str) -> None:
    """Make the moves that take a body to ``state``."""
    for move, reached in (("submit", "submitted"), ("register", "registered")):
        if body.state != state and state in (reached, "registered"):
            moves.act(db.session, SYSTEM, body, move)
