"""Which tables does the core keep for itself? History, jobs, uploads, lists, code lists."""

from app.core.tables.code_list import CodeItem, CodeKind
from app.core.tables.job import Job, JobPart
from app.core.tables.judged import JudgedPart, JudgedSheet
from app.core.tables.lists import ListLayout, SavedView, Selection
from app.core.tables.operation import Operation, Remains, StagedEdit
from app.core.tables.record import Change, HeadingMemory, ImportRun, NumberCounter, Step
from app.core.tables.sent_form import SentForm

__all__ = [
    "Change", "CodeItem", "CodeKind", "HeadingMemory", "ImportRun", "Job", "JobPart",
    "JudgedPart", "JudgedSheet", "ListLayout", "NumberCounter", "Operation", "Remains",
    "SavedView", "Selection", "SentForm", "StagedEdit", "Step",
]  # fmt: skip
