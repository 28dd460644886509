"""Do the pieces that every page is made of say what they should, and escape what they are given?"""

from __future__ import annotations

import pytest
from flask import Flask
from markupsafe import Markup
from wtforms import Form, StringField
from wtforms.validators import DataRequired

from tests.templates.shell import bare_app, macro

COLUMNS = [
    {"name": "name", "label": "姓名", "sortable": True, "sorted": "asc", "url": "?sort=name"}
]


@pytest.fixture(scope="module")
def bare() -> Flask:
    return bare_app()


def row(**cell: object) -> list[dict[str, object]]:
    return [{"pk": 7, "cells": [cell]}]


def test_text_in_a_cell_is_escaped(bare: Flask) -> None:
    assert "&lt;b&gt;" in macro(bare, "table", COLUMNS, row(text="<b>张伟</b>"))


def test_ready_markup_in_a_cell_stands_as_it_is(bare: Flask) -> None:
    assert "<i>张伟</i>" in macro(bare, "table", COLUMNS, row(html=Markup("<i>张伟</i>")))


def test_zero_is_a_figure_and_not_an_empty_cell(bare: Flask) -> None:
    drawn = macro(bare, "table", COLUMNS, row(text=0, kind="number"))
    assert ">0</td>" in drawn
    assert "—" not in drawn


def test_a_sorted_column_says_which_way(bare: Flask) -> None:
    assert 'aria-sort="ascending"' in macro(bare, "table", COLUMNS, row(text="张伟"))


def test_rows_can_be_ticked_only_where_something_can_be_done_with_them(bare: Flask) -> None:
    assert 'name="rowid" value="7"' in macro(bare, "table", COLUMNS, row(text="张伟"), ticks=True)
    assert "rowid" not in macro(bare, "table", COLUMNS, row(text="张伟"))


def test_an_empty_list_says_what_to_do(bare: Flask) -> None:
    empty = {"title": "没有批次", "button": {"label": "新增批次", "url": "/add"}}
    drawn = macro(bare, "table", COLUMNS, [], empty=empty)
    assert "没有批次" in drawn
    assert 'href="/add"' in drawn
    assert "<table" not in drawn


def test_a_move_posts_and_carries_its_question(bare: Flask) -> None:
    move = {"label": "退回", "url": "/return", "confirm": "退回 {n} 个？", "note": "required"}
    drawn = macro(bare, "button", move, post=True)
    assert 'formaction="/return"' in drawn
    assert 'data-confirm="退回 {n} 个？"' in drawn
    assert 'data-note="required"' in drawn


def test_a_dangerous_button_asks_even_when_no_question_is_given(bare: Flask) -> None:
    drawn = macro(bare, "button", {"label": "删除", "url": "/d", "method": "post", "danger": True})
    assert 'data-confirm="确定删除？"' in drawn


def test_a_barred_move_says_why_and_leads_nowhere(bare: Flask) -> None:
    move = {"label": "审核", "url": "/a", "disabled": True, "why": "您是提交人。"}
    drawn = macro(bare, "button", move, post=True)
    assert 'title="您是提交人。"' in drawn
    assert "disabled" in drawn
    assert "/a" not in drawn


def test_the_pager_knows_its_neighbours(bare: Flask) -> None:
    pages = [{"number": n, "url": f"?page={n}", "current": n == 2} for n in (1, 2, 3)]
    drawn = macro(bare, "pager", 2, pages, 61)
    assert 'href="?page=1" rel="prev"' in drawn
    assert 'href="?page=3" rel="next"' in drawn
    assert "共 <b>61</b> 条" in drawn


def test_a_field_is_tied_to_its_error_and_its_help(bare: Flask) -> None:
    class PhoneForm(Form):
        phone = StringField("电话", [DataRequired("请填写电话。")], description="手机号")

    form = PhoneForm()
    form.validate()
    drawn = macro(bare, "field", form.phone)
    assert 'aria-describedby="phone-help phone-error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="phone-error">请填写电话。' in drawn


def test_the_time_line_shows_before_and_after(bare: Flask) -> None:
    change = {"label": "联系电话", "before": "", "after": "0315-2820000"}
    entry = {"at": "2021-04-19", "who": "李秀英", "text": "修改", "changes": [change]}
    drawn = macro(bare, "timeline", [entry])
    assert "<del>（空）</del>" in drawn
    assert "<ins>0315-2820000</ins>" in drawn
