"""Who may print certificates, which ones, and what does the audit trail keep of it?"""

from __future__ import annotations

from collections.abc import Sequence

from app.core import audit
from app.core.errors import AppError, NotFound, NotPermitted
from app.core.roles import Actor, may_write
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Candidate, Certificate
from app.services.certificates import certificate_sheets
from app.services.documents.documents import Taken
from app.sheets import forms

#: The most certificates in one print run; larger selections are printed batch by batch.
MOST = 2000


def take(session: AnySession, actor: Actor, keys: Sequence[int]) -> Taken:
    """Return a PDF of the certificates with these ids, by number, and audit who took it.

    Void and unissued ones are left out. Raises NotFound where none is left, NotPermitted, and
    AppError for more than ``MOST``.
    """
    why = why_not(actor)
    if why:
        raise NotPermitted(why)
    if len(keys) > MOST:
        raise AppError(f"一次最多打印 {MOST} 张，选中了 {len(keys)} 张；请按批次分次打印")
    found = certificate_sheets.with_keys(session, keys)
    if not found:
        raise NotFound("所选证书都还没有核发、已作废或不在您的管辖范围内，没有可打印的")
    made = certificate_sheets.merged(session, found, found[0].issued_on)
    content = forms.write(made, "pdf")
    noted = {"表格": [None, "证书打印"], "证件号码": [None, "完整"]}
    with transaction(session, actor):
        lines = [(one.id, one.number, noted) for one in found]
        audit.write(session, "Certificate", "export", lines)
    name = found[0].number if len(found) == 1 else f"{found[0].number}等{len(found)}张"
    return Taken(forms.file_name(name, made.title, "pdf"), content)


def why_not(actor: Actor) -> str:
    """Return why the actor may not print certificates; empty if they may."""
    if may_write(actor, Candidate.__area__):
        return ""
    return "证书载有完整的证件号码，只供办理认定业务的人员打印"


def closed_reason(certificate: Certificate) -> str:
    """Return why the certificate is not printed; empty if it is in force."""
    if certificate.state in certificate_sheets.IN_FORCE:
        return ""
    return "证书已作废，不再打印" if certificate.state == "void" else "证书待核发，核发后才能打印"


def proof(session: AnySession) -> Taken:
    """Return a PDF with sample data, frames and rulers, to compare with a printed blank."""
    return Taken("证书定位测试页.pdf", forms.write(certificate_sheets.proof(session), "pdf"))
