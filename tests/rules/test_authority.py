"""Which centre may commission a body for an enterprise?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.rules.commissions.authority import Authority, authority_problems
from tests.rules.people import codes

NONE = Authority("保定市中心", province=False, approved_body=False, of_enterprise=False)


def test_a_centre_with_no_ground_is_refused_by_name() -> None:
    [problem] = authority_problems(NONE)
    assert problem.code == "commission_authority"
    assert problem.message.startswith("“保定市中心”无权出具这份委托函")


@pytest.mark.parametrize("ground", ["province", "approved_body", "of_enterprise"])
def test_each_ground_alone_is_enough(ground: str) -> None:
    assert codes(authority_problems(replace(NONE, **{ground: True}))) == []
