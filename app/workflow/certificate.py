"""How do a certificate and an application to change it move?"""

from __future__ import annotations

from app.core.workflow.engine import Move, State, Table
from app.roles import BODY_CLERK, CENTRE, CITY_ADMIN, PROVINCE_ADMIN

FILERS = CENTRE | {BODY_CLERK}
REVIEWERS = frozenset({CITY_ADMIN, PROVINCE_ADMIN})
#: The step follows from an approved change of the certificate.
FOLLOWS: frozenset[str] = frozenset()
ISSUED = ("valid", "corrected", "reissued")

CERTIFICATE = Table(
    entity="Certificate",
    label="职业技能等级证书",
    states=(
        State("reserved", "待核发", "blue", "编号已核定，等待核发"),
        State("valid", "有效", "green", "已核发"),
        State("corrected", "已更正", "teal", "内容更正，编号不变"),
        State("reissued", "已补发", "teal", "遗失或损毁后补发，编号不变"),
        State("void", "已作废", "red", "作废，编号不再使用"),
    ),
    moves=(
        Move(
            "issue", "核发", ("reserved",), "valid", CENTRE | {BODY_CLERK},
            confirm="核发 {n} 本证书",
        ),
        Move("correct", "更正", ISSUED, "corrected", FOLLOWS, note="required"),
        Move("reissue", "补发", ISSUED, "reissued", FOLLOWS, note="required"),
        Move("void", "作废", ("reserved", *ISSUED), "void", FOLLOWS, note="required", danger=True),
    ),
)  # fmt: skip

CERTIFICATE_CHANGE = Table(
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
        ),
        Move(
            "approve", "批准", ("submitted",), "approved", REVIEWERS, note="optional",
            primary=True, at="centre_id", apart="submit",
            confirm="批准 {n} 份证书变更申请，证书随即变更",
        ),
        Move(
            "refuse", "不予批准", ("submitted",), "refused", REVIEWERS, note="required",
            danger=True, at="centre_id", apart="submit",
            confirm="不批准 {n} 份证书变更申请",
        ),
    ),
)  # fmt: skip
