"""Which users, bodies and batches does the demo centre consist of?"""

from __future__ import annotations

from sqlalchemy import select

from app.core import practice, scope
from app.core.accounts import accounts
from app.core.database import db
from app.core.records import record
from app.core.roles import SYSTEM
from app.models import (
    AppUser,
    Batch,
    Body,
    Centre,
    Enterprise,
    Region,
)
from seed.demo_accounts import DEMO_ACCOUNTS, DemoAccount
from seed.demo_batches import load_batches
from seed.demo_bodies import load_bodies
from seed.demo_rows import TANGSHAN, count_of, find_row, one_row
from seed.people import enterprises


def load(*, batches: bool = True) -> dict[str, int]:
    """Add what is missing from the demo centre; return the row counts.

    A second run changes nothing, and the database is for practice from then on. Without
    ``batches`` only bodies, users and enterprises are added, as tests of a batch need them.
    """
    with scope.acting(db.session, SYSTEM):
        load_bodies()
        _users()
        _enterprises()
        if batches:
            practice.mark(db.session)
            load_batches()
        return {
            "users": count_of(AppUser),
            "bodies": count_of(Body),
            "enterprises": count_of(Enterprise),
            "batches": count_of(Batch),
        }


# -- bodies and users ----------------------------------------------------------------------------


def _users() -> None:
    for wanted in DEMO_ACCOUNTS:
        if find_row(AppUser, username=wanted.username) is None:
            accounts.add(db.session, SYSTEM, _account(wanted), wanted.password)


def _account(wanted: DemoAccount) -> accounts.Account:
    centre = one_row(Centre, code=wanted.centre_region) if wanted.centre_region else None
    body = one_row(Body, code=wanted.body_code) if wanted.body_code else None
    return accounts.Account(
        username=wanted.username,
        name=wanted.name,
        role=wanted.role,
        places={
            "centre": centre.id if centre else None,
            "body": body.id if body else None,
        },
    )


# -- enterprises and batches ---------------------------------------------------------------------


def _enterprises() -> None:
    for company in enterprises(8, 2021):
        if find_row(Enterprise, name=company.name) is not None:
            continue
        city = db.session.scalars(
            select(Centre).where(Centre.code == f"{company.region_code[:4]}00")
        ).one_or_none() or one_row(Centre, code=TANGSHAN)
        made = Enterprise(
            name=company.name,
            credit_code=company.credit_code,
            region=one_row(Region, code=company.region_code),
            city_centre=city,
            address=company.address,
            contact=company.contact,
            phone=company.phone,
        )
        record.add(db.session, SYSTEM, made)
