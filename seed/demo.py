"""What does a believable centre look like? Users of every role, bodies, batches in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from app.core import clock, scope
from app.core.accounts import accounts
from app.core.database import db
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.transaction import transaction
from app.core.workflow import moves
from app.models import (
    AppUser,
    Batch,
    Body,
    BodyNumberRule,
    BodyScope,
    Centre,
    Complaint,
    Enterprise,
    Inspection,
    Level,
    Objection,
    Occupation,
    Region,
    Site,
    WorkType,
)
from app.services import publicities
from app.services.demonstration import missing_cards, preparations
from app.services.demonstration import stand_ins as people
from app.services.demonstration.batch_walk import Walk, Workbook, Workbooks
from app.services.demonstration.workbook_facts import Named
from app.services.reference.terms import calendar
from seed import workbooks
from seed.demo_accounts import DEMO_ACCOUNTS, DemoAccount
from seed.people import enterprises

TANGSHAN, BAODING, PROVINCE = "130200", "130600", "130000"

#: Occupations of which the DEMO body may evaluate every work type that the reference data know.
SCOPE = (
    "车工", "焊工", "电工", "起重装卸机械操作工", "机修钳工", "汽车维修工", "中式烹调师",
    "美容师", "保育师", "婴幼儿发展引导员", "家政服务员",
)  # fmt: skip
SMALL_SCOPE = ("车工", "焊工", "电工", "机修钳工")


def load(*, batches: bool = True) -> dict[str, int]:
    """Add what the demo centre lacks; run twice, the second run changes nothing.

    Without ``batches`` only bodies, users and enterprises: what a test of a batch starts from.
    """
    with scope.acting(db.session, SYSTEM):
        _bodies()
        _users()
        _enterprises()
        if batches:
            _batches()
        return {
            "users": _count(AppUser),
            "bodies": _count(Body),
            "enterprises": _count(Enterprise),
            "batches": _count(Batch),
        }


def _count(model: type[Any]) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def _one(model: type[Any], **key: Any) -> Any:
    return db.session.scalars(select(model).filter_by(**key)).one()


def _find(model: type[Any], **key: Any) -> Any:
    return db.session.scalars(select(model).filter_by(**key)).one_or_none()


# -- bodies and users ----------------------------------------------------------------------------


@dataclass(frozen=True)
class DemoBody:
    """A body of the demo centre, and the state to which its registration is taken."""

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
        """The area code of the city's telephones."""
        return {TANGSHAN: "0315", BAODING: "0312"}[self.city]


BODIES = (
    DemoBody(
        "DEMO", "河北燕赵职业技能评价中心", "trainer", PROVINCE, TANGSHAN, "000101", SCOPE,
        "registered", "赵会敏",
    ),
    DemoBody(
        "HBYZ", "保定冀中职业培训学校", "trainer", BAODING, BAODING, "000602", SMALL_SCOPE,
        "registered", "钱文彬",
    ),
    DemoBody(
        "TSJX", "唐山冀东机械制造有限公司", "employer", TANGSHAN, TANGSHAN, "000203", SMALL_SCOPE,
        "submitted", "孙玉洁",
    ),
    DemoBody(
        "BDJX", "保定白洋淀技师学院", "school", PROVINCE, BAODING, "000604", SMALL_SCOPE,
        "draft", "李向阳",
    ),
)  # fmt: skip


def _bodies() -> None:
    levels = {row.digit: row for row in db.session.scalars(select(Level))}
    for place, wanted in enumerate(BODIES):
        if _find(Body, code=wanted.code) is not None:
            continue
        with clock.set_to(date(2020, 1, 6)):
            body = _register(wanted, place)
            _approve(body, wanted.occupations, levels)
            _take_to(body, wanted.state)


