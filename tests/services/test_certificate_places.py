"""Does every value stand on the paper of a certificate, in a size that can be read?"""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session, scoped_session

from app.core.errors import RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM
from app.models import CertificatePlace
from app.models.certificates.certificate_place import TEXT

DB = scoped_session[Session]
SOUND = {
    "name": "印章", "key": TEXT, "text": "（盖章）", "left": 0, "top": 0, "width": 20, "height": 8,
    "size": 14,
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "least", "most"), [("width", 1, None), ("height", 1, None), ("size", 5, 120)]
)
def test_a_value_has_a_size_within_bounds(db: DB, field: str, least: int, most: int | None) -> None:
    for within in (one for one in (least, most) if one is not None):
        row = CertificatePlace(**SOUND | {"name": f"印章{within}", field: within})
        record.add(db, SYSTEM, row)
    for beyond in (least - 1, 501 if most is None else most + 1):
        row = CertificatePlace(**SOUND | {"name": f"另一{beyond}", field: beyond})
        with pytest.raises(RulesBroken) as refused:
            record.add(db, SYSTEM, row)
        assert field in [one.field for one in refused.value.problems]
