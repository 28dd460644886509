"""Who may do what in principle? Roles, the person acting, and the areas each role may touch."""

from __future__ import annotations

from dataclasses import dataclass, field

SYSTEM_ADMIN = "system_admin"
PROVINCE_ADMIN = "province_admin"
PROVINCE_CLERK = "province_clerk"
CITY_ADMIN = "city_admin"
CITY_CLERK = "city_clerk"
BODY_CLERK = "body_clerk"
AUDITOR = "auditor"

TITLES: dict[str, str] = {
    SYSTEM_ADMIN: "系统管理员",
    PROVINCE_ADMIN: "省中心管理员",
    PROVINCE_CLERK: "省中心经办",
    CITY_ADMIN: "市中心管理员",
    CITY_CLERK: "市中心经办",
    BODY_CLERK: "评价机构经办",
    AUDITOR: "审计员",
}

PROVINCE = frozenset({PROVINCE_ADMIN, PROVINCE_CLERK})
CITY = frozenset({CITY_ADMIN, CITY_CLERK})
CENTRE = PROVINCE | CITY
EVERYONE = frozenset(TITLES)
SEES_ALL = PROVINCE | {SYSTEM_ADMIN}


@dataclass(frozen=True)
class Actor:
    """The person on whose behalf an act is done, with what bounds the view.

    ``all_rows`` marks the system itself (seed, migrations): it passes every scope and role check.
    """

    id: int | None
    username: str
    name: str
    roles: frozenset[str] = field(default_factory=frozenset)
    centre_id: int | None = None
    centre_level: str = ""
    body_id: int | None = None
    source: str = "screen"
    all_rows: bool = False

    def has(self, *roles: str) -> bool:
        """Whether the actor holds one of ``roles``."""
        return self.all_rows or not self.roles.isdisjoint(roles)

    @property
    def sees_all(self) -> bool:
        """Whether no scope bounds this actor: the province, the system, a provincial auditor."""
        if self.all_rows or self.has(*SEES_ALL):
            return True
        return self.has(AUDITOR) and self.centre_level == "province"


SYSTEM = Actor(id=None, username="system", name="系统", source="system", all_rows=True)


@dataclass(frozen=True)
class Area:
    """Which roles read the tables of an area, and which also add, edit and delete."""

    title: str
    read: frozenset[str]
    write: frozenset[str]
    delete: frozenset[str]


FILERS = CENTRE | {BODY_CLERK}

AREAS: dict[str, Area] = {
    "reference": Area(
        "基础数据",
        EVERYONE,
        frozenset({SYSTEM_ADMIN, PROVINCE_ADMIN, PROVINCE_CLERK}),
        frozenset({SYSTEM_ADMIN, PROVINCE_ADMIN}),
    ),
    "bodies": Area("评价机构", EVERYONE, CENTRE, frozenset({PROVINCE_ADMIN})),
    "filing": Area("认定业务", EVERYONE, FILERS, FILERS),
    "supervisors": Area("督导员", EVERYONE, CENTRE, CENTRE),
    "objections": Area("公示异议", EVERYONE, FILERS, CENTRE),
    "supervision": Area(
        "监督", CENTRE | {SYSTEM_ADMIN, AUDITOR, BODY_CLERK}, CENTRE, frozenset({PROVINCE_ADMIN})
    ),
    # Who is checked unannounced is nobody's business but the province's.
    "draws": Area("抽查抽取", PROVINCE | {SYSTEM_ADMIN, AUDITOR}, PROVINCE, frozenset()),
    "results": Area("证书", EVERYONE, frozenset({PROVINCE_ADMIN}), frozenset()),
}


def may_write(actor: Actor, area: str) -> bool:
    """Whether the actor's role adds and edits in ``area``."""
    return actor.has(*AREAS[area].write)


def may_delete(actor: Actor, area: str) -> bool:
    """Whether the actor's role deletes in ``area``."""
    return actor.has(*AREAS[area].delete)
