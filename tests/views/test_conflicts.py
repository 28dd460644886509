"""Two people edit one record: is the second told what the first did, and is nothing typed lost?"""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.core import scope
from app.core.records import record
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from app.core.workflow import moves
from app.models import Batch, Candidate, ExamSession, Site
from tests import factories
from tests.views.pages import text, values
from tests.views.world import World


@pytest.fixture
def batch(session: AnySession) -> Batch:
    return factories.batch(session, factories.body(session, "DEMO"), "DEMO-2021-0001")


def faster(session: AnySession, item: object, **changes: object) -> None:
    """田晓梅 saves the record in another window."""
    with scope.acting(session, factories.actor("province_clerk", name="田晓梅")):
        for name, value in changes.items():
            setattr(item, name, value)
        session.commit()


def rows(page: str) -> dict[str, str]:
    """What the page lays side by side, by field."""
    found = re.search(r'class="card clash".*?</section>', page, re.S)
    lines = re.findall(r"<tr>\s*<th.*?</tr>", found[0], re.S) if found else []
    words = [re.sub(r"\s+", " ", text(line)) for line in lines]
    return {line.split()[0]: line for line in words if "对方保存的" not in line}


def chosen(page: str) -> dict[str, str]:
    """The choices as they stand ticked."""
    return dict(re.findall(r'name="(take_\w+)" value="(\w+)" checked', page))


def form_of(browser: FlaskClient, address: str) -> dict[str, str]:
    found = values(browser.get(address).text)
    return {name: value for name, value in found.items() if not name.startswith("take_")}


def test_who_saves_later_sees_both_values_and_keeps_what_was_typed(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    address = f"/batch/edit/{batch.id}"
    form = form_of(province, address)
    faster(session, batch, place="路北区", contact="周敏")
    late = province.post(address, data=form | {"place": "古冶区", "remark": "补充说明"})
    assert late.status_code == 200
    assert "田晓梅" in text(late.text)
    assert "路北区" in rows(late.text)["评价地点"]
    assert "古冶区" in rows(late.text)["评价地点"]
    assert "您没有改" in rows(late.text)["填报人"]
    assert "备注" not in rows(late.text)
    assert chosen(late.text) == {"take_place": "mine", "take_contact": "theirs"}
    session.refresh(batch)
    assert (batch.place, batch.remark) == ("路北区", "")
    again = values(late.text) | chosen(late.text)
    assert (again["place"], again["remark"]) == ("古冶区", "补充说明")
    assert province.post(address, data=again).status_code == 302
    session.refresh(batch)
    assert (batch.place, batch.contact, batch.remark) == ("古冶区", "周敏", "补充说明")


def test_the_other_persons_value_is_taken_where_it_is_chosen(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    address = f"/batch/edit/{batch.id}"
    form = form_of(province, address)
    faster(session, batch, place="路北区", exam_date=date(2021, 5, 8))
    late = province.post(address, data=form | {"place": "古冶区", "exam_date": "2021-05-15"}).text
    choice = {"take_place": "theirs", "take_exam_date": "mine"}
    assert province.post(address, data=values(late) | choice).status_code == 302
    session.refresh(batch)
    assert (batch.place, batch.exam_date) == ("路北区", date(2021, 5, 15))


def test_a_third_save_is_met_like_the_second(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    address = f"/batch/edit/{batch.id}"
    form = form_of(province, address)
    faster(session, batch, place="路北区")
    late = province.post(address, data=form | {"place": "古冶区"}).text
    faster(session, batch, place="开平区")
    later = province.post(address, data=values(late) | {"take_place": "mine"}).text
    assert "开平区" in rows(later)["评价地点"]
    session.refresh(batch)
    assert batch.place == "开平区"


def test_what_both_changed_alike_needs_no_choice(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    address = f"/batch/edit/{batch.id}"
    form = form_of(province, address)
    faster(session, batch, place="路北区")
    late = province.post(address, data=form | {"place": "路北区", "remark": "补充"}).text
    assert rows(late) == {}
    assert "没有冲突" in text(late)
    assert province.post(address, data=values(late)).status_code == 302


def test_people_of_a_session_that_both_chose_stand_side_by_side(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    kind = factories.work_type(session)
    first, second, third = (factories.assessor(session, batch.body) for _ in range(3))
    sitting = factories.keep(
        session,
        ExamSession(
            batch=batch, exam_date=date(2021, 4, 24), occupation=kind.occupation, work_type=kind,
            level=factories.level(session, "4"), headcount=3, assessors=[first],
        ),
    )  # fmt: skip
    address = f"/exam_session/edit/{sitting.id}"
    form = form_of(province, address)
    faster(session, sitting, assessors=[first, second])
    late = province.post(address, data=form | {"assessors": [first.id, third.id]}).text
    assert second.name in rows(late)["考评员"]
    assert third.name in rows(late)["考评员"]
    again = values(late) | {"assessors": [first.id, third.id], "take_assessors": "theirs"}
    assert province.post(address, data=again).status_code == 302
    with scope.acting(session, SYSTEM):
        session.refresh(sitting)
        assert {one.id for one in sitting.assessors} == {first.id, second.id}


def test_what_was_typed_into_a_deleted_record_can_be_kept_as_a_new_one(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    person = factories.candidates(session, batch, 1)[0]
    address = f"/candidate/edit/{person.id}"
    form = form_of(province, address)
    with scope.acting(session, SYSTEM):
        record.remove(session, SYSTEM, person)
    late = province.post(address, data=form | {"post": "装配工"})
    assert late.status_code == 404
    assert "已被删除" in text(late.text)
    assert "另存为新记录" in late.text
    kept = values(late.text)
    assert (kept["post"], kept["batch"]) == ("装配工", str(batch.id))
    assert province.post("/candidate/add", data=kept).status_code == 302
    with scope.acting(session, SYSTEM):
        assert session.scalars(select(Candidate)).one().post == "装配工"


def test_what_was_typed_stays_when_the_batch_was_closed_meanwhile(
    province: FlaskClient, session: AnySession, batch: Batch
) -> None:
    person = factories.candidates(session, batch, 1)[0]
    address = f"/candidate/edit/{person.id}"
    form = form_of(province, address)
    with scope.acting(session, SYSTEM):
        moves.act(session, SYSTEM, batch, "withdraw", "试")
    late = province.post(address, data=form | {"post": "装配工"})
    assert late.status_code == 200
    assert "不能再改" in text(late.text)
    assert values(late.text)["post"] == "装配工"


def test_a_record_of_others_is_not_told_apart_from_a_deleted_one(
    clerk: FlaskClient, theirs: World
) -> None:
    site = theirs.row(Site)
    typed = {"name": "新楼", "version": "1", "opened": "{"}
    foreign = clerk.post(f"/site/edit/{site.id}", data=typed)
    nothing = clerk.post("/site/edit/999999", data=typed)
    assert foreign.status_code == nothing.status_code == 404
    assert site.name not in foreign.text
    assert text(foreign.text) == text(nothing.text)
