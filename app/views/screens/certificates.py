"""How is shown what has been issued and what is kept?"""

from __future__ import annotations

from app.models import ArchiveFile, Certificate, CertificateCounter, CertificateSegment
from app.views.base import EntityView
from app.views.interface import EntityInterface


class CertificateView(EntityView):
    """职业技能等级证书."""

    datamodel = EntityInterface(Certificate)
    order = ("-batch_id", "number")
    facts = ("batch", "work_type", "level", "issued_on")


class CertificateSegmentView(EntityView):
    """证书号段."""

    datamodel = EntityInterface(CertificateSegment)
    related_views = (CertificateView,)


class CertificateCounterView(EntityView):
    """证书序号计数."""

    datamodel = EntityInterface(CertificateCounter)


class ArchiveFileView(EntityView):
    """资料存档."""

    datamodel = EntityInterface(ArchiveFile)
