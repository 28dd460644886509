"""How is shown what has been issued and what is kept?"""

from __future__ import annotations

from app.models import ArchiveFile, Certificate, CertificateCounter, CertificateSegment
from app.views.base import EntityView
from app.views.interface import EntityInterface


class CertificateView(EntityView):
    datamodel = EntityInterface(Certificate)
    order = ("-batch_id", "number")


class CertificateSegmentView(EntityView):
    datamodel = EntityInterface(CertificateSegment)
    related_views = (CertificateView,)


class CertificateCounterView(EntityView):
    datamodel = EntityInterface(CertificateCounter)


class ArchiveFileView(EntityView):
    datamodel = EntityInterface(ArchiveFile)
