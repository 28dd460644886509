"""Does the command answer for one person and for a roster, as automation expects?"""

from __future__ import annotations

import pytest

from tests.cli.conftest import ROSTER, Terminal

DAY = ("--today", "2021-04-12")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("--years", "6"), "eligible"),
        (("--years", "3", "--current", "无", "--education", "初中", "--final-year", "no"), "none"),
        (("--years", "4", "--current", "五级", "--education", "初中"), "unknown"),
    ],
)
def test_one_person_gets_one_of_three_answers(
    terminal: Terminal, words: tuple[str, ...], answer: str
) -> None:
    said = terminal.done("eligibility", "--level", "四级", *words, *DAY)
    assert said["answer"] == answer
    assert said["sentence"]
    assert [one["route"] for one in said["routes"]] == ["第1条", "第2条", "第3条"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "请写明申报等级"),
        (("--level", "九级"), "无法识别"),
        (("--level", "四级", "--occupation", "会飞的人"), "没有名为“会飞的人”的职业"),
        (("--level", "四级", "--current", "九级"), "没有证书的写 无"),
        (("--level", "四级", "--education", "九年"), "文化程度“九年”无法识别"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_words(
    terminal: Terminal, words: tuple[str, ...], said: str
) -> None:
    answered = terminal.run("eligibility", *words, *DAY)
    assert answered.code == 1
    assert said in answered.refusal


def test_the_tidy_roster_has_no_error_but_for_social_insurance(
    terminal: Terminal, batch: str
) -> None:
    terminal.done("import", "roster", batch, ROSTER, *DAY)
    said = terminal.done("eligibility", "--batch", batch, *DAY)
    errors = {one["code"] for one in said["problems"] if one["severity"] == "error"}
    assert errors == {"insurance_evidence_missing"}, "the demo brings its evidence along"
    assert {one["code"] for one in said["problems"]} == {
        "insurance_evidence_missing",
        "eligibility_unknown",
    }
    assert all(one["rows"] and one["remedy"] for one in said["problems"])
