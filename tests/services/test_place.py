"""Does the centre that reviews follow from the place, and who moves a batch that was sent in?"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, importing, scope
from app.core.bulk import row_changes, undo
from app.core.bulk.grid import save
from app.core.bulk.grid_cells import Sent
from app.core.bulk.grid_lines import OwnRows
from app.core.bulk.row_edit import RowEdit
from app.core.declarations.field import describe
from app.core.errors import RulesBroken
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.tables import Change
from app.core.workflow import moves
from app.models import Batch, ExamSession, Region, Site
from app.roles import CITY_CLERK, PROVINCE_CLERK
from tests import factories, procedure
from tests.procedure import DAYS
from tests.services.importing.conftest import sheet

DB = scoped_session[Session]
BAODING = "保定市（130600）"


@pytest.fixture
def returned(db: DB) -> Batch:
    """A batch of 唐山 that its centre sent back."""
    batch = procedure.take(db, procedure.ready_batch(db), "submitted")
    with clock.set_to(DAYS["filed"]):
        moves.act(db, SYSTEM, batch, "return", "名册请核对")
    return batch


def region(db: DB, code: str = factories.BAODING) -> Region:
    return factories.one(db, Region, code=code)


def change(db: DB, actor: Actor, batch: Batch, to: Region | None) -> None:
    with record.filling(db):
        batch.region = to
    record.edit(db, actor, batch)


def refused(db: DB, actor: Actor, batch: Batch, to: Region | None) -> list[str]:
    with pytest.raises(RulesBroken) as why:
        change(db, actor, batch, to)
    return [one.code for one in why.value.problems]


def site_in(db: DB, batch: Batch, code: str = "130602") -> Site:
    return factories.keep(db, Site(body=batch.body, name="保定考点", region=region(db, code)))


def reviewer(db: DB, batch: Batch) -> str:
    with scope.acting(db, SYSTEM):
        db.expire_all()
        return batch.city_centre.code


def test_the_centre_is_that_of_the_bodys_place_and_of_no_ones_choice(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    assert batch.region.code == batch.city_centre.code == factories.TANGSHAN
    assert not describe(Batch).field("city_centre").form


def test_a_body_of_the_province_is_reviewed_by_its_own_city(db: DB) -> None:
    of = factories.body(db, city=factories.BAODING)
    of.region = region(db, factories.PROVINCE)
    db.commit()
    batch = factories.batch(db, of)
    assert (batch.region.code, batch.city_centre.code) == (factories.BAODING, factories.BAODING)


def test_a_draft_is_moved_by_its_body_to_its_site_and_nowhere_else(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    clerk = factories.clerk(batch.body)
    assert refused(db, clerk, batch, region(db)) == ["place_unfounded"]
    site_in(db, batch)
    change(db, clerk, batch, region(db, "130602"))
    assert reviewer(db, batch) == factories.BAODING
    change(db, clerk, batch, None)
    assert reviewer(db, batch) == factories.TANGSHAN


def test_an_enterprise_is_evaluated_where_it_is(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    with scope.acting(db, SYSTEM):
        batch.enterprise = factories.enterprise(db, city=factories.BAODING)
    change(db, factories.clerk(batch.body), batch, region(db))
    assert reviewer(db, batch) == factories.BAODING


def test_a_place_without_a_centre_is_refused(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    for code in (factories.PROVINCE, "110101"):
        assert refused(db, SYSTEM, batch, region(db, code)) == ["city_centre_level"]


def test_its_body_does_not_move_what_was_sent_back(db: DB, returned: Batch) -> None:
    clerk = factories.clerk(returned.body)
    site_in(db, returned)
    assert refused(db, clerk, returned, region(db)) == ["place_moved"]
    # Emptying it would lead to the same place as writing that place.
    returned.body.region = region(db)
    returned.body.city_centre = factories.centre(db, factories.BAODING)
    db.commit()
    assert refused(db, clerk, returned, None) == ["place_moved"]
    assert reviewer(db, returned) == factories.TANGSHAN
    # Everything else is still the body's.
    returned.place = "北厂区"
    record.edit(db, clerk, returned)
    assert reviewer(db, returned) == factories.TANGSHAN


def test_neither_does_it_by_grid_bulk_import_or_undo(db: DB, returned: Batch) -> None:
    clerk = factories.clerk(returned.body)
    site_in(db, returned)
    with scope.acting(db, clerk):
        rows = OwnRows(db, clerk, Batch, ("name", "region"), {})
        sent = Sent(str(returned.id), returned.version, {"region": BAODING})
        assert [one.problem.code for one in save(rows, [sent]).refused] == ["place_moved"]
        edit = RowEdit(returned.id, {"region": region(db)})
        (one,) = row_changes.write(db, clerk, Batch, [edit], source="bulk").results
        assert [problem.code for problem in one.problems] == ["place_moved"]
        data = sheet(
            ("批次编号", "批次名称", "认定日期", "评价所在地区", "评价所在地中心"),
            (returned.no, returned.name, "2021-04-24", BAODING, "保定市职业技能鉴定中心"),
        )
        run = importing.stage_rows(db, clerk, Batch, {"body": returned.body}, data, "批次.xlsx")
        shown = importing.accept_run(db, clerk, run)
        assert [problem.code for problem in shown.problems] == ["place_moved"]
    province = factories.actor(PROVINCE_CLERK, at=factories.centre(db, factories.PROVINCE))
    edit = RowEdit(returned.id, {"region": region(db)})
    moved = row_changes.write(db, province, Batch, [edit], source="bulk")
    assert reviewer(db, returned) == factories.BAODING
    with pytest.raises(RulesBroken), scope.acting(db, clerk):
        undo.undo(db, clerk, moved.operation)
    assert reviewer(db, returned) == factories.BAODING


def test_a_centre_moves_it_and_the_history_says_so(db: DB, returned: Batch) -> None:
    home = factories.actor(CITY_CLERK, at=factories.centre(db))
    # The city would lose it from sight: the province or the approving centre hands it on.
    with scope.acting(db, home):
        assert refused(db, home, returned, region(db)) == ["out_of_scope"]
    province = factories.actor(PROVINCE_CLERK, at=factories.centre(db, factories.PROVINCE))
    before, after = returned.city_centre_id, factories.centre(db, factories.BAODING).id
    change(db, province, returned, region(db))
    assert reviewer(db, returned) == factories.BAODING
    with scope.acting(db, SYSTEM):
        line = db.scalars(
            select(Change).where(Change.entity == "Batch").order_by(Change.id.desc())
        ).first()
    assert line is not None
    assert line.fields["city_centre_id"] == [before, after]
    assert line.actor_id == province.id


def test_what_was_stored_before_keeps_its_centre(db: DB) -> None:
    batch = factories.batch(db, factories.body(db))
    batch.region = None
    db.commit()
    batch.name = "改名"
    record.edit(db, factories.clerk(batch.body), batch)
    assert batch.region is None
    assert reviewer(db, batch) == factories.TANGSHAN


def test_sessions_at_a_site_elsewhere_are_not_sent_in(db: DB) -> None:
    batch = procedure.ready_batch(db)
    site_in(db, batch)
    with scope.acting(db, SYSTEM), clock.set_to(DAYS["submitted"]):
        held = db.scalars(select(ExamSession).where(ExamSession.batch_id == batch.id)).one()
        held.theory_place = "保定考点101室"
        db.commit()
        with pytest.raises(RulesBroken, match="“保定考点”不在批次的评价所在地") as why:
            moves.act(db, SYSTEM, batch, "submit")
    assert [(one.code, one.rows) for one in why.value.problems] == [("site_elsewhere", (1,))]


@pytest.mark.parametrize("model", ["Enterprise", "Body"])
def test_the_centre_of_an_enterprise_or_a_body_is_that_of_its_city(db: DB, model: str) -> None:
    of = factories.body(db, state="draft") if model == "Body" else factories.enterprise(db)
    with record.filling(db):
        of.city_centre = factories.centre(db, factories.BAODING)
    with pytest.raises(RulesBroken, match="的属地中心是唐山市职业技能鉴定中心") as why:
        record.edit(db, SYSTEM, of)
    assert [(one.code, one.field) for one in why.value.problems] == [
        ("centre_of_other_city", "city_centre")
    ]
    of.region, of.city_centre = region(db, "130602"), factories.centre(db, factories.BAODING)
    record.edit(db, SYSTEM, of)
    assert of.city_centre.code == factories.BAODING
