"""On which grounds may a centre commission a body?"""

from __future__ import annotations

from app.models import Commission
from app.rules.commissions.authority import Authority


def authority_of(commission: Commission) -> Authority:
    """Return the commissioning centre with its grounds, as input to the rules."""
    centre = commission.centre
    return Authority(
        centre.name,
        province=centre.level == "province",
        approved_body=centre.id == commission.body.centre_id,
        of_enterprise=centre.id == commission.enterprise.city_centre_id,
    )
