"""Does the README say which batches the demo centre has, and who goes on with each?"""

from __future__ import annotations

import re
from pathlib import Path

from app.core.declarations.behaviour import procedure_of
from seed.demo_accounts import DEMO_ACCOUNTS
from seed.demo_batches import BATCHES
from tests.house.tree import ROOT

README = Path(ROOT, "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|`]+) \| ((?:`[A-Z]+`、?)+) \| ([^|]+) \|$", re.MULTILINE)


def test_every_demo_batch_stands_in_its_state() -> None:
    titles = {state.name: state.label for state in procedure_of("Batch").states}
    made: dict[str, set[str]] = {}
    for one in BATCHES:
        made.setdefault(titles[one.state], set()).add(one.body)
    said: dict[str, set[str]] = {}
    for states, bodies, _next in ROW.findall(README):
        names = re.findall("`([A-Z]+)`", bodies)
        several = states.split("、")
        # Two states in a row have their bodies in the same order.
        for place, state in enumerate(several):
            said[state] = {names[place]} if len(several) > 1 else set(names)
    assert said == made


def test_who_goes_on_and_how_is_named_as_on_the_screen() -> None:
    users = {one.username for one in DEMO_ACCOUNTS}
    titles = {move.label for move in procedure_of("Batch").moves}
    rows = [text for _states, _bodies, text in ROW.findall(README)]
    named = {name for text in rows for name in re.findall("`([a-z_0-9]+)`", text)}
    pressed = {label for text in rows for label in re.findall("“([^”]+)”", text)}
    assert len(rows) > 10
    assert named <= users
    assert pressed <= titles | {"结束公示"}
