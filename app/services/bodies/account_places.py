"""To which place does a user belong: an evaluation body or a centre?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core.accounts.places import PlaceLink, Places
from app.core.errors import Problem
from app.core.roles import Actor
from app.models import AppUser, Body
from app.roles import OF_BODY, OF_CENTRE, Officer
from app.rules.bodies.account_place import place_problems


def _officer(user: AppUser, **known: Any) -> Officer:
    level = user.centre.level if user.centre is not None else ""
    return Officer(**known, centre_id=user.centre_id, centre_level=level, body_id=user.body_id)


def _check(role: str, rows: Mapping[str, Any]) -> list[Problem]:
    level = rows["centre"].level if rows["centre"] is not None else ""
    return place_problems(role, level, has_body=rows["body"] is not None)


def _around(actor: Actor) -> list[tuple[str, Any]]:
    """Return the actor's centre; for a body's clerk, both centres of the body."""
    here = actor.place
    if here is None or here.kind == OF_CENTRE:
        return [] if here is None else [(here.kind, here.key)]
    both = (Body.centre_id, Body.city_centre_id)
    return [(OF_CENTRE, select(one).where(Body.id == here.key).scalar_subquery()) for one in both]


PLACES = Places(
    actor=_officer,
    links=(
        PlaceLink(OF_BODY, "所属评价机构", "只有评价机构经办选择", "不属于评价机构", many=True),
        PlaceLink(OF_CENTRE, "所属中心", "中心人员、审计员必选；评价机构经办留空"),
    ),
    check=_check,
    around=_around,
)
