"""Which tables are stored? Importing the package declares them all.

One file per table or small family. A field is declared in one line, from which its form, list,
import and export follow. The model also says which rows an actor sees and when they are open.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from app.models.archive.archive import ArchiveFile
from app.models.archive.destruction import Destruction
from app.models.bodies.assessor import Assessor, Supervisor
from app.models.bodies.body import Body, BodyScope, Site
from app.models.certificates.certificate import Certificate, CertificateCounter, CertificateSegment
from app.models.certificates.certificate_change import CertificateChange
from app.models.certificates.certificate_place import CertificatePlace
from app.models.certificates.number_rule import BodyNumberRule
from app.models.commissions.enterprise import Commission, Enterprise, Plan
from app.models.commissions.pass_rule import PlanPassRule
from app.models.exam.exam import ExamSession
from app.models.exam.exam_paper import ExamPaper, PrintingAgreement
from app.models.filing.batch import Batch
from app.models.filing.feed import CalendarFeed
from app.models.filing.material import Material
from app.models.filing.requirement import MaterialRequirement, StaffingRule
from app.models.reference.calendar import CalendarYear, WorkdayOverride
from app.models.reference.centre import Centre
from app.models.reference.classification import Level, Occupation, Region, WorkType
from app.models.results.publicity import Complaint, Objection, Publicity
from app.models.results.published import PublishedResult
from app.models.results.score import Score
from app.models.sign_up.candidate import Candidate
from app.models.sign_up.eligibility import EligibilityRoute
from app.models.sign_up.work_history import WorkHistory
from app.models.supervision.draw import SpotCheckDraw, SpotCheckEntry
from app.models.supervision.inspection import Inspection
from app.models.user import AppUser

__all__ = [
    "AppUser", "ArchiveFile", "Assessor", "Batch", "Body", "BodyNumberRule", "BodyScope",
    "CalendarFeed", "CalendarYear", "Candidate", "Centre", "Certificate", "CertificateChange",
    "CertificateCounter", "CertificatePlace", "CertificateSegment", "Commission", "Complaint",
    "Destruction", "EligibilityRoute", "Enterprise", "ExamPaper", "ExamSession", "Inspection",
    "Level", "Material", "MaterialRequirement", "Objection", "Occupation", "Plan",
    "PlanPassRule", "PrintingAgreement", "Publicity", "PublishedResult", "Region", "Score", "Site",
    "SpotCheckDraw", "SpotCheckEntry", "StaffingRule", "Supervisor", "WorkHistory", "WorkType",
    "WorkdayOverride",
]  # fmt: skip

# Import every module, so that a table not listed above is declared as well.
for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)
