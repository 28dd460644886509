"""What prevents the change of a certificate, and what follows once it is approved?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.declarations.behaviour import procedure_of, state_label
from app.core.errors import Problem
from app.core.records import preparation
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import Candidate, Certificate, CertificateChange, WorkType
from app.rules.certificates.certificate_change import ChangeFacts, change_problems, content_problems
from app.rules.reference.identity import compact

#: What may be corrected. The change's fields are these names after ``new_`` and ``old_``.
CORRECTED = ("holder", "gender", "document_kind", "id_number", "occupation", "work_type")


def saving_problems(session: AnySession, change: CertificateChange) -> list[Problem]:
    """Return the problems of an application on saving; evidence is not required yet."""
    return _problems(session, change, evidence=True)


def problems(session: AnySession, change: CertificateChange) -> list[Problem]:
    """Return the problems with submitting or approving an application."""
    return _problems(session, change, evidence=bool(change.filename))


def _problems(session: AnySession, change: CertificateChange, *, evidence: bool) -> list[Problem]:
    certificate = change.certificate
    after = _after(change)
    facts = ChangeFacts(
        kind=change.kind,
        reason=change.reason,
        standing=certificate.state,
        standing_label=state_label("Certificate", certificate.state),
        before=_words(_present(certificate)),
        after=_words(after),
        pending=_pending(session, change),
        evidence=evidence,
        id_taken=_id_taken(session, certificate.candidate, after),
        work_type_fits=_work_type_fits(certificate, after),
    )
    return [*change_problems(facts), *content_problems(facts)]


def _after(change: CertificateChange) -> dict[str, Any]:
    after = {name: getattr(change, f"new_{name}") for name in CORRECTED}
    return after | {"id_number": compact(after["id_number"]) if after["id_number"] else ""}


def _present(certificate: Certificate) -> dict[str, Any]:
    """Return the current values of what may be corrected."""
    candidate = certificate.candidate
    return {
        "holder": certificate.holder,
        "gender": candidate.gender,
        "document_kind": candidate.document_kind,
        "id_number": certificate.id_number,
        "occupation": certificate.occupation,
        "work_type": certificate.work_type,
    }


def _words(values: dict[str, Any]) -> dict[str, str]:
    """Return the values as strings for the rules; related rows become their ids."""
    return {
        name: str(value if isinstance(value, str) else value.id) if value else ""
        for name, value in values.items()
    }


def _pending(session: AnySession, change: CertificateChange) -> str:
    other = select(CertificateChange.no).where(
        CertificateChange.certificate_id == change.certificate.id,
        CertificateChange.state == "submitted",
        CertificateChange.id != (change.id or 0),
    )
    # All applications for a certificate share its scope; unscoped makes sure that none is missed.
    return session.scalar(other.limit(1).execution_options(unscoped=True)) or ""


def _id_taken(session: AnySession, candidate: Candidate, after: dict[str, Any]) -> bool:
    if not (after["id_number"] or after["document_kind"]):
        return False
    same = (
        select(func.count())
        .select_from(Candidate)
        .where(
            Candidate.batch_id == candidate.batch_id,
            Candidate.id != candidate.id,
            Candidate.id_number == (after["id_number"] or candidate.id_number),
            Candidate.document_kind == (after["document_kind"] or candidate.document_kind),
        )
    )
    return bool(session.scalar(same))


def _work_type_fits(certificate: Certificate, after: dict[str, Any]) -> bool:
    occupation = after["occupation"] or certificate.occupation
    work_type: WorkType = after["work_type"] or certificate.work_type
    return work_type.occupation_id == occupation.id


def sent_in(session: AnySession, actor: Actor, change: CertificateChange) -> None:
    """Record who applied, and what the certificate said at that time."""
    change.applied_by, change.applied_on = actor.name, clock.today()
    _keep_present(change)


def taken_back(session: AnySession, actor: Actor, change: CertificateChange) -> None:
    """Clear what sending it in recorded: the application is a draft again."""
    change.applied_by, change.applied_on = "", None
    for name in CORRECTED:
        setattr(change, f"old_{name}", None if name in ("occupation", "work_type") else "")


def _keep_present(change: CertificateChange) -> None:
    if change.kind == "correct":
        for name, value in _present(change.certificate).items():
            setattr(change, f"old_{name}", value)


def allowed(session: AnySession, actor: Actor, change: CertificateChange) -> None:
    """Apply the approved change to the certificate and, if it corrects, to its candidate.

    The number never changes. Raises WrongState or Stale if the certificate has changed meanwhile.
    """
    certificate, today = change.certificate, clock.today()
    change.approved_by, change.approved_on = actor.name, today
    _EFFECTS[change.kind](session, actor, change)
    procedure = procedure_of("Certificate")
    note = f"{change.no} {change.detail}"
    engine.take_many(session, procedure, [certificate], procedure.move(change.kind), actor, note)


def _correct(session: AnySession, actor: Actor, change: CertificateChange) -> None:
    """Correct the certificate and the roster alike; the audit trail keeps both changes."""
    _keep_present(change)
    certificate, candidate = change.certificate, change.certificate.candidate
    given = {name: value for name, value in _after(change).items() if value}
    for name, value in given.items():
        if hasattr(certificate, name):
            setattr(certificate, name, value)
        setattr(candidate, "name" if name == "holder" else name, value)
    preparation.before_saving(session, actor, candidate)
    session.flush()


def _reissue(session: AnySession, actor: Actor, change: CertificateChange) -> None:
    change.certificate.reissued_on = clock.today()
    change.certificate.reissue_count += 1
    session.flush()


def _void(session: AnySession, actor: Actor, change: CertificateChange) -> None:
    change.certificate.remark = f"{clock.today()} 作废，编号不再使用"
    session.flush()


_EFFECTS = {"correct": _correct, "reissue": _reissue, "void": _void}
