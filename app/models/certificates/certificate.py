"""Which certificates are issued, and from which contiguous segments of numbers?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, String, UniqueConstraint

from app.core.declarations.base import Entity, Stateful
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import Issued
from app.core.declarations.reach import Via
from app.models.bodies.body import Body
from app.models.certificates.number_rule import FORMATS_IN_USE
from app.models.filing.batch import Batch
from app.models.reference.classification import Level, Occupation, WorkType
from app.models.sign_up.candidate import Candidate

#: States of a certificate that has been issued and is valid.
ISSUED = ("valid", "corrected", "reissued")


class CertificateSegment(Entity):
    """证书号段: serials first to last of a body, year and level, reserved for one batch."""

    __tablename__ = "certificate_segment"
    __label__ = "证书号段"
    __title__ = "first_number"
    __area__ = "results"
    __reach__ = (Via("batch"),)
    __open__ = Issued()
    __table_args__ = (UniqueConstraint("body_id", "rule", "year", "level_id", "first_serial"),)

    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    year: Mapped[int] = field(
        Integer, "年份", minimum=1900, maximum=2999, list=True, search="exact"
    )
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link("等级", list=True)
    rule: Mapped[str] = field(
        String(20), "编号规则", default="22", choices=FORMATS_IN_USE, search="pick"
    )
    first_serial: Mapped[int] = field(Integer, "起始序号", minimum=1)
    last_serial: Mapped[int] = field(Integer, "终止序号", minimum=1)
    first_number: Mapped[str] = field(
        String(30), "起始编号", list=True, quick=True, search="prefix", width=200
    )
    last_number: Mapped[str] = field(String(30), "终止编号", list=True, width=200)
    count: Mapped[int] = field(Integer, "证书数", minimum=1, list=True)


class CertificateCounter(Entity):
    """序号计数: the last serial of a body, rule, year and level; the lock of the reservation."""

    __tablename__ = "certificate_counter"
    __label__ = "证书序号计数"
    __title__ = "body"
    __area__ = "results"
    __reach__ = (Via("body"),)
    __open__ = Issued()
    __table_args__ = (UniqueConstraint("body_id", "rule", "year", "level_id"),)

    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", list=True)
    rule: Mapped[str] = field(
        String(20), "编号规则", default="22", choices=FORMATS_IN_USE, list=True, search="pick"
    )
    year: Mapped[int] = field(
        Integer, "年份", minimum=1900, maximum=2999, list=True, search="exact"
    )
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link("等级", list=True)
    last_serial: Mapped[int] = field(Integer, "已用到的序号", minimum=0, default=0, list=True)


class Certificate(Stateful, Entity):
    """职业技能等级证书."""

    __tablename__ = "certificate"
    __label__ = "职业技能等级证书"
    __title__ = "number"
    __area__ = "results"
    __reach__ = (Via("batch"),)
    __open__ = Issued()

    number: Mapped[str] = field(
        String(30),
        "证书编号",
        unique=True,
        list=True,
        quick=True,
        search="prefix",
        form=False,
        width=200,
    )
    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True, form=False)
    candidate_id: Mapped[int] = key_to("candidate")
    candidate: Mapped[Candidate] = link("持证人", form=False)
    body_id: Mapped[int] = key_to("body")
    body: Mapped[Body] = link("评价机构", form=False)
    segment_id: Mapped[int] = key_to("certificate_segment")
    segment: Mapped[CertificateSegment] = link("证书号段", form=False, search=None)
    occupation_id: Mapped[int] = key_to("occupation")
    occupation: Mapped[Occupation] = link("职业", list=True, form=False)
    work_type_id: Mapped[int] = key_to("work_type")
    work_type: Mapped[WorkType] = link("工种", list=True, form=False)
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link("等级", list=True, form=False)
    holder: Mapped[str] = field(
        String(80), "姓名", list=True, quick=True, search="contains", form=False
    )
    id_number: Mapped[str] = field(
        String(30), "证件号码", sensitive="id_number", search="exact", form=False, list=True
    )
    issued_on: Mapped[date] = field(Date, "发证日期", list=True, search="range", form=False)
    reissued_on: Mapped[date | None] = field(
        Date, "补发日期", nullable=True, search="range", form=False
    )
    reissue_count: Mapped[int] = field(Integer, "补发次数", minimum=0, default=0, form=False)
    remark: Mapped[str] = field(String(200), "备注", default="")
