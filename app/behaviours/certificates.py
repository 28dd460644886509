"""How do a certificate and an application to change it behave?"""

from __future__ import annotations

from app.behaviours.numbers import this_year
from app.core.declarations.behaviour import Behaviour, Behaviours, Numbered
from app.core.declarations.procedure import Move, Procedure, State
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Certificate, CertificateChange
from app.models.certificates.certificate import ISSUED
from app.models.owners import ByCentre
from app.roles import FILERS, NO_ROLES, REVIEWERS
from app.services.certificates import certificate_changes


def _fill_in(session: AnySession, actor: Actor, item: CertificateChange) -> None:
    if item.certificate is not None:
        item.batch = item.certificate.batch
        item.centre = item.batch.centre


CERTIFICATE = Procedure(
    entity="Certificate",
    label="职业技能等级证书",
    # Certificates step by the hundred; in recent steps they would only repeat their batch.
    reported=False,
    states=(
        State("reserved", "待核发", "blue", "编号已核定，等待核发"),
        State("valid", "有效", "green", "已核发"),
        State("corrected", "已更正", "teal", "内容更正，编号不变"),
        State("reissued", "已补发", "teal", "遗失或损毁后补发，编号不变"),
        State("void", "已作废", "red", "作废，编号不再使用"),
    ),
    moves=(
        Move(
            "issue", "核发", ("reserved",), "valid", FILERS,
            confirm="核发 {n} 本证书",
        ),
        Move("correct", "更正", ISSUED, "corrected", NO_ROLES, note="required"),
        Move("reissue", "补发", ISSUED, "reissued", NO_ROLES, note="required"),
        Move("void", "作废", ("reserved", *ISSUED), "void", NO_ROLES, note="required", danger=True),
    ),
)  # fmt: skip

CERTIFICATE_CHANGE = Procedure(
    entity="CertificateChange",
    label="证书变更",
    states=(
        State("draft", "草稿", "grey", "正在填写，尚未提交"),
        State("submitted", "待批准", "blue", "等待另一人批准", waiting=True),
        State("approved", "已批准", "green", "证书已随之变更"),
        State("refused", "不予批准", "red", "证书不变"),
    ),
    moves=(
        Move(
            "submit", "提交申请", ("draft",), "submitted", FILERS, note="optional", primary=True,
            confirm="提交 {n} 份证书变更申请，提交后不能再改",
            asks=certificate_changes.problems, follows=certificate_changes.sent_in,
        ),
        Move(
            "recall", "收回", ("submitted",), "draft", FILERS, note="optional",
            takes_back=("submit",), confirm="收回 {n} 份证书变更申请继续修改；只能收回一次",
            follows=certificate_changes.taken_back,
        ),
        Move(
            "approve", "批准", ("submitted",), "approved", REVIEWERS, note="optional",
            primary=True, at=ByCentre(), apart=("submit",),
            confirm="批准 {n} 份证书变更申请，证书随即变更",
            asks=certificate_changes.problems, follows=certificate_changes.allowed,
        ),
        Move(
            "refuse", "不予批准", ("submitted",), "refused", REVIEWERS, note="required",
            danger=True, at=ByCentre(), apart=("submit",),
            confirm="不批准 {n} 份证书变更申请",
        ),
    ),
)  # fmt: skip

BEHAVIOURS: Behaviours = {
    Certificate: Behaviour(procedure=CERTIFICATE),
    CertificateChange: Behaviour(
        procedure=CERTIFICATE_CHANGE,
        adding=_fill_in,
        check=certificate_changes.saving_problems,
        numbering=Numbered(this_year("BG")),
    ),
}
