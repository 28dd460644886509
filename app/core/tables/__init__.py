"""Which tables does the core itself need?

Nothing here is specific to a domain. A product declares further tables in its own models.
"""

from app.core.tables.code_list import CodeItem, CodeKind
from app.core.tables.counter import NumberCounter
from app.core.tables.history import Change, Step
from app.core.tables.installation import Installation
from app.core.tables.job import Job, JobPart
from app.core.tables.judged import JudgedPart, JudgedSheet
from app.core.tables.lists import ListLayout, SavedView, Selection
from app.core.tables.operation import FileVersion, Operation, Remains, StagedEdit
from app.core.tables.procedure_state import ProcedureState
from app.core.tables.return_point import ReturnPoint
from app.core.tables.sent_form import SentForm
from app.core.tables.upload import HeadingMemory, ImportRun

__all__ = [
    "Change", "CodeItem", "CodeKind", "FileVersion", "HeadingMemory", "ImportRun", "Installation",
    "Job", "JobPart", "JudgedPart", "JudgedSheet", "ListLayout", "NumberCounter", "Operation",
    "ProcedureState", "Remains", "ReturnPoint", "SavedView", "Selection", "SentForm", "StagedEdit",
    "Step",
]  # fmt: skip
