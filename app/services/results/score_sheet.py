"""How is a sheet of scores declared to the import?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.core import audit
from app.core.importing.sheet_kinds import SheetColumn, imported
from app.core.scope import AnySession
from app.models import Batch, Candidate, Score
from app.services.filing.batch_sheet import BatchSheet
from app.services.results import scoring
from app.services.results.score_import import ScoresImport

#: Columns that name the candidate. The identity number finds them; the others are compared.
WHOSE = ("name", "id_number", "occupation", "work_type", "level")


class ScoreSheet(BatchSheet):
    """成绩表: each row holds the marks of one candidate of the roster."""

    name = "scores"
    label = "成绩表"
    hint = "名册上各人的理论、实操成绩和综合评审"
    result = "查看成绩"
    model = Score
    # The cell of a mark also says whether the paper was sat (缺考, 违纪, 缓考).
    decides = {paper: (f"{paper}_state",) for paper in scoring.PAPERS}

    def columns(self) -> Sequence[SheetColumn]:
        whose = {one.field.name: one.field for one in imported(Candidate)}
        named = [SheetColumn(whose[name], Candidate, name == "id_number") for name in WHOSE]
        return [*named, *imported(Score)]

    def judge_of(self, session: AnySession, parent: Batch) -> ScoresImport:
        return ScoresImport(session, parent)

    def before_saving(self, session: AnySession, parent: Batch, rows: Sequence[Score]) -> None:
        """Set the outcome of each row from its marks."""
        outcomes = scoring.outcomes(session, parent)
        for score in rows:
            outcomes.judge(score)

    def prefilled(
        self, session: AnySession, parent: Batch, names: Sequence[str]
    ) -> Sequence[Sequence[Any]]:
        """Return the batch's candidates for a prefilled sheet.

        It shows full identity numbers, so taking it is audited.
        """
        people = scoring.candidates_with_scores(session, parent)
        if people:
            noted = {"空白成绩表": [None, f"{len(people)} 人"], "证件号码": [None, "完整"]}
            audit.write(session, "Batch", "export", [(parent.id, parent.no, noted)])
        return [
            [str(getattr(one, name)) if name in WHOSE else "" for name in names] for one in people
        ]
