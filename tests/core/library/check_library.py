"""Does the core serve a trade that it never heard of? One walk through everything it promises."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import Any

from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook

from tests.core.library.desks import east, head, library, program, rows, west, words
from tests.core.library.trade import Book, Loan

#: The fixtures stand in no conftest.py: pytest would load it, and its tables, with all other tests.
__all__ = ["east", "head", "library", "program", "rows", "west"]


def key(program: Any, table: str, **wanted: Any) -> int:
    """The key of the one row with these values, as the interface gives it."""
    answer = program("GET", f"{table}/", query_string=wanted)
    assert answer.status_code == 200, answer.text
    (row,) = answer.json["result"]
    return int(row["id"])


def check_nothing_of_the_certification_is_loaded(library: Any) -> None:
    ours = {name for name in sys.modules if name.split(".")[0] in {"app", "seed"}}
    assert {one for one in ours if one != "app" and not one.startswith("app.core")} == set()


def check_a_list_shows_the_rows_of_ones_own_branch(east: FlaskClient, head: FlaskClient) -> None:
    page = words(east.get("/book/list/").text)
    assert "东馆之书" in page
    assert "小说" in page
    assert "西馆之书" not in page
    assert "西馆之书" in head.get("/book/list/").text
    assert "东馆之书" not in east.get("/book/list/?q=没有").text
    menu = words(east.get("/").text)
    assert "图书馆" in menu
    assert "认定" not in menu


def check_a_form_adds_a_row_and_says_what_is_wrong(east: FlaskClient, rows: Any) -> None:
    assert "书号" in east.get("/book/add").text
    given = {"isbn": "E2", "title": "刨木头", "genre": "craft", "copies": "3", "branch": "1"}
    refused = words(east.post("/book/add", data={**given, "genre": "none"}).text)
    assert "类别" in refused
    foreign = east.post("/book/add", data={**given, "branch": "2"})
    assert foreign.status_code != 302
    assert east.post("/book/add", data=given).status_code == 302
    assert rows(Book.copies, Book.isbn == "E2") == [3]


def check_a_sheet_comes_in_and_is_taken_back(east: FlaskClient, rows: Any) -> None:
    blank = load_workbook(io.BytesIO(east.get("/book/import/template").data))
    heads = [str(cell.value).lstrip("*") for cell in blank.worksheets[0][1] if cell.value]
    assert {"书号", "书名", "类别", "册数"} <= set(heads)
    book, out = Workbook(), io.BytesIO()
    values = {"书号": "E3", "书名": "钓鱼", "类别": "技艺", "册数": 2, "分馆": "东馆"}
    book.active.append(heads)
    book.active.append([values.get(one) for one in heads])
    book.active.append([{**values, "书号": "E4", "类别": "不知道"}.get(one) for one in heads])
    book.save(out)
    sent = {"file": (io.BytesIO(out.getvalue()), "图书.xlsx")}
    preview = east.post("/book/import", data=sent).headers["Location"]
    assert "不知道" in east.get(preview).text
    assert "已导入 1 条" in east.post(f"{preview}/accept", follow_redirects=True).text
    assert rows(Book.genre, Book.isbn.in_(["E3", "E4"])) == ["craft"]
    assert "已撤回" in east.post(f"{preview}/withdraw", follow_redirects=True).text
    assert rows(Book.genre, Book.isbn == "E3") == []


def check_a_list_leaves_as_a_workbook(east: FlaskClient) -> None:
    sheet = load_workbook(io.BytesIO(east.get("/book/export").data)).worksheets[0]
    text = str([[cell.value for cell in row] for row in sheet])
    assert "东馆之书" in text
    assert "小说" in text
    assert "西馆之书" not in text


def check_cells_of_a_grid_are_saved(east: FlaskClient, rows: Any) -> None:
    page = east.get("/book/grid").text
    shown = json.loads(
        re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.S)[1]
    )  # type: ignore[index]
    names = [one["name"] for one in shown["columns"]]
    row = next(one for one in shown["rows"] if "东馆之书" in one["cells"])
    cells = {"copies": "4"}
    assert "copies" in names
    sent = {"rows": [{"id": row["id"], "version": row["version"], "cells": cells}]}
    answer = east.post(shown["url"], json=sent)
    assert answer.status_code == 200, answer.text
    assert rows(Book.copies, Book.isbn == "E1") == [4]


def _disabled(page: str) -> set[str]:
    """The names of the controls that take no input."""
    controls = re.findall(r"<(?:input|select|textarea)[^>]*>", page)
    return {
        name[1]
        for one in controls
        if " disabled" in one and (name := re.search(r'name="(\w+)"', one)) is not None
    }


def check_what_is_fixed_or_for_others_is_closed(
    east: FlaskClient, head: FlaskClient, program: Any, rows: Any
) -> None:
    (book,) = rows(Book.id, Book.isbn == "E1")
    shut = {"came_from", "worth"}
    assert _disabled(east.get(f"/book/edit/{book}").text) == shut
    assert _disabled(head.get(f"/book/edit/{book}").text) == {"came_from"}
    assert _disabled(east.get("/book/add").text) == {"worth"}
    assert _disabled(head.get("/book/add").text) == set()
    version = program("GET", f"book/{book}").json["result"]["version"]
    for name, value, why in (("came_from", "捐赠", "登记后不能修改"), ("worth", 9, "由馆长填写")):
        answer = program("PATCH", f"book/{book}", json={"version": version, name: value})
        assert answer.status_code == 422, answer.text
        assert why in answer.json["problems"][0]["message"]
        grid = re.search(r'"url": ?"([^"]+)"', east.get("/book/grid").text)
        assert grid is not None
        sent = {"id": str(book), "version": version, "cells": {name: str(value)}}
        assert east.post(grid[1], json={"rows": [sent]}).status_code == 422
    chosen = east.post("/book/bulk", data={"rowid": [book]}).location
    assert 'name="worth"' not in east.get(chosen).text
    chosen = head.post("/book/bulk", data={"rowid": [book]}).location
    assert 'name="worth"' in head.get(chosen).text
    assert rows(Book.worth, Book.id == book) == [0]


def check_many_rows_change_at_once_and_back(east: FlaskClient, rows: Any, program: Any) -> None:
    keys = [key(program, "book", isbn="E1"), key(program, "book", isbn="E2")]
    chosen = east.post("/book/bulk", data={"rowid": keys}).location
    data = {"change": ["copies"], "copies": "9"}
    page = east.post(chosen.replace("/bulk?", "/bulk/preview?"), data=data).location
    done = east.post(page.replace("/preview?", "/confirm?"), follow_redirects=True).text
    assert rows(Book.copies, Book.id.in_(keys)) == [9, 9]
    undo = re.search(r'formaction="(/operation/undo/[^"]+)"', done)
    assert undo is not None
    east.post(undo[1], follow_redirects=True)
    assert rows(Book.copies, Book.id.in_(keys)) == [4, 3]


def check_the_history_tells_who_changed_what(east: FlaskClient, program: Any) -> None:
    page = words(east.get(f"/book/show/{key(program, 'book', isbn='E1')}?tab=timeline").text)
    assert "馆员east" in page
    assert "册数" in page


def check_a_loan_takes_two_people(
    east: FlaskClient, west: FlaskClient, head: FlaskClient, rows: Any
) -> None:
    (loan,) = rows(Loan.id, Loan.no == "JY-E")
    assert "待办" in east.get("/").text
    assert west.post(f"/loan/{loan}/move/check").status_code == 404
    east.post(f"/loan/{loan}/move/lend")
    assert rows(Loan.state, Loan.id == loan) == ["asked"]
    east.post(f"/loan/{loan}/move/check")
    assert rows(Loan.state, Loan.id == loan) == ["checked"]
    assert east.post(f"/loan/edit/{loan}", data={"until": "2021-07-01"}).status_code != 302
    page = east.get(f"/loan/show/{loan}").text
    assert page.index("更多") < page.index(f"/loan/{loan}/move/recall")
    for after in ("asked", "checked"):  # what was taken back once is not taken back again
        east.post(f"/loan/{loan}/move/recall")
        assert rows(Loan.state, Loan.id == loan) == [after]
        east.post(f"/loan/{loan}/move/check")
    head.post(f"/loan/{loan}/move/lend")
    assert rows(Loan.state, Loan.id == loan) == ["lent"]
    assert rows(Book.copies, Book.isbn == "E1") == [3]


def check_the_rows_of_others_are_not_there(
    east: FlaskClient, west: FlaskClient, rows: Any, program: Any
) -> None:
    (book,) = rows(Book.id, Book.isbn == "W1")
    assert east.get(f"/book/show/{book}").status_code == 404
    assert east.post(f"/book/edit/{book}", data={"title": "x"}).status_code == 404
    assert program("GET", f"book/{book}").status_code == 404
    assert west.get(f"/book/show/{book}").status_code == 200


def check_the_interface_does_what_the_screens_do(program: Any) -> None:
    made = program("POST", "book/", json={
        "isbn": "E9", "title": "第九本", "genre": "novel", "copies": 1, "branch": 1,
    })  # fmt: skip
    assert made.status_code == 201, made.text
    again = program("POST", "book/", json={"isbn": "E9", "title": "第九本", "genre": "novel"})
    assert again.status_code == 422
    document = program("GET", "openapi.json")
    assert "Book" in document.text
    assert "Batch" not in document.text


def check_people_see_who_they_are(east: FlaskClient, head: FlaskClient) -> None:
    page = words(east.get("/profile/").text)
    assert "馆员east" in page
    assert "东馆" in page
    assert head.get("/profile/").status_code == 200
