"""Which entity has which procedure?"""

from __future__ import annotations

from app.core.workflow.engine import Table
from app.workflow.batch import BATCH, OPEN_STATES
from app.workflow.certificate import CERTIFICATE, CERTIFICATE_CHANGE
from app.workflow.outcome import COMPLAINT, INSPECTION, OBJECTION, PUBLICITY
from app.workflow.registration import BODY, COMMISSION, PLAN
from app.workflow.retention import ARCHIVE_FILE, DESTRUCTION

TABLES: dict[str, Table] = {
    table.entity: table
    for table in (
        BODY,
        COMMISSION,
        PLAN,
        BATCH,
        PUBLICITY,
        OBJECTION,
        COMPLAINT,
        INSPECTION,
        CERTIFICATE,
        CERTIFICATE_CHANGE,
        ARCHIVE_FILE,
        DESTRUCTION,
    )
}


def table_of(entity: str) -> Table | None:
    """The procedure of the model called ``entity``, or None where it has no states."""
    return TABLES.get(entity)


def state_label(entity: str, state: str) -> str:
    """The Chinese name of a state; the state itself where the table does not know it."""
    table = TABLES.get(entity)
    if table is None:
        return state
    return next((one.label for one in table.states if one.name == state), state)


def open_states(entity: str) -> frozenset[str] | None:
    """In which states of its batch a row of ``entity`` is open to change; None: always."""
    return OPEN_STATES.get(entity)


#: In which of its own states a row may still be edited by hand; the rest: always.
OWN_STATES: dict[str, frozenset[str]] = {
    "Commission": frozenset({"draft", "returned"}),
    "Plan": frozenset({"draft"}),
    "Publicity": frozenset({"draft", "open"}),
    "Objection": frozenset({"received"}),
    "Complaint": frozenset({"received", "investigating"}),
    "Inspection": frozenset({"planned", "done", "rectifying"}),
    "CertificateChange": frozenset({"draft"}),
    "ArchiveFile": frozenset({"kept"}),
    "Destruction": frozenset({"draft"}),
}


def own_states(entity: str) -> frozenset[str] | None:
    """In which states a row of ``entity`` may be edited by hand; None: in all of them."""
    return OWN_STATES.get(entity)
