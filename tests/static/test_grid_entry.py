"""Is a late answer to a suggestion kept from replacing what was typed meanwhile?"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

#: A cell whose suggestions are answered when the test says so; ``settle`` lets the page read on
#: before any of its timers may run, as happens on a busy machine.
CELL = """async () => {
  const { Entry } = await import("/static/grid/entry.js");
  const box = document.createElement("div");
  box.innerHTML = '<textarea></textarea><ul role="listbox" hidden></ul>';
  document.body.append(box);
  const answers = [];
  window.fetch = () => new Promise((answer) => answers.push(answer));
  const wait = () => new Promise((done) => setTimeout(done, 300));
  const settle = async () => { for (let turn = 0; turn < 20; turn += 1) await null; };
  const line = { now: [""], base: [""], keys: {}, chosen: {} };
  const columns = [{ label: "申报工种", name: "job", url: "/jobs" }];
  const sheet = { columns, rows: [line], why: () => "" };
  const taken = [];
  const view = { cell: () => null, reveal: () => {} };
  const entry = new Entry(box, view, sheet, (text, key) => taken.push([text, key ?? null]));
  const type = (text) => {
    entry.input.value = text;
    entry.input.dispatchEvent(new Event("input"));
  };
  const found = (id, title) => ({ results: [{ id, title, text: title }] });
  const answered = (body) => ({ ok: true, json: () => body });
  entry.stand(0, 0);
  %s
}"""


def in_a_cell(browser, deeds: str):  # type: ignore[no-untyped-def]
    browser.page.goto("http://shell.test/list")
    return browser.page.evaluate(CELL % deeds)


def test_an_answer_to_fewer_letters_does_not_replace_what_is_entered(browser) -> None:
    taken = in_a_cell(
        browser,
        """
        type("数");
        await wait();
        type("数控铣");
        answers[0](answered(found(1, "数学教师")));
        await settle();
        entry.commit([1, 0]);
        return taken;
        """,
    )
    assert taken == [["数控铣", None]]


def test_an_answer_read_after_escape_opens_no_list(browser) -> None:
    hidden, left = in_a_cell(
        browser,
        """
        type("数");
        await wait();
        let read;
        answers[0](answered(new Promise((done) => { read = done; })));
        await settle();
        entry.cancel();
        read(found(1, "数学教师"));
        await settle();
        return [entry.list.hidden, entry.found.length];
        """,
    )
    assert (hidden, left) == (True, 0)


def test_an_answer_in_time_is_offered_and_taken(browser) -> None:
    taken = in_a_cell(
        browser,
        """
        type("数控");
        await wait();
        answers[0](answered(found(7, "数控车工")));
        await settle();
        entry.commit([1, 0]);
        return taken;
        """,
    )
    assert taken == [["数控车工", 7]]
