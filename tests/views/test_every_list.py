"""Does every list cost the same whatever it holds, with any columns, and export them all?"""

from __future__ import annotations

import csv
import io
import re

from flask import Flask
from flask.testing import FlaskClient

from app.core.scope import AnySession
from app.core.views.columns import choosable, exported
from tests.views.many_rows import copy_everything
from tests.views.pages import keys
from tests.views.test_every_page import screens, statements
from tests.views.world import World

FEW, MANY = 3, 60


def cost(browser: FlaskClient, url: str) -> tuple[int, int]:
    """How many statements a list takes, and how many rows it shows."""
    with statements() as seen:
        answer = browser.get(url)
    assert answer.status_code == 200, url
    shown = len(re.findall(r'name="rowid"', answer.text)) or len(keys(answer.text))
    return len([one for one in seen if one.startswith("SELECT")]), shown


def test_every_list_takes_as_many_statements_for_sixty_rows_as_for_three_with_all_its_columns(
    app: Flask, session: AnySession, province: FlaskClient, ours: World
) -> None:
    urls = []
    for view in screens(app):
        # Backwards, so that no column stands where it usually does.
        names = [field.name for field in choosable(view.model)][::-1]
        urls.append(f"{view.route_base}/list/?size=200&columns={','.join(names)}&view=0")
    copy_everything(session, range(FEW))
    before = {url: cost(province, url) for url in urls}
    copy_everything(session, range(FEW, MANY))
    grown = 0
    for url, (asked, shown) in before.items():
        now, rows = cost(province, url)
        assert now == asked, url
        grown += rows >= min(200, shown + MANY - FEW)
    assert grown == len(before) > 30


def test_every_table_is_exported_with_chosen_columns_and_codes(
    app: Flask, session: AnySession, province: FlaskClient, ours: World
) -> None:
    copy_everything(session, range(FEW))
    for view in screens(app):
        fields = exported(view.model)
        if not fields:
            continue
        base = f"{view.route_base}/export?export_format=csv"
        for values in ("labels", "codes"):
            picked = "&".join(f"export_column={one.name}" for one in fields[::2])
            url = f"{base}&export_columns=pick&export_values={values}&{picked}"
            answer = province.get(url)
            assert answer.status_code == 200, url
            rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
            assert rows[0] == [one.label for one in fields[::2]]
            assert len(rows) >= 1 + FEW, url
