"""Which change of a certificate was applied for, why, by whom, and who approved it?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, LargeBinary, String, Text
from sqlalchemy.orm import mapped_column

from app.core.declarations.base import Attached, Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenIn
from app.core.declarations.reach import Via
from app.models.certificates.certificate import Certificate
from app.models.filing.batch import Batch
from app.models.reference.centre import Centre
from app.models.reference.classification import Occupation, WorkType

BEFORE, AFTER = "更正前", "更正后"
EVIDENCE, HANDLING = "证明材料", "申请与审批"
KINDS = (("correct", "更正"), ("reissue", "补发"), ("void", "作废"))


class CertificateChange(Attached, Stateful, Entity):
    """证书变更: a correction, a reissue or a voiding, applied for by one and allowed by another.

    ``old_…`` and ``new_…`` are what the certificate and its candidate say before and after.
    """

    __tablename__ = "certificate_change"
    __label__ = "证书变更"
    __title__ = "no"
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = OpenIn("draft")
    __hidden__ = Entity.__hidden__ | {"content"}

    no: Mapped[str] = field(
        String(40), "变更编号", unique=True, list=True, quick=True, search="prefix", form=False
    )
    certificate_id: Mapped[int] = key_to("certificate")
    certificate: Mapped[Certificate] = link("证书", list=True)
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", fixed=True, form=False)
    centre_id: Mapped[int] = key_to("centre")
    centre: Mapped[Centre] = link("审批中心", form=False)
    kind: Mapped[str] = field(String(20), "变更种类", choices=KINDS, list=True, search="pick")
    reason: Mapped[str] = field(
        String(40), "变更原因", codes="certificate_change_reason", list=True, search="pick"
    )
    detail: Mapped[str] = field(Text, "情况说明", multiline=True)

    new_holder: Mapped[str] = field(
        String(80), "更正为姓名", default="", group=AFTER, help="只填要更正的各项，其余留空"
    )
    new_gender: Mapped[str] = field(
        String(10), "更正为性别", default="", codes="gender", group=AFTER
    )
    new_document_kind: Mapped[str] = field(
        String(10), "更正为证件类型", default="", codes="document_kind", group=AFTER
    )
    new_id_number: Mapped[str] = field(
        String(30), "更正为证件号码", default="", sensitive="id_number", group=AFTER
    )
    new_occupation_id: Mapped[int | None] = key_to("occupation", nullable=True)
    new_occupation: Mapped[Occupation | None] = link(
        "更正为职业", foreign_keys="CertificateChange.new_occupation_id", group=AFTER, search=None
    )
    new_work_type_id: Mapped[int | None] = key_to("work_type", nullable=True)
    new_work_type: Mapped[WorkType | None] = link(
        "更正为工种",
        foreign_keys="CertificateChange.new_work_type_id",
        group=AFTER,
        search=None,
        help="等级和年份写在编号里，不能更正；错了的作废后重新核发",
    )

    old_holder: Mapped[str] = field(String(80), "原姓名", default="", group=BEFORE, form=False)
    old_gender: Mapped[str] = field(
        String(10), "原性别", default="", codes="gender", group=BEFORE, form=False
    )
    old_document_kind: Mapped[str] = field(
        String(10), "原证件类型", default="", codes="document_kind", group=BEFORE, form=False
    )
    old_id_number: Mapped[str] = field(
        String(30), "原证件号码", default="", sensitive="id_number", group=BEFORE, form=False
    )
    old_occupation_id: Mapped[int | None] = key_to("occupation", nullable=True)
    old_occupation: Mapped[Occupation | None] = link(
        "原职业",
        foreign_keys="CertificateChange.old_occupation_id",
        group=BEFORE,
        form=False,
        search=None,
    )
    old_work_type_id: Mapped[int | None] = key_to("work_type", nullable=True)
    old_work_type: Mapped[WorkType | None] = link(
        "原工种",
        foreign_keys="CertificateChange.old_work_type_id",
        group=BEFORE,
        form=False,
        search=None,
    )

    filename: Mapped[str] = field(
        String(200), "证明材料文件", default="", group=EVIDENCE, form=False
    )
    size: Mapped[int] = field(
        Integer, "大小（字节）", minimum=0, default=0, group=EVIDENCE, form=False
    )
    digest: Mapped[str] = field(
        String(64), "文件指纹", default="", group=EVIDENCE, form=False, export=False
    )
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)

    applied_by: Mapped[str] = field(
        String(80), "申请人", default="", group=HANDLING, form=False, list=True
    )
    applied_on: Mapped[date | None] = field(
        Date, "申请日期", nullable=True, group=HANDLING, form=False, list=True, search="range"
    )
    approved_by: Mapped[str] = field(
        String(80), "批准人", default="", group=HANDLING, form=False, list=True
    )
    approved_on: Mapped[date | None] = field(
        Date, "批准日期", nullable=True, group=HANDLING, form=False, list=True, search="range"
    )
