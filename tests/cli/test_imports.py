"""Do the import commands answer as automation expects?"""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook

from tests.cli.conftest import ARRANGEMENT, MESSY, ROSTER, SCORES, Terminal

DAY = ("--today", "2021-04-12")

PLANTED = {
    13: "id_number",
    16: "id_number",
    18: "gender",
    24: "work_type",
    26: "id_number",
    28: "name",
    30: "id_number",
    37: "level",
    39: "name",
}


def test_a_tidy_roster_is_accepted_whole(terminal: Terminal, batch: str) -> None:
    said = terminal.done("import", "roster", batch, ROSTER, *DAY)
    assert said == {"accepted": 120, "unchanged": 0, "refused": 0, "problems": []}


def test_the_same_roster_a_second_time_changes_nothing(terminal: Terminal, batch: str) -> None:
    terminal.done("import", "roster", batch, ROSTER, *DAY)
    said = terminal.done("import", "roster", batch, ROSTER, *DAY)
    assert (said["accepted"], said["unchanged"], said["refused"]) == (0, 120, 0)


def test_a_dry_run_writes_nothing(terminal: Terminal, batch: str) -> None:
    said = terminal.done("import", "roster", batch, ROSTER, "--dry-run", *DAY)
    assert said["accepted"] == 120
    assert terminal.done("status", "batch", batch)["counts"]["candidates"] == 0


