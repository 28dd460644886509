"""Where is a batch evaluated, and which city centre reviews it there?"""

from __future__ import annotations

from sqlalchemy import select

from app.core import scope
from app.core.errors import Problem
from app.core.records.changed import is_changed
from app.core.scope import AnySession
from app.models import Batch, Body, Region, Site
from app.roles import OF_BODY
from app.rules.filing.review import moved_problems, place_problems, reviewer_problems
from app.rules.reference.city import city_of
from app.services.reference.city_centres import centre_at


def settle(session: AnySession, batch: Batch) -> None:
    """Fill in the region of a new or moved batch, and the centre that follows from it.

    A region whose city has no centre leaves the body's; ``problems`` refuses it.
    """
    if not is_changed(batch, "region"):
        return
    batch.region = batch.region or _usual_region(session, batch.body)
    batch.city_centre = centre_at(session, batch.region) or batch.body.city_centre


def problems(session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problems with a new or changed region, also with who changed it.

    Regions stored before are not asked again.
    """
    region = batch.region
    if region is None or not is_changed(batch, "region"):
        return []
    has_centre = centre_at(session, region) is not None
    found = reviewer_problems(region.name, has_centre=has_centre)
    by_centre = scope.actor_of(session).key_at(OF_BODY) is None
    if batch.submitted_on is not None:
        found += moved_problems(by_centre=by_centre)
    # A centre may know better, e.g. of a place that the body shares with others.
    if not (found or by_centre):
        found = place_problems(region.name, region.code, _founded(session, batch))
    return found


def city(batch: Batch) -> str:
    """Return the city of the batch's place as ``city_of`` gives it; '' if not recorded."""
    return "" if batch.region is None else city_of(batch.region.code)


def _usual_region(session: AnySession, body: Body) -> Region:
    """Return the body's region, or its centre's if that centre is in another city."""
    at_home = centre_at(session, body.region)
    return body.region if at_home is body.city_centre else body.city_centre.region


def _founded(session: AnySession, batch: Batch) -> set[str]:
    """Return the cities in which the body may declare that it evaluates."""
    sites = select(Region.code).join(Site, Site.region_id == Region.id)
    codes = [
        *session.scalars(sites.where(Site.body_id == batch.body.id)),
        batch.body.region.code,
        batch.body.city_centre.region.code,
        *([batch.enterprise.region.code] if batch.enterprise is not None else []),
    ]
    return {city_of(code) for code in codes}
