"""Are all conditions of a program's query known, so that a typo does not return all rows?"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.core.declarations.base import Entity
from app.core.errors import NotPermitted, RulesBroken
from app.core.refusals.asking import UNKNOWN_ORDER
from app.core.roles import Actor, may_write
from app.core.views.lists.condition_names import condition_problems
from app.core.views.lists.listing import Listing


def check_asked(listing: Listing, args: Mapping[str, str], also: Collection[str] = ()) -> None:
    """Raise RulesBroken for conditions and orders in ``args`` that the list does not have."""
    problems = condition_problems(listing.model, args, {"whole", *also})
    sortable = {str(sort).removeprefix("-") for sort in listing.sorts}
    for name in filter(None, (part.strip() for part in args.get("sort", "").split(","))):
        if name.removeprefix("-") not in sortable:
            problems.append(UNKNOWN_ORDER.of(field="sort", name=name))
    if problems:
        raise RulesBroken(problems)


def check_whole(actor: Actor, model: type[Entity]) -> None:
    """Raise NotPermitted if the actor may see identity numbers only masked."""
    if not may_write(actor, model.__area__):
        raise NotPermitted("您的角色只能看到部分隐藏的证件号码和电话，请去掉 whole=1")
