"""What do we keep? One file per table or small family; importing the package declares them all."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from app.models.archive import ArchiveFile
from app.models.assessor import Assessor, Supervisor
from app.models.base import Entity
from app.models.batch import Batch
from app.models.body import Body, BodyScope, Site
from app.models.calendar import CalendarYear, WorkdayOverride
from app.models.candidate import Candidate, WorkHistory
from app.models.centre import Centre
from app.models.certificate import Certificate, CertificateCounter, CertificateSegment
from app.models.certificate_change import CertificateChange
from app.models.certificate_place import CertificatePlace
from app.models.destruction import Destruction
from app.models.draw import SpotCheckDraw, SpotCheckEntry
from app.models.eligibility import EligibilityRoute
from app.models.enterprise import Commission, Enterprise, Plan
from app.models.exam import ExamPaper, ExamSession, PrintingAgreement
from app.models.feed import CalendarFeed
from app.models.inspection import Inspection
from app.models.job import Job, JobPart
from app.models.judged import JudgedPart, JudgedSheet
from app.models.lists import ListLayout, SavedView, Selection
from app.models.material import Material
from app.models.number_rule import BodyNumberRule
from app.models.operation import Operation, Remains, StagedEdit
from app.models.pass_rule import PlanPassRule
from app.models.publicity import Complaint, Objection, Publicity
from app.models.record import Change, HeadingMemory, ImportRun, NumberCounter, Step
from app.models.reference import CodeItem, CodeKind, Level, Occupation, Region, WorkType
from app.models.requirement import MaterialRequirement, StaffingRule
from app.models.score import Score
from app.models.sent_form import SentForm
from app.models.user import AppUser

__all__ = [
    "AppUser", "ArchiveFile", "Assessor", "Batch", "Body", "BodyNumberRule", "BodyScope",
    "CalendarFeed", "CalendarYear", "Candidate", "Centre", "Certificate", "CertificateChange",
    "CertificateCounter", "CertificatePlace", "CertificateSegment", "Change", "CodeItem",
    "CodeKind", "Commission", "Complaint", "Destruction", "EligibilityRoute", "Enterprise",
    "Entity", "ExamPaper", "ExamSession", "HeadingMemory", "ImportRun", "Inspection", "Job",
    "JobPart", "JudgedPart", "JudgedSheet", "Level", "ListLayout", "Material",
    "MaterialRequirement", "NumberCounter",
    "Objection", "Occupation", "Operation", "Plan", "PlanPassRule", "PrintingAgreement",
    "Publicity", "Region", "Remains", "SavedView", "Score", "Selection", "SentForm", "Site",
    "SpotCheckDraw", "SpotCheckEntry", "StaffingRule", "StagedEdit", "Step", "Supervisor",
    "WorkHistory", "WorkType", "WorkdayOverride", "entities", "entity_named",
]  # fmt: skip

# A table that nothing above names yet is declared all the same.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def entities() -> tuple[type[Entity], ...]:
    """All declared tables, in no particular order."""
    return tuple(mapper.class_ for mapper in Entity.registry.mappers if _declared(mapper.class_))


def entity_named(name: str) -> type[Entity]:
    """The entity class called ``name``; KeyError if there is none."""
    return {model.__name__: model for model in entities()}[name]


def _declared(cls: type[Any]) -> bool:
    return issubclass(cls, Entity)
