"""Which screens are there? One small class per table, grouped by the steps of the procedure."""

from __future__ import annotations

from app.views.base import EntityView
from app.views.screens.batches import BatchView
from app.views.screens.bodies import AssessorView, BodyScopeView, BodyView, SiteView, SupervisorView
from app.views.screens.certificates import (
    ArchiveFileView,
    CertificateCounterView,
    CertificateSegmentView,
    CertificateView,
)
from app.views.screens.enterprises import CommissionView, EnterpriseView, PlanPassRuleView, PlanView
from app.views.screens.exams import ExamPaperView, ExamSessionView, PrintingAgreementView
from app.views.screens.materials import MaterialView
from app.views.screens.outcomes import ComplaintView, InspectionView, ObjectionView, PublicityView
from app.views.screens.people import CandidateView, ScoreView, WorkHistoryView
from app.views.screens.reference import (
    CalendarYearView,
    CentreView,
    CodeItemView,
    CodeKindView,
    EligibilityRouteView,
    LevelView,
    OccupationView,
    RegionView,
    WorkdayOverrideView,
    WorkTypeView,
)

SCREENS: tuple[type[EntityView], ...] = (
    ArchiveFileView, AssessorView, BatchView, BodyScopeView, BodyView, CalendarYearView,
    CandidateView, CentreView, CertificateCounterView, CertificateSegmentView, CertificateView,
    CodeItemView, CodeKindView, CommissionView, ComplaintView, EligibilityRouteView,
    EnterpriseView, ExamPaperView, ExamSessionView, InspectionView, LevelView, MaterialView,
    ObjectionView, OccupationView, PlanPassRuleView, PlanView, PrintingAgreementView,
    PublicityView, RegionView, ScoreView, SiteView, SupervisorView, WorkHistoryView, WorkTypeView, WorkdayOverrideView,
)  # fmt: skip
