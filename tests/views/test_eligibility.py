"""Does 报考条件查询 answer everybody route by route, and show nobody another body's people?"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.core.roles import TITLES
from app.core.tables import Change
from app.models import Candidate
from tests.security.people import signed_in
from tests.views.world import World

PAGE = "/eligibility/"


def ask(client: FlaskClient, **facts: str) -> str:
    answer = client.post(PAGE, data={"day": "2021-04-12", **facts})
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("role", TITLES)
def test_it_is_open_to_every_role(app: Flask, session: Session, role: str) -> None:
    page = signed_in(app, role).get(PAGE)
    assert page.status_code == 200
    assert "查询结果显示在这里" in page.text


@pytest.mark.parametrize(
    ("facts", "word", "text"),
    [
        ({"level": "4", "years": "6"}, "可以申报", "符合第2条"),
        ({"level": "4", "years": "3", "current": "none", "education": "70", "final_year": "no"},
         "不能申报", "从事本职业不满6年"),
        ({"level": "4", "years": "4", "current": "5", "education": "70", "final_year": "no"},
         "暂不能确定", "现有证书的取得时间（取得后须满4年）"),
    ],
)  # fmt: skip
def test_the_three_answers_are_given_in_words(
    app: Flask, session: Session, facts: dict[str, str], word: str, text: str
) -> None:
    page = ask(signed_in(app, "body_clerk"), **facts)
    assert f'<p class="notice-title">{word}</p>' in page
    assert text in page
    assert "2018年版通用条件" in page


def test_the_day_chooses_the_edition(app: Flask, session: Session) -> None:
    client = signed_in(app, "auditor")
    yes = '<p class="notice-title">可以申报</p>'
    assert yes in ask(client, level="4", years="5", day="2024-01-02")
    assert yes not in ask(client, level="4", years="5")


def test_years_of_work_with_a_trainer_need_social_insurance(app: Flask, session: Session) -> None:
    client = signed_in(app, "body_clerk")
    assert "须提供社保证明" in ask(client, level="4", years="6", body_kind="trainer")
    assert "须提供社保证明" not in ask(client, level="4", years="6", body_kind="employer")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"level": ""}, "请选择申报等级"),
        ({"level": "4", "years": "61"}, "应在 0 至 60 年之间"),
        ({"level": "4", "years": "六"}, "请填写数字"),
        ({"level": "4", "current_date": "昨天"}, "日期不对"),
        ({"level": "4", "occupation": "会飞的人"}, "没有这个职业"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    app: Flask, session: Session, facts: dict[str, str], said: str
) -> None:
    answer = signed_in(app, "body_clerk").post(PAGE, data=facts)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_candidate_is_filled_in_for_those_who_see_him(
    ours: World, theirs: World, clerk: FlaskClient
) -> None:
    own, other = (one.row(Candidate) for one in (ours, theirs))
    page = clerk.get(f"/candidate/show/{own.id}").text
    assert f"/eligibility/?candidate={own.id}" in page
    asked = clerk.get(f"{PAGE}?candidate={own.id}")
    assert f"第 {own.serial} 号 {own.name}" in asked.text
    assert "notice-title" in asked.text
    assert clerk.get(f"{PAGE}?candidate={other.id}").status_code == 404
    assert clerk.get(f"{PAGE}?candidate=x").status_code == 404


def test_nothing_that_was_asked_is_kept(app: Flask, session: Session) -> None:
    client = signed_in(app, "body_clerk")
    before = session.scalar(select(func.count()).select_from(Change))
    written: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            written.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask(client, level="4", years="6")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert written == []
    assert session.scalar(select(func.count()).select_from(Change)) == before