def _register(wanted: DemoBody, place: int) -> Body:
    region = _one(Region, code=wanted.city)
    body = Body(
        code=wanted.code,
        name=wanted.name,
        kind=wanted.kind,
        credit_code=enterprises(len(BODIES), 77)[place].credit_code,
        centre=_one(Centre, code=wanted.centre),
        city_centre=_one(Centre, code=wanted.city),
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


def _take_to(body: Body, state: str) -> None:
    for move, reached in (("submit", "submitted"), ("register", "registered")):
        if body.state != state and state in (reached, "registered"):
            moves.act(db.session, SYSTEM, body, move)


def _users() -> None:
    for wanted in DEMO_ACCOUNTS:
        if _find(AppUser, username=wanted.username) is None:
            accounts.add(db.session, SYSTEM, _account(wanted), wanted.password)


def _account(wanted: DemoAccount) -> accounts.Account:
    centre = _one(Centre, code=wanted.centre_region) if wanted.centre_region else None
    body = _one(Body, code=wanted.body_code) if wanted.body_code else None
    return accounts.Account(
        username=wanted.username,
        name=wanted.name,
        role=wanted.role,
        places={
            "centre": centre.id if centre else None,
            "body": body.id if body else None,
        },
    )


def issue_cards() -> None:
    """Cards for those who examine at the demo body, valid as long as its registration."""
    body: Body = _one(Body, code="DEMO")
    jobs: dict[str, frozenset[str]] = {}
    for trade in (*workbooks.TRADES, workbooks.CRANES):
        for name in trade.assessors:
            jobs[name] = jobs.get(name, frozenset()) | {trade.occupation}
    clerk = people.clerk_of_body(db.session, body.id)
    named = Named(jobs, (workbooks.SUPERVISOR,))
    with scope.acting(db.session, clerk):
        missing_cards.register(db.session, clerk, body, named, (body.valid_from, body.valid_to))


# -- enterprises and batches ---------------------------------------------------------------------


def _enterprises() -> None:
    for company in enterprises(8, 2021):
        if _find(Enterprise, name=company.name) is not None:
            continue
        city = db.session.scalars(
            select(Centre).where(Centre.code == f"{company.region_code[:4]}00")
        ).one_or_none() or _one(Centre, code=TANGSHAN)
        made = Enterprise(
            name=company.name,
            credit_code=company.credit_code,
            region=_one(Region, code=company.region_code),
            city_centre=city,
            address=company.address,
            contact=company.contact,
            phone=company.phone,
        )
        record.add(db.session, SYSTEM, made)


@dataclass(frozen=True)
class DemoBatch:
    """A batch of the demo centre: whose, in which state, and its exam day from the anchor."""

    body: str
    state: str
    days: int
    people: int


BATCHES = (
    DemoBatch("DEMO", "archived", -75, 24),
    DemoBatch("DEMO", "certified", -45, 18),
    DemoBatch("HBYZ", "registered", -40, 12),
    DemoBatch("DEMO", "results_reviewed", -33, 15),
    DemoBatch("DEMO", "results_submitted", -28, 20),
    DemoBatch("HBYZ", "results_returned", -27, 12),
    DemoBatch("DEMO", "publicising", -7, 16),
    DemoBatch("DEMO", "scored", -3, 14),
    DemoBatch("DEMO", "examining", -1, 12),
    DemoBatch("HBYZ", "suspended", -2, 10),
    DemoBatch("DEMO", "filed", 4, 18),
    DemoBatch("DEMO", "submitted", 14, 22),
    DemoBatch("HBYZ", "submitted", 15, 12),
    DemoBatch("DEMO", "returned", 17, 12),
    DemoBatch("HBYZ", "withdrawn", 20, 8),
    DemoBatch("DEMO", "draft", 24, 25),
)

#: States off the usual way: where to walk first, then which move by whom is made, and its note.
DETOURS: dict[str, tuple[str, str, str]] = {
    "returned": ("submitted", "return", "考务安排缺少实操考场消防合格证明，请补充后重报"),
    "results_returned": (
        "results_submitted",
        "return_results",
        "第3名人员姓名与身份证不符，请更正",
    ),
    "withdrawn": ("draft", "withdraw", "企业生产任务调整，本批次取消"),
    "suspended": ("examining", "suspend", "督导发现实操考场不符合安全要求，暂停考评"),
}


def _batches() -> None:
    if _count(Batch):
        return
    issue_cards()
    anchor = _anchor()
    for place, wanted in enumerate(BATCHES):
        _batch(wanted, place, anchor)
    _supervise(anchor)


def _anchor() -> date:
    """Today, or the last autumn for which holidays are published: the demo counts no guess."""
    today, days = clock.today(), calendar(db.session)
    known = next(year for year in range(today.year + 1, 2020, -1) if days.knows(year))
    return today if (today + timedelta(days=30)).year <= known else date(known, 10, 20)


def _batch(wanted: DemoBatch, place: int, anchor: date) -> None:
    body: Body = _one(Body, code=wanted.body)
    company = enterprises(8, 2021)[place % 8]
    exam = anchor + timedelta(days=wanted.days)
    clerk = people.clerk_of_body(db.session, body.id)
    entries = workbooks.entries(wanted.people, 100 + place, exam, workbooks.TRADES)
    files = Workbooks(
        Workbook("人员名册.xlsx", workbooks.roster(entries, company.name, place)),
        Workbook(
            "考务安排.xlsx",
            workbooks.arrangement(entries, exam, body.region.name, workbooks.SUPERVISOR),
        ),
        Workbook("成绩.xlsx", workbooks.scores(entries, place)),
    )
    before = calendar(db.session).latest_submission(exam) - timedelta(days=4)
    with clock.set_to(min(before, anchor - timedelta(days=5))):
        walk = Walk(db.session, clerk, body, files)
        batch = walk.prepare()
    until, move, note = DETOURS.get(wanted.state, (wanted.state, "", ""))
    if until != "draft":
        walk.to(until)
    if move:
        _detour(batch, move, note, walk)


def _detour(batch: Batch, move: str, note: str, walk: Walk) -> None:
    reviewer: Actor = preparations.as_reviewer(db.session, batch, move)
    with clock.set_to(walk.day), scope.acting(db.session, reviewer):
        moves.act(db.session, reviewer, batch, move, note)


def _supervise(anchor: date) -> None:
    """An objection that keeps a publicity open, a complaint, and a check with findings."""
    batch = db.session.scalars(select(Batch).where(Batch.state == "publicising")).first()
    if batch is None:
        return
    publicity = publicities.publicity_of(db.session, batch)
    with clock.set_to(anchor):
        objection = Objection(
            publicity=publicity, raised_on=anchor, raised_by="群众来电", phone="0315-2800199",
            content="反映一名参评人员从事本职业年限不实，请核查。",
        )  # fmt: skip
        record.add(db.session, SYSTEM, objection)
        complaint = Complaint(
            centre=batch.city_centre, body=batch.body, batch=batch, received_on=anchor,
            channel="telephone", content="反映理论考场电脑故障后未及时更换座位。",
        )  # fmt: skip
        record.add(db.session, SYSTEM, complaint)
        check = Inspection(
            kind="spot_check", batch=batch, centre=_one(Centre, code=PROVINCE),
            inspected_on=batch.exam_date, place=batch.place,
            findings="实操考场安全警示标识不全", rectify_by=anchor + timedelta(days=10),
        )  # fmt: skip
        record.add(db.session, SYSTEM, check)
        moves.act(db.session, SYSTEM, check, "order", "十日内补齐安全警示标识并报送照片")
