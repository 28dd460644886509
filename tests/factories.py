"""Which bodies, people and batches do tests start from? Small, invented, made by the product's way.

Rows are written as the system. How a batch goes on from there stands in ``tests.procedure``.
Days are those of the spring of 2021.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count, cycle
from typing import Any, TypeVar

from sqlalchemy import select

from app.core import clock, scope
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.scope import AnySession
from app.core.tables.user import Role
from app.core.workflow import moves
from app.models import (
    AppUser,
    Assessor,
    Batch,
    Body,
    BodyNumberRule,
    BodyScope,
    Candidate,
    Centre,
    Commission,
    Enterprise,
    Level,
    Plan,
    Region,
    Supervisor,
    WorkType,
)
from app.roles import BODY_CLERK, Officer
from seed.people import Person, credit_code, people

PROVINCE, TANGSHAN, BAODING = "130000", "130200", "130600"
#: A Saturday; filings for it are in time until 18 April.
EXAM = date(2021, 4, 24)
FILED = date(2021, 4, 12)
WORK_TYPES = ("数控车工", "电焊工")
#: Years at work that suffice for each level.
SEASONED = 6

_serial = count(1)
Row = TypeVar("Row")


def one(session: AnySession, model: type[Any], **key: Any) -> Any:
    """The only row with these values, whoever the session acts for."""
    found = select(model).filter_by(**key).execution_options(unscoped=True)
    return session.scalars(found).one()


def centre(session: AnySession, code: str = TANGSHAN) -> Centre:
    """A centre of the reference data by the code of its region."""
    return one(session, Centre, code=code)  # type: ignore[no-any-return]


def level(session: AnySession, digit: str) -> Level:
    """The level with that digit."""
    return one(session, Level, digit=digit)  # type: ignore[no-any-return]


def work_type(session: AnySession, name: str = WORK_TYPES[0]) -> WorkType:
    """A work type of the reference data."""
    return one(session, WorkType, name=name)  # type: ignore[no-any-return]


def actor(
    role: str, *, at: Centre | None = None, body: Body | None = None, name: str = ""
) -> Actor:
    """A person of that role who belongs to a centre or a body; each call makes another person."""
    number = 9000 + next(_serial)
    return Officer(
        id=number,
        username=f"{role}{number}",
        name=name or f"人员{number}",
        roles=frozenset({role}),
        centre_id=at.id if at is not None else None,
        centre_level=at.level if at is not None else "",
        body_id=body.id if body is not None else None,
        source="test",
    )


def user(
    session: AnySession, role: str, *, at: Centre | None = None, body: Body | None = None
) -> AppUser:
    """A user of that role; its password opens nothing."""
    number = next(_serial)
    made = AppUser(
        username=f"{role}{number}",
        first_name="",
        last_name=f"用户{number}",
        email=f"{role}{number}@example.invalid",
        password="-",
        active=True,
        centre=at,
        body=body,
        roles=[one(session, Role, name=role)],
    )
    return keep(session, made)


def clerk(of: Body) -> Actor:
    """A clerk of the body."""
    return actor(BODY_CLERK, body=of)


def body(
    session: AnySession,
    code: str = "KESHI",
    *,
    work_types: Iterable[str] = WORK_TYPES,
    highest: str = "1",
    at: str = PROVINCE,
    city: str = TANGSHAN,
    state: str = "registered",
    **values: Any,
) -> Body:
    """A registered body that may evaluate the work types from 五级 up to ``highest``.

    It is numbered by the rule of 22 characters; ``number_serial`` '' leaves it without a rule.
    """
    numbered = values.pop("number_serial", f"{next(_serial):06d}")
    filing = values.pop("number_prefix", "0000")
    given = {
        "name": f"{code}评价中心",
        "kind": "trainer",
        "contact": "赵会敏",
        "phone": "0315-2800111",
        "complaint_phone": "0315-2800112",
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2030, 12, 31),
    }
    made = Body(
        code=code,
        state=state,
        centre=centre(session, at),
        city_centre=centre(session, city),
        region=one(session, Region, code=city),
        **(given | values),
    )
    if numbered:
        session.add(
            BodyNumberRule(
                body=made,
                rule="22",
                since=made.valid_from,
                letters={"employer": "Y", "trainer": "S", "school": "J"}[made.kind],
                filing=filing,
                region="13",
                serial=numbered,
            )
        )
    lowest, top = level(session, "5"), level(session, highest)
    for name in work_types:
        row = work_type(session, name)
        session.add(
            BodyScope(
                body=made,
                occupation=row.occupation,
                work_type=row,
                lowest_level=lowest,
                highest_level=top,
            )
        )
    return keep(session, made)


def enterprise(
    session: AnySession,
    name: str = "河北燕南重型机械制造有限公司",
    *,
    city: str = TANGSHAN,
    registered_by: Body | None = None,
) -> Enterprise:
    """An enterprise with a valid credit code."""
    number = next(_serial)
    made = Enterprise(
        name=name,
        credit_code=credit_code(city, f"{number:08d}"),
        region=one(session, Region, code=city),
        city_centre=centre(session, city),
        registered_by=registered_by,
    )
    return keep(session, made)


def batch(
    session: AnySession, of: Body, no: str = "", *, exam: date = EXAM, **values: Any
) -> Batch:
    """A draft batch of a body for its own staff, added as the clerks add it."""
    made = Batch(body=of, name="春季认定", exam_date=exam, **({"target": "own_staff"} | values))
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        record.add(session, SYSTEM, made)
        made.no = no or made.no
        session.commit()
    return made


def candidates(
    session: AnySession,
    of: Batch,
    number: int = 3,
    *,
    levels: Sequence[str] = ("4",),
    work_types: Sequence[str] = WORK_TYPES[:1],
    seed: int = 0,
) -> list[Candidate]:
    """So many invented people on the roster, in turn of the levels and work types.

    Everyone has held the level below for long enough to apply.
    """
    kinds = cycle([work_type(session, name) for name in work_types])
    below = {digit: level(session, str(int(digit) + 1)) for digit in levels if digit in "4321"}
    ranks = cycle([level(session, digit) for digit in levels])
    made = [
        Candidate(
            batch=of,
            serial=place,
            name=person.name,
            gender="1" if person.gender == "男" else "2",
            id_number=person.id_number,
            birth_date=person.birth_date,
            education=person.education,
            phone=person.phone,
            employer="冀东机械有限公司",
            post="操作工",
            years=person.years_on(of.exam_date),
            occupation=kind.occupation,
            work_type=kind,
            level=rank,
            current_level=below.get(rank.digit),
            current_certificate=f"13000{place:06d}" if rank.digit in below else "",
            current_date=date(2012, 6, 1) if rank.digit in below else None,
        )
        for place, (person, kind, rank) in enumerate(
            zip(_seasoned(number, seed, of.exam_date), kinds, ranks, strict=False), start=1
        )
    ]
    with scope.acting(session, SYSTEM):
        session.add_all(made)
        session.commit()
    return made


def _seasoned(number: int, seed: int, exam: date) -> list[Person]:
    """So many people who have worked long enough for any level with the one below.

    Nobody began so young that somebody would ask.
    """
    known = people(6 * number + 30, seed)
    grown = (one for one in known if one.started.year - one.birth_date.year > 16)
    return [one for one in grown if one.years_on(exam) >= SEASONED][:number]


def plan(session: AnySession, of: Body, **values: Any) -> Plan:
    """A published plan of the body."""
    made = Plan(
        title="2021年认定计划",
        body=of,
        year=2021,
        arrangement="四月考评",
        conditions="符合标准",
        content="理论、实操",
        incentives="兑现待遇",
        **values,
    )
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        record.add(session, SYSTEM, made)
        moves.act(session, SYSTEM, made, "publish")
    return made


def commission(session: AnySession, of: Body, by: Enterprise, **values: Any) -> Commission:
    """A commission of the enterprise's staff to the body, in draft."""
    made = Commission(
        **({"enterprise": by, "body": of, "centre": by.city_centre, "promise": True} | values)
    )
    with scope.acting(session, SYSTEM), clock.set_to(FILED):
        record.add(session, SYSTEM, made)
    return made


def assessor(session: AnySession, of: Body | None = None, **values: Any) -> Assessor:
    """An assessor with a card in force, of a body or of the common pool."""
    return _card(session, Assessor, of, **values)  # type: ignore[no-any-return]


def supervisor(session: AnySession, of: Body | None = None, **values: Any) -> Supervisor:
    """A supervisor with a card in force."""
    return _card(session, Supervisor, of, **values)  # type: ignore[no-any-return]


def _card(session: AnySession, model: type[Any], of: Body | None, **values: Any) -> Any:
    number = next(_serial)
    given = {
        "name": f"魏春生{number}",
        "card_no": f"C{number:06d}",
        "body": of,
        "valid_from": date(2021, 1, 1),
        "valid_to": date(2024, 12, 31),
    }
    if "centre" not in values:
        given["centre"] = centre(session)
    return keep(session, model(**(given | values)))


def keep(session: AnySession, made: Row) -> Row:
    """Write a row as the system does, and commit."""
    with scope.acting(session, SYSTEM):
        session.add(made)
        session.commit()
    return made
