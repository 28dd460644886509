"""Does what a reviewer saw stay readable when its file is replaced or its person leaves?"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from app.core import clock, scope
from app.core.bulk import row_changes
from app.core.bulk.row_edit import RowEdit
from app.core.errors import NotFound, RulesBroken, WrongState
from app.core.history import file_versions
from app.core.history.file_versions import Stood
from app.core.records import record
from app.core.roles import SYSTEM, Actor
from app.core.tables import FileVersion, Step
from app.core.views import attachments
from app.core.workflow import moves
from app.models import Batch, Material
from app.services.documents import package
from app.services.filing import files
from tests import factories, procedure
from tests.procedure import DAYS

DB = scoped_session[Session]
OLD, NEW = b"%PDF-1.4 old", b"%PDF-1.4 new"


@pytest.fixture
def returned(db: DB) -> Batch:
    """A batch that was sent in with one more file, and came back."""
    batch = procedure.ready_batch(db)
    with clock.set_to(date(2021, 4, 10)):
        attach(db, batch)
    procedure.take(db, batch, "submitted")
    with scope.acting(db, SYSTEM), clock.set_to(date(2021, 4, 12)):
        moves.act(db, SYSTEM, batch, "return", "承诺书没有盖章")
    return batch


@pytest.fixture
def clerk(returned: Batch) -> Actor:
    """The clerk of the body."""
    return factories.clerk(returned.body)


def attach(db: DB, batch: Batch, content: bytes = OLD) -> Material:
    made = Material(batch=batch, kind="other")
    attachments.keep(attachments.Attachment("承诺书.pdf", content), made)
    with scope.acting(db, factories.clerk(batch.body)):
        record.add(db, factories.clerk(batch.body), made)
    return made


def extra(db: DB) -> Material:
    return db.scalars(select(Material).where(Material.filename.like("承诺书%"))).one()


def replace(
    db: DB, actor: Actor, item: Material, content: bytes = NEW, reason: str = "补盖公章"
) -> None:
    """Put another file into the row, as the form does."""
    item.replaced_for = reason
    attachments.keep(attachments.Attachment("承诺书（盖章）.pdf", content), item)
    with scope.acting(db, actor), clock.set_to(date(2021, 4, 13)):
        record.edit(db, actor, item)


def former(db: DB, item: Material) -> Stood:
    (found,) = [one for one in file_versions.of_record(db, item) if one.version is not None]
    return found


def test_the_file_that_was_reviewed_stays_beside_the_new_one(
    db: DB, returned: Batch, clerk: Actor
) -> None:
    item = extra(db)
    first = item.digest
    replace(db, clerk, item)
    db.expire_all()
    now, before = file_versions.of_record(db, item)
    assert (now.filename, now.version, item.content) == ("承诺书（盖章）.pdf", None, NEW)
    kept = before.version
    assert kept is not None
    assert (before.filename, before.digest, kept.content) == ("承诺书.pdf", first, OLD)
    assert (kept.actor_name, kept.reason) == (clerk.name, "补盖公章")
    assert [one.move for one in before.steps] == ["submit", "return"]
    assert now.steps == ()
    assert now.since == kept.until
    assert kept.about["kind"] == "other"


def test_it_is_not_replaced_without_a_reason(db: DB, returned: Batch, clerk: Actor) -> None:
    item = extra(db)
    with pytest.raises(RulesBroken, match="更换文件请填写“更换理由”") as refused:
        replace(db, clerk, item, reason=" ")
    assert [one.code for one in refused.value.problems] == ["file_replaced"]
    db.expire_all()
    assert (item.filename, item.content) == ("承诺书.pdf", OLD)
    assert db.scalars(select(FileVersion)).all() == []


def test_every_replacement_is_kept_in_order(db: DB, returned: Batch, clerk: Actor) -> None:
    item = extra(db)
    replace(db, clerk, item)
    replace(db, clerk, item, b"%PDF-1.4 third", "页数不全")
    found = file_versions.of_record(db, item)
    assert [one.version and one.version.reason for one in found] == [None, "页数不全", "补盖公章"]
    assert found[1].since == found[2].version.until  # type: ignore[union-attr]


def test_the_same_file_again_replaces_nothing(db: DB, returned: Batch, clerk: Actor) -> None:
    replace(db, clerk, extra(db), OLD, "")
    assert db.scalars(select(FileVersion)).all() == []


def test_before_anybody_looked_no_reason_is_asked_but_nothing_is_lost(db: DB) -> None:
    batch = procedure.ready_batch(db)
    item, clerk = attach(db, batch), factories.clerk(batch.body)
    replace(db, clerk, item, reason="")
    assert former(db, item).steps == ()
    with scope.acting(db, clerk):
        record.remove(db, clerk, item)
    assert file_versions.of_holder(db, Material, batch) == []


def test_what_was_reviewed_is_neither_deleted_nor_made_something_else(
    db: DB, returned: Batch, clerk: Actor
) -> None:
    item = extra(db)
    for _ in range(2):  # nor by putting another file there first
        with scope.acting(db, clerk), pytest.raises(WrongState, match="不能删除；有误的"):
            record.remove(db, clerk, item)
        replace(db, clerk, item, NEW)
    edits = [RowEdit(item.id, {"kind": "photo"}, item.version)]
    with scope.acting(db, clerk):
        (result,) = row_changes.write(db, clerk, Material, edits, source="bulk").results
    assert [one.code for one in result.problems] == ["file_kind"]
    with scope.acting(db, clerk):
        item.remark = "已盖章"
        record.edit(db, clerk, item)


def test_what_was_added_after_the_return_may_still_be_deleted(
    db: DB, returned: Batch, clerk: Actor
) -> None:
    made = attach(db, returned, NEW)
    with scope.acting(db, SYSTEM):
        # The clock of a test stands still only by the day.
        assert db.scalars(select(Step.at).where(Step.move == "return")).one() < made.created_at  # type: ignore[operator]
    with scope.acting(db, clerk):
        record.remove(db, clerk, made)
    assert file_versions.of_holder(db, Material, returned) == []


def test_the_files_of_who_leaves_the_roster_stay_with_the_batch(db: DB) -> None:
    with clock.set_to(date(2021, 4, 10)):
        batch = procedure.ready_batch(db)
        person = factories.candidates(db, batch, 1, seed=700)[0]
        procedure.insure(db, batch, person)
    with scope.acting(db, SYSTEM), clock.set_to(date(2021, 4, 12)):
        step = Step(
            entity="Batch", record_id=batch.id, move="submit", source="draft", target="submitted",
            actor_id=None, actor_name="系统", at=clock.now(),
        )  # fmt: skip
        db.add(step)
        db.commit()
    clerk, name = factories.clerk(batch.body), person.name
    with scope.acting(db, clerk), clock.set_to(date(2021, 4, 13)):
        record.remove(db, clerk, person)
    (stood,) = file_versions.of_holder(db, Material, batch)
    assert stood.version is not None
    assert stood.version.content == b"x"
    assert stood.version.about["candidate"] == name
    assert stood.version.reason == f"随参评人员“{name}”删除"
    assert file_versions.version_named(db, Material, batch, stood.version.id) is stood.version
    other = procedure.ready_batch(db, batch.body, exam=date(2021, 5, 24))
    with pytest.raises(NotFound):
        file_versions.version_named(db, Material, other, stood.version.id)


def test_the_archive_holds_and_lists_what_was_replaced(db: DB, returned: Batch) -> None:
    clerk = factories.clerk(returned.body)
    replace(db, clerk, extra(db))
    for move, _, day in procedure.WAY[:2]:
        with scope.acting(db, SYSTEM), clock.set_to(day):
            moves.act(db, SYSTEM, returned, move, "已补盖公章")
    out = BytesIO()
    with scope.acting(db, SYSTEM), clock.set_to(DAYS["filed"]):
        package.make(db, SYSTEM, returned, "archive", out)
        filed = BytesIO()
        package.make(db, SYSTEM, returned, "filing", filed)
    with ZipFile(out) as archive:
        (name,) = [one for one in archive.namelist() if one.startswith("报送后更换的资料/")]
        assert archive.read(name) == OLD
        index = archive.read("目录.html").decode()
    assert "补盖公章" in index
    assert clerk.name in index
    with ZipFile(filed) as archive:
        held = [archive.read(one) for one in archive.namelist()]
    assert NEW in held
    assert OLD not in held


def test_destruction_empties_them_and_leaves_the_list(
    db: DB, returned: Batch, clerk: Actor
) -> None:
    item = extra(db)
    replace(db, clerk, item)
    files.destroy_versions(db, [returned.id])
    db.commit()
    db.expire_all()
    kept = former(db, item).version
    assert kept is not None
    assert (kept.filename, kept.content) == ("承诺书.pdf", b"")
    with pytest.raises(NotFound, match=r"已于.*按程序销毁"):
        file_versions.version_named(db, Material, returned, kept.id)
