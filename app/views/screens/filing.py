"""How is a filing shown, from the enterprise that asks to the papers and the examination?"""

from __future__ import annotations

from app.models import (
    Batch,
    Commission,
    Enterprise,
    ExamPaper,
    ExamSession,
    Plan,
    PrintingAgreement,
)
from app.views.base import EntityView
from app.views.interface import EntityInterface
from app.views.screens.certificates import ArchiveFileView, CertificateSegmentView, CertificateView
from app.views.screens.materials import MaterialView
from app.views.screens.outcomes import ComplaintView, InspectionView, PublicityView
from app.views.screens.people import CandidateView, ScoreView


class ExamPaperView(EntityView):
    """试卷."""

    datamodel = EntityInterface(ExamPaper)


class PrintingAgreementView(EntityView):
    """印刷保密协议."""

    datamodel = EntityInterface(PrintingAgreement)
    related_views = (ExamPaperView,)


class ExamSessionView(EntityView):
    """考务安排."""

    datamodel = EntityInterface(ExamSession)
    order = ("-batch_id", "serial")


class BatchView(EntityView):
    """认定批次."""

    datamodel = EntityInterface(Batch)
    related_views = (
        CandidateView,
        MaterialView,
        ExamPaperView,
        ExamSessionView,
        InspectionView,
        ScoreView,
        PublicityView,
        ComplaintView,
        CertificateView,
        CertificateSegmentView,
        ArchiveFileView,
    )


class PlanView(EntityView):
    """认定计划."""

    datamodel = EntityInterface(Plan)
    related_views = (BatchView,)
    within = ("body",)


class CommissionView(EntityView):
    """委托评价."""

    datamodel = EntityInterface(Commission)
    related_views = (BatchView,)
    within = ("body",)


class EnterpriseView(EntityView):
    """企业."""

    datamodel = EntityInterface(Enterprise)
    related_views = (CommissionView, PlanView, BatchView)
