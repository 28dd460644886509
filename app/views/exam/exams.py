"""How are exam papers, printing agreements and exam sessions shown?"""

from __future__ import annotations

from app.core.views.base import EntityView
from app.core.views.interface import EntityInterface
from app.models import ExamPaper, ExamSession, PrintingAgreement


class ExamPaperView(EntityView):
    """试卷."""

    datamodel = EntityInterface(ExamPaper)
    facts = ("batch", "level", "source")


class PrintingAgreementView(EntityView):
    """印刷保密协议."""

    datamodel = EntityInterface(PrintingAgreement)
    related_views = (ExamPaperView,)


class ExamSessionView(EntityView):
    """考务安排."""

    datamodel = EntityInterface(ExamSession)
    order = ("-batch_id", "serial")
    facts = ("batch", "work_type", "level", "headcount")
    grid = (
        "exam_date", "occupation", "work_type", "level", "headcount",
        "theory_start", "theory_end", "theory_place", "theory_form",
        "practical_start", "practical_end", "practical_place", "practical_form",
        "assessors", "supervisors", "invigilators", "site_contact", "site_phone",
    )  # fmt: skip
    grid_frozen = 4
    grid_adds = True
