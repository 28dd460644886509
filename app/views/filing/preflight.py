"""What does 报送前检查 show: what would be sent back, why, and where to correct it?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import url_for

from app.core.declarations.base import Entity
from app.core.declarations.field import describe
from app.core.errors import Problem
from app.core.rule import Rule
from app.core.scope import AnySession
from app.core.views.addresses import address, may, record_url, view_of
from app.models import (
    Assessor,
    Batch,
    Body,
    Candidate,
    Commission,
    ExamPaper,
    ExamSession,
    Material,
    Plan,
    Supervisor,
)
from app.rules.catalogue import all_rules
from app.services.filing import filing
from app.services.sign_up import eligibility

Context = dict[str, Any]

#: The most rows shown as links under one problem; the others are only counted.
ROWS_SHOWN = 30
_HEADS = (
    (("error",), "错误", "red", "须全部改正后才能报送"),
    (("caution", "warning"), "提醒", "orange", "不阻止报送，审核时可能问到，请逐条核对"),
)
_PEOPLE = frozenset({"candidates", *(field.name for field in describe(Candidate).fields)})
_SESSIONS = frozenset({"sessions", "assessors", "supervisors", "invigilators"})
_EXAMINERS: dict[str, type[Entity]] = {"assessors": Assessor, "supervisors": Supervisor}
_PARTS: dict[str, type[Entity]] = {"papers": ExamPaper, "materials": Material}
_LINKED: dict[str, type[Entity]] = {"plan": Plan, "commission": Commission, "body": Body}


def check_context(session: AnySession, batch: Batch) -> Context:
    """Return the template context of the findings: errors and warnings, grouped by rule."""
    found = filing.problems(session, batch)
    links = _Links(session, batch, found)
    groups = [
        {
            "title": title,
            "colour": colour,
            "lead": lead,
            "rules": [
                _rule(code, list(same), links)
                for code, same in groupby(
                    sorted((p for p in found if p.severity in severities), key=_order(found)),
                    key=lambda problem: problem.code,
                )
            ],
        }
        for severities, title, colour, lead in _HEADS
    ]
    return {
        "batch": batch,
        "on": eligibility.sign_up_day(batch),
        "sent": batch.state not in eligibility.UNSENT,
        "groups": [group for group in groups if group["rules"]],
        "errors": sum(problem.severity == "error" for problem in found),
        "warnings": sum(problem.severity != "error" for problem in found),
        "page_url": url_for("BatchView.check", pk=batch.id),
        "back_url": record_url(batch),
    }


def _order(found: Sequence[Problem]) -> Any:
    """Return a sort key that orders rules by their first problem."""
    places: dict[str, int] = {}
    for problem in found:
        places.setdefault(problem.code, len(places))
    return lambda problem: places[problem.code]


@lru_cache(maxsize=1)
def _rules() -> Mapping[str, Rule]:
    return {entry.rule.code: entry.rule for entry in all_rules()}


def _rule(code: str, problems: Sequence[Problem], links: _Links) -> Context:
    rule, first = _rules().get(code), problems[0]
    return {
        "mark": first.mark,
        "sentence": rule.sentence if rule is not None else first.message,
        "clause": "、".join(dict.fromkeys(one.clause for one in problems if one.clause)),
        "basis": rule.basis if rule is not None else "",
        "remedy": first.remedy,
        "fixes": links.fixes(problems),
        "items": [links.item(one) for one in problems],
    }


class _Links:
    """Links from problems to their rows and to where they are corrected; two SQL statements."""

    def __init__(self, session: AnySession, batch: Batch, found: Sequence[Problem]) -> None:
        self._batch = batch
        self._people = self._records(session, Candidate, found, _PEOPLE)
        self._sessions = self._records(session, ExamSession, found, _SESSIONS)

    def _records(
        self,
        session: AnySession,
        model: type[Candidate] | type[ExamSession],
        found: Iterable[Problem],
        fields: frozenset[str],
    ) -> dict[int, Any]:
        shown = {
            number
            for problem in found
            if problem.field in fields
            or (_about_people(problem) if model is Candidate else _about_sessions(problem))
            for number in problem.numbers[:ROWS_SHOWN]
        }
        return filing.numbered(session, self._batch, model, shown)

    def item(self, problem: Problem) -> Context:
        """Return a problem with links to its first rows."""
        people = _about_people(problem)
        model = Candidate if people else ExamSession
        known = self._people if people else self._sessions
        shown = problem.numbers[:ROWS_SHOWN]
        return {
            "message": problem.message,
            "unit": "名册序号" if people else "考务安排序号",
            "rows": [_row(model, number, known.get(number)) for number in shown],
            "more": len(problem.numbers) - len(shown),
            "more_url": self._list(model),
        }

    def fixes(self, problems: Sequence[Problem]) -> list[Context]:
        """Return links to where these problems are corrected."""
        first = problems[0]
        if first.field in _PARTS:
            model = _PARTS[first.field]
            label = describe(model).label
            return _kept(
                _fix(f"新增{label}", self._add(model)), _fix(f"查看{label}", self._list(model))
            )
        if _about_people(first):
            only = {number for one in problems for number in one.numbers}
            record = self._people.get(min(only)) if len(only) == 1 else None
            return _kept(
                _fix("修改这名参评人员", _edit(Candidate, record)),
                _fix("打开名册", self._list(Candidate)),
                _fix("重新导入名册", self._import("roster")),
            )
        if _about_sessions(first):
            examiner = _EXAMINERS.get(first.field)
            return _kept(
                *(self._of_batch(first.field) if first.field not in _SESSIONS else ()),
                _fix("打开考务安排", self._list(ExamSession)),
                _fix("导入考务安排", self._import("arrangement")),
                *([_fix(f"打开{describe(examiner).label}", _all(examiner))] if examiner else ()),
            )
        return _kept(*self._of_batch(first.field))

    def _of_batch(self, field: str) -> list[Context]:
        found = []
        linked = getattr(self._batch, field, None) if field in _LINKED else None
        if linked is not None:
            found.append(_fix(f"打开{describe(_LINKED[field]).label}", record_url(linked)))
        view = view_of(Batch)
        if view is not None and field != "body" and may("can_edit", view):
            found.append(_fix("修改批次", f"{view.route_base}/edit/{self._batch.id}"))
        return found

    def _list(self, model: type[Entity]) -> str:
        view = view_of(model)
        if view is None or not may("can_list", view):
            return ""
        return address(view.list_url, {"batch": str(self._batch.id)})

    def _add(self, model: type[Entity]) -> str:
        view = view_of(model)
        if view is None or not may("can_add", view):
            return ""
        return address(f"{view.route_base}/add", {"batch": str(self._batch.id)})

    def _import(self, kind: str) -> str:
        view = view_of(Batch)
        allowed = view is not None and may("can_edit", view)
        return url_for("ImportView.upload", pk=self._batch.id, kind=kind) if allowed else ""


def _about_people(problem: Problem) -> bool:
    """Return whether a problem's rows are candidates, as assumed for fields of both tables."""
    if _about_sessions(problem):
        return False
    return problem.field in _PEOPLE or bool(problem.numbers)


def _about_sessions(problem: Problem) -> bool:
    """Return whether a problem's rows are exam sessions; ``exam_date`` may name some too."""
    return problem.field in _SESSIONS or (problem.field == "exam_date" and bool(problem.numbers))


def _all(model: type[Entity]) -> str:
    view = view_of(model)
    return str(view.list_url) if view is not None and may("can_list", view) else ""


def _row(model: type[Any], number: int, record: Any) -> Context:
    if record is None:
        return {"text": str(number), "title": "", "url": ""}
    view = view_of(model)
    shown = view is not None and may("can_show", view)
    url = url_for(f"{view.endpoint}.show", pk=record.id) if shown and view is not None else ""
    return {"text": str(number), "title": str(record.title), "url": url}


def _edit(model: type[Entity], record: Any) -> str:
    view = view_of(model)
    if record is None or view is None or not may("can_edit", view):
        return ""
    return f"{view.route_base}/edit/{record.id}"


def _fix(label: str, url: str) -> Context:
    return {"label": label, "url": url}


def _kept(*fixes: Context) -> list[Context]:
    return [fix for fix in fixes if fix["url"]]
