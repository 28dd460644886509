"""Are the centre's words read as they stand in its tables?"""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, scoped_session

from app.core.records.code_lists import CodeName, code_for, code_lists, code_name, split_aliases
from app.core.tables import CodeItem
from app.models import Occupation
from app.services.reference import vocabulary
from tests import factories

DB = scoped_session[Session]
ITEMS = (
    CodeName("1", "男", ("男性", "M"), active=True),
    CodeName("2", "女", (), active=True),
    CodeName("9", "未说明", ("不详",), active=False),
)


def test_a_code_is_known_by_itself_by_its_name_and_by_its_other_names() -> None:
    assert [code_for(text, ITEMS) for text in ("1", " 男 ", "男性", "ｍ", "女")] == [
        "1",
        "1",
        "1",
        "1",
        "2",
    ]


def test_a_retired_code_is_not_taken_from_a_sheet_but_still_named() -> None:
    assert code_for("不详", ITEMS) is None
    assert code_for("猫", ITEMS) is None
    assert code_name("9", ITEMS) == "未说明"
    assert code_name("7", ITEMS) == "7"


def test_other_names_are_split_at_the_bar() -> None:
    assert split_aliases("大专| 专科 ||") == ("大专", "专科")
    assert split_aliases("") == ()


def test_all_code_lists_come_in_their_order_in_one_statement(db: DB) -> None:
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        lists = code_lists(db)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(sent) == 1
    assert [item.name for item in lists["gender"]][:2] == ["男", "女"]
    wanted = {"education", "document_kind", "evaluation_target", "material_kind", "carrier"}
    assert wanted <= set(lists)


def test_a_clerks_new_code_counts_at_once(db: DB) -> None:
    known = factories.one(db, CodeItem, code="70", name="初中")
    item = CodeItem(kind=known.kind, code="99", name="自学成才", order=99, aliases="自学")
    factories.keep(db, item)
    assert code_for("自学", code_lists(db)["education"]) == "99"


def test_levels_are_the_active_ones_from_the_lowest(db: DB) -> None:
    levels = vocabulary.levels(db)
    assert [one.digit for one in levels.names] == ["5", "4", "3", "2", "1"]
    assert levels.id_of("4") == factories.level(db, "4").id
    assert levels.id_of("6") is None
    assert levels.id_of(None) is None


def test_an_approved_scope_names_every_level_in_between(db: DB) -> None:
    body = factories.body(db, highest="3", work_types=("数控车工",))
    (item,) = vocabulary.approved_scope(db, body.id).items
    assert (item.occupation, item.work_type) == ("车工", "数控车工")
    assert item.levels == {"5", "4", "3"}


def test_the_scope_of_another_body_is_not_ours(db: DB) -> None:
    body = factories.body(db, work_types=())
    factories.body(db, "OTHER")
    assert vocabulary.approved_scope(db, body.id).items == ()


def test_other_wordings_lead_to_the_official_name_and_official_names_to_themselves(
    db: DB,
) -> None:
    body = factories.body(db, work_types=("数控车工", "电焊工"))
    factories.work_type(db, "数控车工").aliases = "数控车床工|电焊工"
    factories.one(db, Occupation, name="车工").aliases = "车床工"
    db.commit()
    approved = vocabulary.approved_scope(db, body.id)
    assert approved.work_type_name("数控车床工") == "数控车工"
    assert approved.occupation_name(" 车床工 ") == "车工"
    assert approved.work_type_name("电焊工") == "电焊工", "an official name is never an alias"
    assert approved.work_type_name("没听过") == "没听过"
    assert ("车工", "数控车工") in approved.ids
