"""Is the word that was probably meant suggested, and none where there is none?"""

from __future__ import annotations

import pytest

from app.core.sheets.reading.nearest import suggest

WORK_TYPES = ["数控车工", "普通车工", "电工", "电焊工", "桥式起重机司机"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("普车", "普通车工"),
        ("数控车", "数控车工"),
        ("桥吊司机", "桥式起重机司机"),
        ("电 焊", "电焊工"),
        ("桥式起重司机", "桥式起重机司机"),
    ],
)
def test_short_forms_and_slips_find_their_work_type(written: str, meant: str) -> None:
    assert suggest(written, WORK_TYPES) == meant


@pytest.mark.parametrize("written", ["美容师", "", " ", "x"])
def test_nothing_is_suggested_where_nothing_is_alike(written: str) -> None:
    assert suggest(written, WORK_TYPES) is None


def test_nothing_is_suggested_without_candidates() -> None:
    assert suggest("普车", []) is None
