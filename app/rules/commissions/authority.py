"""May this centre commission this body for this enterprise?"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule

COMMISSION_AUTHORITY = Rule(
    "commission_authority",
    "委托函由省中心、评价机构的备案中心或企业所在地的中心出具",
    "authority_problems",
    clause="流程一",
    basis=CENTRE,
    remedy="在委托中把“委托中心”改为有权限的中心，由它出具委托函",
    number="1-12",
)


@dataclass(frozen=True)
class Authority:
    """A commissioning centre, and on which grounds it may commission (按管理权限)."""

    name: str
    province: bool
    approved_body: bool
    of_enterprise: bool

    @property
    def given(self) -> bool:
        """Whether the centre may commission the body on one of the grounds."""
        return self.province or self.approved_body or self.of_enterprise


def authority_problems(centre: Authority) -> list[Problem]:
    """Object to a commission by a centre without authority over body and enterprise."""
    if centre.given:
        return []
    message = (
        f"“{centre.name}”无权出具这份委托函：它不是省中心，不是评价机构的备案中心，"
        "也不是企业所在地的中心"
    )
    return [COMMISSION_AUTHORITY.broken(message, field="centre")]
