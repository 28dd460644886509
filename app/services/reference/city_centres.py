"""Which centre does a city have?"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.errors import Problem
from app.core.records.changed import is_changed
from app.core.records.read_once import read_once
from app.core.scope import AnySession
from app.models import Body, Centre, Enterprise, Region
from app.rules.reference.city import city_centre_problems, city_of

CITY = "city"


def centre_at(session: AnySession, region: Region) -> Centre | None:
    """Return the centre of the city that the region is in, or None if it has none."""
    return _by_city(session).get(city_of(region.code))


@read_once
def _by_city(session: AnySession) -> dict[str, Centre]:
    at = aliased(Region)
    rows = session.execute(
        select(Centre, at.code).join(Centre.region.of_type(at)).where(Centre.level == CITY)
    )
    return {city_of(code): centre for centre, code in rows}


def problems(session: AnySession, item: Body | Enterprise) -> list[Problem]:
    """Return the problem with a centre of another city, newly chosen, for the row's region."""
    if not (is_changed(item, "region") or is_changed(item, "city_centre")):
        return []
    here = centre_at(session, item.region)
    return city_centre_problems(
        item.region.name, here.name if here is not None else "", item.city_centre.name
    )
