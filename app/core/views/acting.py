"""How does a click make a move on one record, or on many at once?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core.declarations.behaviour import find_procedure
from app.core.declarations.procedure import Move
from app.core.errors import AppError, NotFound, NotPermitted, RulesBroken, Unacknowledged
from app.core.views.addresses import address
from app.core.views.selecting import asked_keys
from app.core.workflow import moves as workflow
from app.core.workflow.moves import Outcome

#: The most records in one request: more would keep the browser waiting too long.
MOST = 5000
#: The most reasons summarised above the refused rows.
MOST_REASONS = 8


class MoveRoutes:
    """The routes that make moves; both accept only POST."""

    datamodel: Any
    list_title: str
    list_url: str

    @expose("/<pk>/move/<name>", methods=["POST"])
    @has_access
    @permission_name("move")
    def move(self, pk: str, name: str) -> Any:
        item = self.wanted(pk)
        move, page = self._move_named(name), url_for(f"{self.endpoint}.show", pk=item.id)
        try:
            made = workflow.act(
                self.datamodel.session,
                self.datamodel.actor,
                item,
                move.name,
                _note(),
                request.form.getlist("acknowledge"),
            )
        except Unacknowledged as refusal:
            return self._ask(item, move, refusal, page)
        except RulesBroken as refusal:
            for problem in refusal.problems:
                flash(f"{problem.message}", "danger")
        except AppError as refusal:
            flash(refusal.message, "danger")
        else:
            flash(f"已办理“{move.label}”，现为“{self._state(made.target)}”", "success")
        return redirect(page)

    @expose("/moves", methods=["POST"])
    @has_access
    @permission_name("move")
    def moves(self) -> Any:
        move = self._move_named(request.form.get("action", ""))
        try:
            keys = asked_keys(self)
            _check_number(len(keys))
        except AppError as refusal:
            flash(refusal.message, "danger")
            return redirect(address(self.list_url, request.args))
        outcomes = workflow.act_many(
            self.datamodel.session,
            self.datamodel.actor,
            self.datamodel.obj,
            keys,
            move.name,
            _note(),
            request.form.getlist("acknowledge"),
        )
        return self.render_template(
            "entity/act_result.html", **self._result_context(move, outcomes)
        )

    def _ask(self, item: Any, move: Move, refusal: Unacknowledged, page: str) -> Any:
        """Show what must be acknowledged, with the note that was written so far."""
        return self.render_template(
            "entity/acknowledge.html",
            title=f"{move.label}：{item}",
            breadcrumbs=[(self.list_title, self.list_url), (str(item), page), (move.label, None)],
            asking={"url": request.path, "problems": refusal.problems, "note": _note()},
            move_label=move.label,
            cancel_url=page,
        )

    def _move_named(self, name: str) -> Move:
        procedure = find_procedure(self.datamodel.obj.__name__)
        moves = procedure.moves if procedure is not None else ()
        found = next((move for move in moves if move.name == name), None)
        if found is None:
            raise NotFound("没有这项操作")
        return found

    def _state(self, name: str) -> str:
        procedure = find_procedure(self.datamodel.obj.__name__)
        return procedure.state(name).label if procedure is not None else name

    def _result_context(self, move: Move, outcomes: list[Outcome]) -> dict[str, Any]:
        seen = {item.id for item in self.datamodel.get_many([one.record_id for one in outcomes])}
        tally = Counter(one.ok for one in outcomes)
        back = address(self.list_url, request.args, selection=None)
        return {
            "title": f"{move.label}：办理结果",
            "breadcrumbs": [(self.list_title, self.list_url), ("办理结果", None)],
            "move_label": move.label,
            "results": [self._result(one, visible=one.record_id in seen) for one in outcomes],
            "reasons": _reasons(outcomes),
            "done": tally[True],
            "failed": tally[False],
            "asking": self._asking(move, outcomes),
            "back_url": back,
        }

    def _asking(self, move: Move, outcomes: list[Outcome]) -> dict[str, Any]:
        """Return what the form asks that makes the move on records with cautions; else empty."""
        asked = [one for one in outcomes if one.asked]
        if not asked:
            return {}
        problems = {problem.message: problem for one in asked for problem in one.problems}
        return {
            "url": request.full_path.rstrip("?"),
            "problems": problems.values(),
            "note": _note(),
            "hidden": [("action", move.name), *(("rowid", one.record_id) for one in asked)],
            "count": len(asked),
        }

    def _result(self, outcome: Outcome, *, visible: bool) -> dict[str, Any]:
        several = len(outcome.problems) > 1
        return {
            "text": outcome.title,
            "url": url_for(f"{self.endpoint}.show", pk=outcome.record_id) if visible else "",
            "ok": outcome.ok,
            "message": "有下列问题：" if several else outcome.message,
            "problems": outcome.problems if several else (),
        }


def _reasons(outcomes: list[Outcome]) -> list[tuple[str, int]]:
    """Return the most common reasons with counts; empty if there is little to summarise."""
    reasons = Counter(one.message.replace(one.title, "").strip() for one in outcomes if not one.ok)
    return reasons.most_common(MOST_REASONS) if sum(reasons.values()) >= len(reasons) + 3 else []


def _note() -> str:
    # PostgreSQL stores no NUL in a text.
    return request.form.get("note", "").replace("\0", "")


def _check_number(count: int) -> None:
    if count == 0:
        raise NotFound("没有选中任何记录，请先勾选再办理")
    if count > MOST:
        raise NotPermitted(f"一次最多办理 {MOST} 条，您选了 {count} 条；请加条件分几次办理")
