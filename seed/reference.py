"""Which reference data, read from CSV files, does every centre start with?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from app.core import clock
from app.core.database import db
from app.core.roles import SYSTEM
from app.core.tables import CodeItem, CodeKind
from app.core.transaction import transaction
from app.models import (
    Centre,
    CertificatePlace,
    EligibilityRoute,
    Level,
    MaterialRequirement,
    Occupation,
    Region,
    StaffingRule,
    WorkType,
)

HERE = Path(__file__).parent / "reference"
CHUNK = 2000
NOTICE = date(2021, 3, 25)


def load() -> dict[str, int]:
    """Add missing reference rows; rows that a centre has changed are not touched.

    Return how many rows were added per table.
    """
    with transaction(db.session, SYSTEM):
        added = {
            "region": _add(Region, ("code",), _rows("regions"), ("code", "name")),
            "occupation": _add(Occupation, ("code",), _occupations(), None),
            "level": _add(Level, ("digit",), _levels(), None),
            "code_kind": _add(CodeKind, ("kind",), _rows("code_kinds"), None),
        }
        added["work_type"] = _add(WorkType, ("occupation_id", "name"), _work_types(), None)
        added["eligibility_route"] = _add(
            EligibilityRoute, ("edition", "level_id", "order"), _routes(), None
        )
        added["code_item"] = _add(CodeItem, ("kind_id", "code"), _codes(), None)
        added["material_requirement"] = _add(
            MaterialRequirement, ("code",), _demands("material_requirements"), None
        )
        added["staffing_rule"] = _add(StaffingRule, ("code",), _demands("staffing_rules"), None)
        added["certificate_place"] = _add(CertificatePlace, ("name",), _places(), None)
        added["centre"] = _add(Centre, ("code",), _centres(), None)
    return added


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _occupations() -> Iterator[dict[str, Any]]:
    aliases = {row["occupation_code"]: row["aliases"] for row in _rows("occupation_aliases")}
    for row in _rows("occupations"):
        yield {
            "code": row["code"],
            "name": row["name"],
            "depth": int(row["depth"]),
            "digital": row["digital"] == "1",
            "green": row["green"] == "1",
            "aliases": aliases.get(row["code"], ""),
            "active": True,
        }


def _levels() -> Iterator[dict[str, Any]]:
    for row in _rows("levels"):
        yield {**row, "order": int(row["order"]), "active": row["active"] == "1"}


def _work_types() -> Iterator[dict[str, Any]]:
    ids = dict(db.session.execute(select(Occupation.code, Occupation.id)).all())
    for row in _rows("work_types"):
        yield {
            "occupation_id": ids[row["occupation_code"]],
            "name": row["name"],
            "aliases": row["aliases"],
            "active": True,
        }


def _routes() -> Iterator[dict[str, Any]]:
    ids = dict(db.session.execute(select(Level.digit, Level.id)).all())
    numbers = ("years", "years_since_lower", "years_since_title", "age")
    yes_no = ("in_field", "final_year", "apprenticeship", "insurance")
    for row in _rows("eligibility_routes"):
        yield {
            "level_id": ids[row["level"]],
            "lower_level_id": ids.get(row["lower"]),
            "order": int(row["order"]),
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            **{name: int(row[name]) if row[name] else None for name in numbers},
            **{name: row[name] == "1" for name in yes_no},
            **{
                name: row[name]
                for name in ("kind", "edition", "graduate", "title_rank", "evidence", "wording")
            },
        }


def _codes() -> Iterator[dict[str, Any]]:
    ids = dict(db.session.execute(select(CodeKind.kind, CodeKind.id)).all())
    for row in _rows("codes"):
        yield {
            "kind_id": ids[row["kind"]],
            "code": row["code"],
            "name": row["name"],
            "order": int(row["order"]),
            "aliases": row["aliases"],
            "active": True,
        }


def _demands(name: str) -> Iterator[dict[str, Any]]:
    """Yield requirements on a filing, in force since the notice."""
    for row in _rows(name):
        yield {**row, "valid_from": NOTICE}


def _places() -> Iterator[dict[str, Any]]:
    lengths = ("left", "top", "width", "height", "size")
    for row in _rows("certificate_places"):
        yield {
            **row,
            **{name: Decimal(row[name]) for name in lengths},
            "order": int(row["order"]),
            "bold": row["bold"] == "1",
            "active": row["active"] == "1",
        }


def _centres() -> Iterator[dict[str, Any]]:
    ids = dict(db.session.execute(select(Region.code, Region.id)).all())
    for row in _rows("centres"):
        yield {
            "code": row["code"],
            "name": row["name"],
            "level": row["level"],
            "region_id": ids[row["region_code"]],
            "address": "",
            "phone": "",
            "complaint_phone": "",
        }


def _add(
    model: type[Any],
    key: tuple[str, ...],
    rows: Iterator[dict[str, Any]],
    only: tuple[str, ...] | None,
) -> int:
    columns = [getattr(model, name) for name in key]
    known = {tuple(row) for row in db.session.execute(select(*columns))}
    fresh = [
        {**{name: row[name] for name in only or row}, "version": 1, "created_at": clock.now()}
        for row in rows
        if tuple(row[name] for name in key) not in known
    ]
    for start in range(0, len(fresh), CHUNK):
        db.session.execute(insert(model), fresh[start : start + CHUNK])
    return len(fresh)
