"""What do the tabs 结果汇总 and 补考衔接 of a batch show?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from app.core.scope import AnySession
from app.core.views.addresses import may, record_url, view_of
from app.models import Batch
from app.rules.results.results import GroupCount, total_count
from app.rules.results.scoring import PAPER_NAMES, shown_mark
from app.services.reference import vocabulary
from app.services.results import outcome_counts, published, retakes, scoring

Context = dict[str, Any]

_FIGURES = (
    ("entered", "准考"),
    ("sat", "实考"),
    ("passed", "合格"),
    ("failed", "不合格"),
    ("absent", "缺考"),
    ("violation", "违纪"),
    ("deferred", "缓考"),
    ("unfinished", "未出成绩"),
)
SHORT_PAPERS = {name: words.removesuffix("成绩") for name, words in PAPER_NAMES.items()}


def figure_columns() -> list[Context]:
    """Return the columns of counts; the last one explains how the rate is computed."""
    counted = [{"name": name, "label": label, "align": "right"} for name, label in _FIGURES]
    help_ = "合格人数÷实考人数；实考不含缺考、缓考和未出成绩的"
    return [*counted, {"name": "rate", "label": "合格率", "align": "right", "help": help_}]


def figures(count: GroupCount) -> list[Context]:
    """Return the cells of a row of counts."""
    rate = "" if count.pass_rate is None else f"{count.pass_rate}%"
    return [*({"text": str(getattr(count, name))} for name, _ in _FIGURES), {"text": rate}]


def counts_table(session: AnySession, counts: Sequence[GroupCount]) -> Context:
    """Return a table by occupation, work type and level, with a line of totals."""
    names = {one.digit: one.name for one in vocabulary.levels(session).names}
    rows = [
        {"pk": at, "cells": [*map(_cell, (one.occupation, one.work_type)),
                             _cell(names.get(one.level, one.level)), *figures(one)]}
        for at, one in enumerate(counts)
    ]  # fmt: skip
    if len(counts) > 1:
        total = [_cell("合计"), _cell(""), _cell("")]
        rows.append({"pk": "total", "cells": [*total, *figures(total_count(counts))]})
    heads = [("occupation", "职业"), ("work_type", "工种"), ("level", "等级")]
    columns = [{"name": name, "label": label} for name, label in heads]
    return {
        "columns": [*columns, *figure_columns()],
        "rows": rows,
        "empty": {"title": "还没有参评人员"},
    }


def results_tab(session: AnySession, batch: Batch) -> Context:
    """Return the tab 结果汇总: head counts and pass rates by occupation, work type and level."""
    return {"table": counts_table(session, outcome_counts.of_batch(session, batch))}


def changes_tab(session: AnySession, batch: Batch) -> Context:
    """Return the tab 结果变动: whose result is another than some publicity said."""
    heads = [
        ("serial", "序号"), ("name", "姓名"), ("work_type", "工种"), ("level", "等级"),
        ("said", "历次公示"), ("now", "现在的结果"),
    ]  # fmt: skip
    found = published.stories(session, batch)
    return {
        "count": len(found),
        "table": {
            "columns": [{"name": name, "label": label} for name, label in heads],
            "rows": [_changed(one) for one in found],
            "empty": {
                "title": "没有变动",
                "text": "公示过的结果后来改了的，列在这里：历次公示怎么说，现在是什么。",
            },
        },
    }


def _changed(one: published.Story) -> Context:
    person = one.candidate
    said = "；".join(
        f"{said.publicity}{'（已取消）' if said.cancelled else ''}：{said.result}"
        for said in one.said
    )
    return {
        "pk": person.id,
        "url": record_url(person),
        "cells": [
            _cell(str(person.serial)), _cell(person.name), _cell(person.work_type.name),
            _cell(person.level.name), _cell(said), _cell(one.now),
        ],
    }  # fmt: skip


def retakes_tab(session: AnySession, batch: Batch, why: str) -> Context:
    """Return the tab 补考衔接: candidates linked to an earlier result, and those who can be.

    ``why`` is the reason why the roster cannot be changed now, or ''.
    """
    outcomes = scoring.outcomes(session, batch)
    linked = [_linked(one, outcomes) for one in retakes.linked(session, batch)]
    offers = retakes.offers(session, batch)
    buttons = []
    if offers and may("can_edit", view_of(type(offers[0].candidate))):
        button = {
            "label": f"登记可补考的 {len(offers)} 人",
            "url": url_for("RetakeView.link", pk=batch.id),
            "method": "post",
            "primary": True,
            "confirm": f"把这 {len(offers)} 人登记为补考，沿用前次已合格科目的成绩？",
        }
        buttons.append(button | {"disabled": bool(why), "why": why})
    heads = [
        ("serial", "序号"), ("name", "姓名"), ("work_type", "工种"), ("level", "等级"),
        ("earlier", "前次批次"), ("day", "前次考试日"), ("outcome", "前次结果"),
        ("carried", "沿用成绩"), ("sits", "本次须考"), ("state", "办理"),
    ]  # fmt: skip
    return {
        "table": {
            "columns": [{"name": name, "label": label} for name, label in heads],
            "rows": [*linked, *map(_offered, offers)],
            "buttons": buttons,
            "empty": {
                "title": "没有可衔接的前次成绩",
                "text": "同一人、同一职业和等级，在补考期限内有未合格成绩的列在这里。",
            },
        }
    }


def _offered(one: retakes.Offer) -> Context:
    person, earlier = one.candidate, one.earlier
    return {
        "pk": person.id,
        "url": record_url(person),
        "cells": [
            _cell(str(person.serial)), _cell(person.name), _cell(person.work_type.name),
            _cell(person.level.name), _cell(earlier.batch_no), _cell(str(earlier.exam_date)),
            _cell(earlier.outcome.text), _cell(_marks(one.carried)),
            _cell(_papers(one.sits)),
            {"text": "可登记", "kind": "badge", "colour": "blue"},
        ],
    }  # fmt: skip


def _linked(person: Any, outcomes: scoring.Outcomes) -> Context:
    carried = scoring.carried(person)
    sits = [name for name in outcomes.pass_rule(person).papers if name not in carried]
    earlier = person.retake_of  # None if it is outside the user's scope
    no = earlier.batch.no if earlier is not None else "（不在管辖范围内）"
    day = str(earlier.batch.exam_date) if earlier is not None else ""
    return {
        "pk": person.id,
        "url": record_url(person),
        "cells": [
            _cell(str(person.serial)), _cell(person.name), _cell(person.work_type.name),
            _cell(person.level.name), _cell(no), _cell(day),
            _cell(""), _cell(_marks(carried)), _cell(_papers(sits)),
            {"text": "已登记", "kind": "badge", "colour": "green"},
        ],
    }  # fmt: skip


def _marks(carried: Any) -> str:
    return "、".join(f"{SHORT_PAPERS[name]} {shown_mark(mark)}" for name, mark in carried.items())


def _papers(names: Any) -> str:
    return "、".join(SHORT_PAPERS[name] for name in names)


def _cell(text: str) -> Context:
    return {"text": text}
