"""How is an exam arrangement (附件3) declared to the import?"""

from __future__ import annotations

from app.core.scope import AnySession
from app.models import Batch, ExamSession
from app.services.exam.arrangement_import import ArrangementImport
from app.services.filing.batch_sheet import BatchSheet


class ArrangementSheet(BatchSheet):
    """考务安排表: each row is an exam session; columns are declared in the form's order."""

    name = "arrangement"
    label = "考务安排表"
    hint = "考务安排表（附件3）"
    result = "查看考务安排"
    model = ExamSession
    # An occupation can be derived from its work type and the other way round.
    found_out = frozenset({"occupation", "work_type"})
    long_numbers = frozenset({"site_phone"})
    # One cell of the form holds both the start and the end of a paper.
    decides = {"theory_start": ("theory_end",), "practical_start": ("practical_end",)}

    def judge_of(self, session: AnySession, parent: Batch) -> ArrangementImport:
        return ArrangementImport(session, parent)
