"""On which page are the official sheets of a batch imported?"""

from __future__ import annotations

from app.core.views.importing.importing import SheetImportView
from app.models import Batch


class ImportView(SheetImportView):
    """导入: roster, arrangement and scores."""

    route_base = "/batch"
    class_permission_name = "Batch"
    sheets_into = Batch
    why_closed = "批次现在的状态不接收名册、成绩和考务安排"