def test_a_messy_roster_gives_exactly_the_planted_problems(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    refused = tmp_path / "refused.xlsx"
    said = terminal.done("import", "roster", batch, MESSY, "--errors", refused, *DAY)
    assert {one["row"]: one["field"] for one in said["problems"]} == PLANTED
    assert len(said["problems"]) == len(PLANTED)
    assert (said["accepted"], said["refused"]) == (31, len(PLANTED))
    sheet = load_workbook(refused).active
    assert sheet is not None
    headings = [cell.value for row in sheet.iter_rows(max_row=3) for cell in row]
    assert "问题" in headings
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == []


def test_what_was_folded_is_stored_folded(terminal: Terminal, batch: str) -> None:
    from sqlalchemy import select

    from app.core.database import db
    from app.models import Candidate

    terminal.done("import", "roster", batch, MESSY, *DAY)
    with terminal.runner.app.app_context():
        from app.core import scope
        from app.core.roles import SYSTEM

        with scope.acting(db.session, SYSTEM):
            names = {
                one.id_number: (one.name, one.years, one.level.digit)
                for one in db.session.scalars(select(Candidate))
            }
    assert names["130203197504098293"][0] == "韩怡立"
    assert "130402198607211411" in names
    assert "130702196703023928" in names
    assert names["130104200207189725"][1] == 12
    assert names["130402197003274935"][2] == "4"
    assert names["130502198107142953"][2] == "4"
    assert "522229198009270191" in names


def test_an_arrangement_names_people_without_cards(terminal: Terminal, batch: str) -> None:
    said = terminal.done("import", "arrangement", batch, ARRANGEMENT, *DAY)
    assert said["accepted"] == 0
    assert {one["field"] for one in said["problems"]} == {"assessors", "supervisors"}


def test_the_demo_centre_has_the_cards_that_the_samples_name(
    terminal: Terminal, batch: str
) -> None:
    from app.core import scope
    from app.core.database import db
    from app.core.roles import SYSTEM
    from seed import demo_batches

    with terminal.runner.app.app_context(), scope.acting(db.session, SYSTEM):
        demo_batches.issue_cards()
    terminal.done("import", "roster", batch, ROSTER, *DAY)
    said = terminal.done("import", "arrangement", batch, ARRANGEMENT, *DAY)
    assert (said["accepted"], said["refused"]) == (22, 0)
    said = terminal.done("import", "arrangement", batch, ARRANGEMENT, *DAY)
    assert (said["unchanged"], said["refused"]) == (22, 0)


def test_a_filed_batch_takes_no_roster(terminal: Terminal, batch: str) -> None:
    terminal.done("import", "roster", batch, ROSTER, *DAY)
    terminal.done("act", "batch", batch, "withdraw", "--note", "测试", *DAY)
    said = terminal.run("import", "roster", batch, ROSTER, *DAY)
    assert said.code != 0
    assert "已终止" in said.refusal


def test_scores_may_be_put_down_early_but_not_in_a_batch_that_is_over(
    terminal: Terminal, batch: str
) -> None:
    terminal.done("import", "roster", batch, ROSTER, *DAY)
    said = terminal.done("import", "scores", batch, SCORES, *DAY)
    assert (said["accepted"], said["refused"]) == (120, 0)
    again = terminal.done("import", "scores", batch, SCORES, *DAY)
    assert (again["accepted"], again["unchanged"]) == (0, 120)
    assert terminal.run("act", "batch", batch, "score", *DAY).answer["error"] == "WrongState"
    terminal.done("act", "batch", batch, "withdraw", "--note", "取消", *DAY)
    refused = terminal.run("import", "scores", batch, SCORES, *DAY)
    assert refused.code != 0
    assert "已终止" in refused.refusal


def test_a_file_of_another_form_says_which_it_is(terminal: Terminal, batch: str) -> None:
    said = terminal.run("import", "roster", batch, SCORES, *DAY)
    assert said.code != 0
    assert "成绩" in said.refusal


def test_something_that_is_no_workbook_is_refused(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    file = tmp_path / "roster.xlsx"
    file.write_bytes(b"\x00\x01 not a workbook")
    said = terminal.run("import", "roster", batch, file, *DAY)
    assert said.code != 0
    assert said.answer["message"] in said.refusal


def test_a_formula_in_a_name_is_never_evaluated(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    book = load_workbook(ROSTER)
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = '=CONCATENATE("张","三")'
    file = tmp_path / "formula.xlsx"
    book.save(file)
    said = terminal.done("import", "roster", batch, file, *DAY)
    assert [(one["row"], one["field"], one["code"]) for one in said["problems"]] == [
        (2, "name", "formula")
    ]


def test_the_place_for_refused_rows_is_tried_before_anything_is_written(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    said = terminal.run("import", "roster", batch, MESSY, "--errors", tmp_path, *DAY)
    assert said.code != 0
    assert str(tmp_path) in said.refusal
    assert terminal.done("status", "batch", batch)["counts"]["candidates"] == 0
    refused = tmp_path / "new" / "refused.xlsx"
    terminal.done("import", "roster", batch, MESSY, "--errors", refused, *DAY)
    assert refused.exists()


def test_what_was_left_out_is_hinted_at_beside_the_answer(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    book = load_workbook(ROSTER)
    sheet = book.active
    assert sheet is not None
    sheet["P1"], sheet["P2"] = "鞋码", "42"
    file = tmp_path / "roster.xlsx"
    book.save(file)
    said = terminal.run("import", "roster", batch, file, *DAY)
    assert said.code == 0
    assert said.answer["problems"] == []
    assert "鞋码" in said.refusal


def test_a_missing_column_is_refused_in_a_dry_run_too(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    book = load_workbook(ROSTER)
    sheet = book.active
    assert sheet is not None
    sheet.delete_cols(4)
    file = tmp_path / "roster.xlsx"
    book.save(file)
    for more in ((), ("--dry-run",)):
        said = terminal.run("import", "roster", batch, file, *more, *DAY)
        assert said.code != 0
        assert "身份证号" in said.refusal


def test_an_empty_workbook_says_what_was_looked_for(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    file = tmp_path / "empty.xlsx"
    Workbook().save(file)
    said = terminal.run("import", "roster", batch, file, *DAY)
    assert said.code != 0
    assert said.refusal


def test_a_stranger_on_the_score_sheet_is_refused_by_name(
    terminal: Terminal, tmp_path: Path
) -> None:
    from datetime import date

    from sqlalchemy import select

    from app.core import clock, scope
    from app.core.database import db
    from app.core.roles import SYSTEM
    from app.models import Body
    from app.services.demonstration import stand_ins
    from app.services.demonstration.batch_walk import Walk, Workbooks
    from app.services.demonstration.batch_walk import Workbook as File

    book = load_workbook(SCORES)
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["C2"] = "王陌生", "130203198209232773"
    file = tmp_path / "scores.xlsx"
    book.save(file)
    with terminal.runner.app.app_context(), scope.acting(db.session, SYSTEM):
        body = db.session.scalars(select(Body).where(Body.code == "DEMO")).one()
        files = Workbooks(*(File(p.name, p.read_bytes()) for p in (ROSTER, ARRANGEMENT, SCORES)))
        with clock.set_to(date(2021, 4, 12)):
            walk = Walk(db.session, stand_ins.clerk_of_body(db.session, body.id), body, files)
            walk.prepare()
            number = walk.to("examining").no
    said = terminal.done("import", "scores", number, file, "--today", "2021-04-25")
    assert (said["accepted"], said["refused"]) == (119, 1)
    problem = said["problems"][0]
    assert problem["row"] == 2
    assert "王陌生" in problem["message"]


def stored(terminal: Terminal, model_name: str) -> list[dict[str, str]]:
    """What the database holds of every candidate, in roster order."""
    from sqlalchemy import select

    from app.core import scope
    from app.core.database import db
    from app.core.roles import SYSTEM
    from app.models import Candidate, Score

    model = {"candidate": Candidate, "score": Score}[model_name]
    with terminal.runner.app.app_context(), scope.acting(db.session, SYSTEM):
        rows = db.session.scalars(select(model).order_by(model.id)).all()
        if model is Score:
            return [{"name": one.candidate.name, "outcome": one.outcome} for one in rows]
        return [
            {"occupation": one.occupation.name, "work_type": one.work_type.name} for one in rows
        ]


def test_former_names_of_an_occupation_and_of_a_work_type_are_told_apart(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    book = load_workbook(ROSTER)
    sheet = book.active
    assert sheet is not None
    sheet.delete_rows(7, 200)
    written = [
        ("育婴员", "育婴员"),
        ("育婴员", None),
        ("家政服务员", "月嫂"),
        ("保育师", "保育员"),
        ("美容师", "美容师"),
    ]
    for row, (occupation, work_type) in enumerate(written, start=2):
        sheet.cell(row, 9).value, sheet.cell(row, 10).value = occupation, work_type
    file = tmp_path / "former.xlsx"
    book.save(file)
    said = terminal.done("import", "roster", batch, file, *DAY)
    assert said["problems"] == []
    assert [tuple(one.values()) for one in stored(terminal, "candidate")] == [
        ("婴幼儿发展引导员", "育婴员"),
        ("婴幼儿发展引导员", "育婴员"),
        ("家政服务员", "母婴护理员"),
        ("保育师", "保育师"),
        ("美容师", "美容师"),
    ]


def test_a_roster_that_changes_a_level_judges_the_marks_again(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    terminal.done("import", "roster", batch, ROSTER, *DAY)
    terminal.done("import", "scores", batch, SCORES, *DAY)
    before = {one["name"]: one["outcome"] for one in stored(terminal, "score")}
    book = load_workbook(ROSTER)
    sheet = book.active
    assert sheet is not None
    name = next(
        str(row[1].value)
        for row in sheet.iter_rows(min_row=2)
        if str(row[10].value).startswith("三级") and before[str(row[1].value)] == "passed"
    )
    for row in sheet.iter_rows(min_row=2):
        if row[1].value == name:
            row[10].value = "二级/技师"
    file = tmp_path / "raised.xlsx"
    book.save(file)
    assert terminal.done("import", "roster", batch, file, *DAY)["accepted"] == 1
    after = {one["name"]: one["outcome"] for one in stored(terminal, "score")}
    assert after == before | {name: ""}
