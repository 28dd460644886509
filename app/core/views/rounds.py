"""How does a record's page show that it was sent back, and take the answers to each point?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_appbuilder import expose, has_access, permission_name

from app.core.declarations.behaviour import find_procedure
from app.core.errors import AppError
from app.core.history.row_changes import RowChange, row_changes
from app.core.outside import as_key
from app.core.tables import Step
from app.core.views.addresses import may, record_url
from app.core.workflow import rounds
from app.core.workflow.changed_rows import ChangedRow
from app.core.workflow.moves import procedure_for, steps_of
from app.core.workflow.rounds import Round

Context = dict[str, Any]

#: The tab of the returns of a record, and the most changed rows that it lists.
TAB, MOST_ROWS = "rounds", 100

_KINDS = {"add": "新增", "edit": "修改", "delete": "删除"}


class RoundsOnPage:
    """What a record page says of returns; beside it, the route that keeps the answers."""

    datamodel: Any

    def rounds_notices(self, item: Any) -> list[Context]:
        """Return what a reviewer or the sender should know first about the last return."""
        last = self._last(item)
        if last is None:
            return []
        answered, changed = len(last.answered()), len(self._changed_since(item, last))
        said = (
            f"退回意见 {len(last.points)} 条，已有整改说明 {answered} 条；退回后改动 {changed} 处"
        )
        if last.sent is not None and item.state == last.move.target:
            found = {"colour": "blue", "text": f"第 {last.number} 轮报送：{said}。"}
        elif rounds.can_be_answered(last, item):
            text = f"第 {last.number - 1} 轮已退回：{said}。请逐条答复后再“{last.move.label}”。"
            found = {"colour": "orange", "text": text}
        else:
            return []
        return [found | {"url": f"{url_for(f'{self.endpoint}.show', pk=item.id)}?tab={TAB}"}]  # type: ignore[attr-defined]

    def ask_for_answers(self, item: Any, button: Context) -> Context:
        """Return the button of a move with what its note must still say to a return."""
        last = self._last(item)
        if last is None or button["name"] != last.move.name:
            return button
        missing = [str(one.serial) for one in last.points if not one.answer.strip()]
        asked = (
            [f"请在下面逐条写明第 {'、'.join(missing)} 条的整改情况，一条一行"] if missing else []
        )
        if not self._changed_since(item, last):
            asked.append(
                "退回后没有改动，请另写一行不改的理由" if asked else "退回后没有改动，请写明理由"
            )
        if not asked:
            return button
        return button | {"note": "required", "confirm": f"{button['confirm']}。{'；'.join(asked)}"}

    def rounds_tabs(self, item: Any) -> list[tuple[str, str, Any]]:
        """Return the tab of the returns, for records that were ever sent back."""
        return [(TAB, "整改", self._rounds_tab)] if self._rounds(item) else []

    def _rounds_tab(self, item: Any) -> Context:
        found, last = self._rounds(item), self._last(item)
        changes = [] if last is None else self._changed_since(item, last)
        asks = (
            last is not None
            and rounds.can_be_answered(last, item)
            and may("can_move", self)
            and self.datamodel.actor.has(*last.move.roles)
        )
        return {
            "template": "entity/_rounds.html",
            "rounds": [_shown(one) for one in reversed(found)],
            "answering": _asked(last) if asks and last is not None else None,
            "answers_url": url_for(f"{self.endpoint}.answers", pk=item.id),  # type: ignore[attr-defined]
            "changes": [
                _changed(one) for one in row_changes(self.datamodel.session, changes[:MOST_ROWS])
            ],
            "changed": len(changes) if last is not None else None,
        }

    @expose("/<pk>/answers", methods=["POST"])
    @has_access
    @permission_name("move")
    def answers(self, pk: str) -> Any:
        """Keep the answers to the points of the last return."""
        item = self.wanted(pk)  # type: ignore[attr-defined]
        given = {
            key: text.replace("\0", "")
            for name, text in request.form.items()
            if name.startswith("answer-") and (key := as_key(name.removeprefix("answer-")))
        }
        data = self.datamodel
        try:
            rounds.answer(data.session, data.actor, procedure_for(type(item)), item, given)
        except AppError as refusal:
            flash(refusal.message, "danger")
        else:
            flash("整改说明已保存，报送后审核人可见", "success")
        return redirect(f"{url_for(f'{self.endpoint}.show', pk=item.id)}?tab={TAB}")  # type: ignore[attr-defined]

    def steps_taken(self, item: Any) -> Sequence[Step]:
        """Return the record's steps, oldest first, read once per request."""
        if "steps_taken" not in g:
            has_steps = find_procedure(type(item).__name__) is not None
            g.steps_taken = steps_of(self.datamodel.session, item) if has_steps else ()
        found: Sequence[Step] = g.steps_taken
        return found

    def _rounds(self, item: Any) -> list[Round]:
        """Return all rounds of the record, read once per request."""
        procedure = find_procedure(type(item).__name__)
        if procedure is None:
            return []
        if "rounds" not in g:
            steps = self.steps_taken(item)
            g.rounds = rounds.rounds_of(self.datamodel.session, procedure, item, steps)
        found: list[Round] = g.rounds
        return found

    def _last(self, item: Any) -> Round | None:
        """Return the return that still matters; None once it was accepted."""
        return next((one for one in reversed(self._rounds(item)) if one.last), None)

    def _changed_since(self, item: Any, last: Round) -> list[ChangedRow]:
        if "changes_since" not in g:
            g.changes_since = last.changes(self.datamodel.session, item)
        found: list[ChangedRow] = g.changes_since
        return found


def _asked(last: Round) -> Context:
    return {
        "move": last.move.label,
        "points": [
            {"serial": one.serial, "text": one.text, "answer": one.answer} for one in last.points
        ],
    }


def _shown(one: Round) -> Context:
    sent = one.sent
    return {
        "title": f"{one.move.label} 第 {one.number} 轮",
        "returned": f"{one.returned.actor_name} {one.returned.at:%Y-%m-%d %H:%M} 退回",
        "sent": sent and f"{sent.actor_name} {sent.at:%Y-%m-%d %H:%M} 再次报送",
        # What was sent before there were points says it in the note of its step.
        "note": sent.note if sent is not None and not one.answered() else "",
        "points": [
            {"serial": point.serial, "text": point.text, "answer": point.answer}
            for point in one.points
        ],
    }


def _changed(item: RowChange) -> Context:
    return {
        "table": item.table,
        "title": item.title,
        "url": record_url(item.row) if item.row is not None else "",
        "kind": _KINDS[item.kind],
        "changes": item.changes,
        "who": item.who,
        "at": item.at.strftime("%Y-%m-%d %H:%M"),
    }
