"""Do act, moves and status answer as automation expects?"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core import scope
from app.core.roles import SYSTEM
from app.core.scope import AnySession
from tests import procedure
from tests.cli.conftest import Terminal


def test_a_new_batch_has_a_readable_number(terminal: Terminal, batch: str) -> None:
    assert batch == "DEMO-2021-0001"
    said = terminal.done("status", "batch", batch)
    assert (said["state"], said["label"]) == ("draft", "草稿")


def test_an_exam_in_a_year_without_calendar_is_refused(terminal: Terminal) -> None:
    said = terminal.run(
        "batch-new", "--body", "DEMO", "--name", "远期", "--exam-date", "2035-04-24"
    )
    assert said.code != 0
    assert "2035" in said.refusal
    assert "工作日历" in said.refusal


def test_an_empty_batch_cannot_be_submitted_and_every_reason_is_given(
    terminal: Terminal, batch: str
) -> None:
    said = terminal.run("act", "batch", batch, "submit", "--today", "2021-04-12")
    assert said.code != 0
    assert said.answer["error"] == "RulesBroken"
    codes = {one["code"] for one in said.answer["problems"]}
    assert {"roster_empty", "plan_unpublished", "commission_missing", "paper_missing"} <= codes


def test_wrong_state_wrong_person_and_broken_rule_are_three_answers(
    terminal: Terminal, batch: str
) -> None:
    asked = {
        "WrongState": ("file", "ts_admin"),
        "NotPermitted": ("submit", "auditor"),
        "RulesBroken": ("submit", "demo_clerk"),
    }
    for error, (move, user) in asked.items():
        said = terminal.run("act", "batch", batch, move, "--as", user, "--today", "2021-04-12")
        assert said.code != 0
        assert said.answer["error"] == error


def test_moves_say_what_is_possible_and_why_not_the_rest(terminal: Terminal, batch: str) -> None:
    said = terminal.done("moves", "batch", batch, "--as", "demo_clerk", "--today", "2021-04-12")
    moves = {one["move"]: one for one in said["moves"]}
    assert moves["withdraw"]["allowed"]
    assert moves["submit"]["kind"] == "rules_broken"
    assert moves["file"]["kind"] == "wrong_state"
    assert moves["file"]["why"]


WRONG = (
    (("moves", "batch", "X"), "--as"),
    (("act", "batch", "X"), "操作"),
    (("act", "batch", "X", "submit", "更多"), "引号"),
    (("status", "batch", "X", "--nosuch"), "--nosuch"),
    (("export", "all", "X", "-o", "x.xlsx"), "arrangement"),
    (("import", "roster", "X", "/没有/这个.xlsx"), "/没有/这个.xlsx"),
    (("import", "roster", "X", "/"), "目录"),
    (("status", "batch", "X", "--today", "2021/4/12"), "2021-04-24"),
)


@pytest.mark.parametrize(("words", "named"), WRONG)
def test_a_wrong_command_line_is_reported_in_chinese(
    terminal: Terminal, words: tuple[str, ...], named: str
) -> None:
    said = terminal.run(*words)
    assert said.code == 2
    assert said.answer["error"] == "UsageError"
    assert named in said.refusal
    assert "Usage" not in said.refusal


def test_a_place_that_takes_no_file_is_reported(
    terminal: Terminal, batch: str, tmp_path: Path
) -> None:
    said = terminal.run("export", "roster", batch, "-o", tmp_path)
    assert said.code != 0
    assert str(tmp_path) in said.refusal


def test_a_record_of_another_body_does_not_exist(terminal: Terminal, batch: str) -> None:
    said = terminal.run("status", "batch", batch, "--as", "other_clerk")
    assert said.code != 0
    assert said.answer["error"] == "NotFound"
    assert terminal.run("act", "batch", batch, "withdraw", "--as", "bd_admin").code != 0


def test_a_withdrawal_needs_a_note(terminal: Terminal, batch: str) -> None:
    said = terminal.run("act", "batch", batch, "withdraw")
    assert said.code != 0
    assert "理由" in said.refusal
    assert terminal.done("act", "batch", batch, "withdraw", "--note", "取消")["to"] == "withdrawn"
    back = terminal.done("act", "batch", batch, "reinstate", "--note", "照常办理")
    assert (back["to"], back["label"]) == ("draft", "草稿")


def test_where_nobody_stands_in_a_move_asks_for_a_name(
    terminal: Terminal, batch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.cli import find

    monkeypatch.setattr(find, "_STAND_INS", [])
    said = terminal.run("act", "batch", batch, "submit", "--today", "2021-04-12")
    assert said.code != 0
    assert "--as" in said.answer["message"]
    named = terminal.run("act", "batch", batch, "submit", "--as", "demo_clerk")
    assert named.answer["error"] == "RulesBroken"


def test_what_must_be_acknowledged_is_named_as_options(
    terminal: Terminal, session: AnySession
) -> None:
    made = procedure.take(session, procedure.ready_batch(session), "registered")
    with scope.acting(session, SYSTEM):
        number, number_of = made.no, made.body.code
    said = terminal.run("act", "body", number_of, "suspend", "--note", "抽查发现替考")
    assert said.code == 0, said.refusal
    asked = ("act", "batch", number, "certify", "--as", "sheng_admin")
    said = terminal.run(*asked)
    assert said.answer["error"] == "Unacknowledged"
    assert [one["code"] for one in said.answer["problems"]] == ["body_stopped_since"]
    assert "--acknowledge body_stopped_since --note" in said.refusal
    given = ("--acknowledge", "body_stopped_since")
    assert terminal.run(*asked, *given).answer["error"] == "Unacknowledged"
    assert terminal.done(*asked, *given, "--note", "考评在前")["to"] == "certified"
    assert "已知悉" in terminal.done("status", "batch", number)["steps"][-1]["note"]
