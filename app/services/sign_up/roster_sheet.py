"""How is a roster (附件2) declared to the import?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core.scope import AnySession
from app.models import Batch, Candidate
from app.services.filing.batch_sheet import BatchSheet
from app.services.results import retakes, scoring
from app.services.sign_up.roster_import import RosterImport
from app.sheets.forms.editions import layout_on


class RosterSheet(BatchSheet):
    """人员名册: each row is a candidate, matched by identity number."""

    name = "roster"
    label = "人员名册"
    hint = "人员名册备案表（附件2）；已有的人按证件号码更新，空白单元格不改动"
    result = "查看名册"
    model = Candidate
    # Gender follows from the identity number; occupation and work type from each other.
    found_out = frozenset({"gender", "occupation", "work_type"})
    long_numbers = frozenset({"current_certificate"})
    plain_rows = True

    def judge_of(self, session: AnySession, parent: Batch) -> RosterImport:
        return RosterImport(session, parent)

    def after_saving(self, session: AnySession, parent: Batch) -> None:
        """Update retakes and outcomes after a change of the roster."""
        retakes.follow_roster(session, parent)
        scoring.judge_again(session, parent)

    def printed_order(self) -> Sequence[str]:
        table = layout_on("roster").table
        return () if table is None else [column.key for column in table.columns]
