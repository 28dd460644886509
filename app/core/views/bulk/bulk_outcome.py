"""How is the effect of a bulk edit summarised on its page?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.core.bulk.row_edit import RowResult
from app.core.declarations.base import Entity
from app.core.declarations.field import Field
from app.core.views.bulk.bulk_form import BulkForm
from app.core.views.cells import worded
from app.core.views.overrides import described

Context = dict[str, Any]
#: The most former values of a field that are listed; the others are summed up.
MOST_VALUES = 8
#: The most refused rows that are listed.
MOST_ROWS = 200
EMPTY = "（空）"


def outcome(model: type[Entity], form: BulkForm, results: Sequence[RowResult]) -> Context:
    """Summarise what is, or was, done: changes per field, and reasons of refused rows."""
    refused = [one for one in results if one.status == "refused"]
    reasons = Counter(problem.message for one in refused for problem in one.problems)
    warnings = Counter(
        problem.message for one in results if one.written for problem in one.problems
    )
    return {
        "total": len(results),
        "written": sum(one.written for one in results),
        "unchanged": sum(one.status == "unchanged" for one in results),
        "refused": [
            {"text": one.title, "problems": [problem.message for problem in one.problems]}
            for one in refused[:MOST_ROWS]
        ],
        "refused_count": len(refused),
        "reasons": reasons.most_common(MOST_VALUES) if len(refused) > 1 else [],
        "more_reasons": len(reasons) - MOST_VALUES if len(reasons) > MOST_VALUES else 0,
        "warnings": warnings.most_common(MOST_VALUES),
        "fields": _fields(model, form, results),
    }


def _fields(model: type[Entity], form: BulkForm, results: Sequence[RowResult]) -> list[Context]:
    """Return the former values of each field with counts, and the values that replace them.

    Fields that follow from others, such as the outcome of marks, come after the chosen ones.
    """
    written = [one for one in results if one.written]
    named = {name for one in written for name in one.changes}
    declared = {field.name: field for field in described(model).fields}
    chosen = [declared[name] for name in form.chosen]
    followed = [one for name, one in declared.items() if name in named and one not in chosen]
    return [_field(model, one, written, follows=one in followed) for one in (*chosen, *followed)]


def _field(
    model: type[Entity], field: Field, written: Sequence[RowResult], *, follows: bool
) -> Context:
    moves = Counter(
        tuple(worded(model, field, value) or EMPTY for value in one.changes[field.name])
        for one in written
        if field.name in one.changes
    )
    shown = moves.most_common(MOST_VALUES)
    return {
        "label": field.label,
        "moves": [{"before": move[0], "after": move[1], "count": n} for move, n in shown],
        "more": sum(moves.values()) - sum(count for _, count in shown),
        "more_kinds": len(moves) - len(shown),
        "count": sum(moves.values()),
        "follows": follows,
    }


def changes_of(model: type[Entity], result: RowResult) -> list[Context]:
    """Return the changes of one row in words."""
    declared = {field.name: field for field in described(model).fields}
    return [
        {
            "label": declared[name].label,
            "before": worded(model, declared[name], before) or EMPTY,
            "after": worded(model, declared[name], after) or EMPTY,
        }
        for name, (before, after) in result.changes.items()
        if name in declared
    ]
