"""Does every form still look as it did when it was last looked at?"""

from __future__ import annotations

import json

import pytest

from tests.sheets.forms.golden import FOLDER, looks_of
from tests.sheets.forms.samples import SAMPLES


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_form_looks_as_its_golden_file_says(kind: str) -> None:
    """If the new look is meant: ``python -m tests.sheets.forms.golden``."""
    golden = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    now = json.loads(json.dumps(looks_of(kind)))

    assert list(now) == list(golden)
    for case, look in now.items():
        assert look == golden[case], f"{kind} {case}"


def test_there_is_no_golden_file_of_a_form_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SAMPLES)
