"""Do chosen rows stay exactly those, for that person, for that list, and not for ever?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock
from app.core.errors import NotFound, NotPermitted
from app.core.lists import selection
from app.core.scope import AnySession
from app.core.tables import Selection
from app.models import Batch, Body
from app.roles import PROVINCE_ADMIN
from tests import factories


def test_the_kept_rows_come_back_in_their_order(session: AnySession) -> None:
    person = factories.actor(PROVINCE_ADMIN)
    kept = selection.keep(session, person, Batch, [7, 3, 5])
    assert selection.keys_of(session, person, Batch, kept) == [7, 3, 5]


def test_a_choice_is_nobody_elses_and_of_no_other_list(session: AnySession) -> None:
    person = factories.actor(PROVINCE_ADMIN)
    kept = selection.keep(session, person, Batch, [1])
    for who, model in ((factories.actor(PROVINCE_ADMIN), Batch), (person, Body)):
        with pytest.raises(NotFound, match="重新选择"):
            selection.keys_of(session, who, model, kept)
    with pytest.raises(NotFound):
        selection.keys_of(session, person, Batch, kept + 1)


def test_a_choice_expires_and_the_next_one_sweeps_it_away(session: AnySession) -> None:
    person = factories.actor(PROVINCE_ADMIN)
    kept = selection.keep(session, person, Batch, [1])
    row = session.get(Selection, kept)
    assert row is not None
    row.made_at = clock.now() - selection.LIFE - timedelta(minutes=1)
    session.commit()
    with pytest.raises(NotFound, match="已过期"):
        selection.keys_of(session, person, Batch, kept)
    selection.keep(session, person, Batch, [2])
    assert session.scalar(select(func.count()).select_from(Selection)) == 1


def test_no_more_rows_are_kept_than_anybody_looks_over(
    session: AnySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "MOST", 2)
    with pytest.raises(NotPermitted, match="最多选择 2 条，符合条件的有 3 条"):
        selection.keep(session, factories.actor(PROVINCE_ADMIN), Batch, [1, 2, 3])
