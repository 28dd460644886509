"""How are issued certificates and their segments shown?"""

from __future__ import annotations

from typing import Any

from flask_appbuilder import expose, has_access, permission_name

from app.core.records import editable
from app.core.views.addresses import address, may, view_of
from app.core.views.base import EntityView
from app.core.views.downloads import sends_file
from app.core.views.interface import EntityInterface
from app.core.views.lists.listing import Listing
from app.models import (
    Certificate,
    CertificateChange,
    CertificateCounter,
    CertificatePlace,
    CertificateSegment,
)
from app.services.certificates import certificate_prints
from app.views.certificates.certificate_changes import CertificateChangeView
from app.views.documents.printing import CertificatePrinting, printed


class CertificateView(CertificatePrinting, EntityView):
    """职业技能等级证书."""

    datamodel = EntityInterface(Certificate)
    related_views = (CertificateChangeView,)
    order = ("-batch_id", "number")
    facts = ("batch", "work_type", "level", "issued_on")

    def record_buttons(self, item: Any) -> list[dict[str, Any]]:
        view: Any = view_of(CertificateChange)
        actor = self.datamodel.actor
        found = self.print_buttons(item)
        if not (may("can_add", view) and editable.may_add(actor, CertificateChange)):
            return found
        url = address(f"{view.route_base}/add", {"certificate": str(item.id)})
        void = item.state == "void"
        why = "证书已作废，不再变更" if void else ""
        label = "申请更正、补发或作废"
        return [*found, {"label": label, "url": url, "disabled": void, "why": why}]


class CertificateSegmentView(EntityView):
    """证书号段."""

    datamodel = EntityInterface(CertificateSegment)
    related_views = (CertificateView,)


class CertificateCounterView(EntityView):
    """证书序号计数."""

    datamodel = EntityInterface(CertificateCounter)


class CertificatePlaceView(EntityView):
    """证书打印位置."""

    datamodel = EntityInterface(CertificatePlace)
    order = ("order", "id")
    facts = ("key", "left", "top", "width", "height")
    description = (
        "每项内容印在证书的什么位置，量自纸张左上角。先打印定位页与预印纸叠放核对，"
        "整体偏了就改“纸张与整体偏移”，单项偏了改那一项。"
    )
    grid = (
        "order", "name", "key", "text", "left", "top", "width", "height",
        "font", "size", "bold", "align", "active",
    )  # fmt: skip
    grid_frozen = 2

    def list_buttons(self, listing: Listing) -> list[dict[str, Any]]:
        url = f"{self.route_base}/proof"
        return [
            *super().list_buttons(listing),
            {"label": "打印定位测试页", "url": url, "icon": "print"},
        ]

    @expose("/proof")
    @has_access
    @permission_name("list")
    @sends_file
    def proof(self) -> Any:
        """Send a PDF of sample data with rulers and frames on the configured paper."""
        return printed(certificate_prints.proof(self.datamodel.session))
