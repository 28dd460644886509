"""Which routes does the seed know, as the rules take them?"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from app.rules.sign_up.eligibility import verdict
from app.rules.sign_up.eligibility_facts import Person, Route
from app.rules.sign_up.eligibility_verdict import Verdict

SEED = Path(__file__).parents[2] / "seed" / "reference" / "eligibility_routes.csv"
#: A day under each pattern.
IN_2021, IN_2024 = date(2021, 4, 12), date(2024, 4, 12)


def rows() -> list[dict[str, str]]:
    """The rows of the seed as they stand in the file."""
    with SEED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seeded(level: str, day: date) -> tuple[Route, ...]:
    """The seeded routes to a level (a digit) in force on that day."""
    return tuple(
        _route(row)
        for row in rows()
        if row["level"] == level and row["valid_from"] <= str(day) <= (row["valid_to"] or "9999")
    )


def _route(row: dict[str, str]) -> Route:
    number = lambda name: int(row[name]) if row[name] else None  # noqa: E731 - four columns alike
    return Route(
        number=int(row["order"]),
        wording=row["wording"],
        edition=row["edition"],
        kind=row["kind"],  # type: ignore[arg-type]
        years=number("years"),
        lower=row["lower"],
        years_since_lower=number("years_since_lower"),
        graduate=row["graduate"],
        in_field=row["in_field"] == "1",
        final_year=row["final_year"] == "1",
        title=row["title_rank"],
        years_since_title=number("years_since_title"),
        age=number("age"),
        apprenticeship=row["apprenticeship"] == "1",
        insurance=row["insurance"] == "1",
    )


#: Somebody of whom everything is known and nothing helps.
PLAIN: dict[str, Any] = {
    "years": 0,
    "current": "",
    "education": "70",
    "school": "other",
    "related": False,
    "final_year": False,
    "title": "none",
    "apprenticed": False,
    "born": date(1985, 3, 1),
}


def judged(day: date, level: str, **facts: Any) -> Verdict:
    """The verdict on a plain person with these facts, by the seeded routes."""
    return verdict(Person(**{"day": day, **PLAIN, **facts}), level, seeded(level, day))
