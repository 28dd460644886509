"""Do the pages of the trail show, find and open lines that share a row?"""

from __future__ import annotations

import re
from typing import Any

from app.core import scope
from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.models import Candidate
from app.roles import PROVINCE_ADMIN
from tests import factories


def test_each_line_of_a_bulk_edit_stands_in_the_list_and_has_a_page(
    session: AnySession, sign_in: Any
) -> None:
    scope.bind(session, SYSTEM)
    people = factories.candidates(session, factories.batch(session, factories.body(session)), 30)
    edits = [RowEdit(one.id, {"post": "焊工"}, one.version) for one in people]
    row_changes.write(session, SYSTEM, Candidate, edits, source="bulk")
    name = people[7].name
    browser = sign_in(PROVINCE_ADMIN)
    page = browser.get(f"/change/list/?kind=edit&entity=Candidate&q={name}").get_data(as_text=True)
    found = set(re.findall(r"/change/show/(\d+-\d+)", page))
    assert len(found) == sum(name in one.name for one in people)
    shown = browser.get(f"/change/show/{found.pop()}").get_data(as_text=True)
    assert "操作工 → 焊工" in shown
    assert "批量修改 30 条" in shown
    assert browser.get("/change/show/1-99999").status_code == 404
