"""Which roles are there, where does each stand, and which areas may it touch?"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.roles import Actor, Area, Place, PlaceKind, Power, Role, declare

SYSTEM_ADMIN = "system_admin"
PROVINCE_ADMIN = "province_admin"
PROVINCE_CLERK = "province_clerk"
CITY_ADMIN = "city_admin"
CITY_CLERK = "city_clerk"
BODY_CLERK = "body_clerk"
AUDITOR = "auditor"

PROVINCE = frozenset({PROVINCE_ADMIN, PROVINCE_CLERK})
CITY = frozenset({CITY_ADMIN, CITY_CLERK})
CENTRE = PROVINCE | CITY
EVERYONE = CENTRE | {SYSTEM_ADMIN, BODY_CLERK, AUDITOR}
#: Who registers and sends in: the body's clerk, or a centre in their stead.
FILERS = CENTRE | {BODY_CLERK}
#: Who decides about what was sent in.
REVIEWERS = frozenset({CITY_ADMIN, PROVINCE_ADMIN})
#: The step follows from one of another record: it is nobody's own act.
NO_ROLES: frozenset[str] = frozenset()

#: The kinds of places that keep people apart.
OF_BODY, OF_CENTRE = "body", "centre"


@dataclass(frozen=True)
class Officer(Actor):
    """A person at a centre or a body, which bounds what is seen."""

    centre_id: int | None = None
    centre_level: str = ""
    body_id: int | None = None

    @property
    def place(self) -> Place | None:
        """The body, or else the centre."""
        if self.body_id is not None:
            return Place(OF_BODY, self.body_id)
        return None if self.centre_id is None else Place(OF_CENTRE, self.centre_id)

    @property
    def sees_all(self) -> bool:
        """Whether no scope bounds this actor: the province, the system, a provincial auditor."""
        return super().sees_all or (self.has(AUDITOR) and self.centre_level == "province")

    @property
    def bounds(self) -> tuple[object, ...]:
        """All that decides what the officer sees and may do.

        Jobs keep a digest of it: what it is made of stays as it is, or the jobs of yesterday are
        lost to those who asked for them.
        """
        return (self.body_id, self.centre_id, self.centre_level, sorted(self.roles))


_CHANGE, _LIST = frozenset({Power.CHANGE}), frozenset({Power.SEE_ALL, Power.CHANGE, Power.HISTORY})

ROLES = (
    Role(
        SYSTEM_ADMIN,
        "系统管理员",
        _LIST | {Power.ACCOUNTS, Power.UPKEEP, Power.RESTORE, Power.MATRIX, Power.SHARE},
    ),
    Role(
        PROVINCE_ADMIN,
        "省中心管理员",
        _LIST | {Power.RESTORE, Power.MATRIX, Power.SHARE, Power.GUESTS},
    ),
    Role(PROVINCE_CLERK, "省中心经办", _LIST),
    Role(CITY_ADMIN, "市中心管理员", _CHANGE | {Power.SHARE_NEAR}, near=True),
    Role(CITY_CLERK, "市中心经办", _CHANGE, near=True),
    Role(BODY_CLERK, "评价机构经办", _CHANGE, near=True, own_work=True),
    Role(AUDITOR, "审计员", frozenset({Power.HISTORY, Power.MATRIX})),
)

AREAS = {
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

PLACES = (PlaceKind(OF_BODY, "Body", only=True), PlaceKind(OF_CENTRE, "Centre"))

declare(ROLES, AREAS, PLACES)
