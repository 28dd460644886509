"""Which data does a service pass to have a letter, a notice or an exam-day list written?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CommissionLetter:
    """委托函 (流程一): the letter by which a centre commissions a body; numbered and dated."""

    centre_name: str = ""
    letter_no: str = ""
    body_name: str = ""
    enterprise_name: str = ""
    credit_code: str = ""
    content: str = ""
    valid_to: date | None = None
    signed_on: date | None = None


@dataclass(frozen=True)
class NoticeRow:
    """One person of a public list; name and number are masked by the caller."""

    name: str
    id_number: str = ""
    employer: str = ""
    occupation: str = ""
    work_type: str = ""
    level: str = ""
    result: str = ""


@dataclass(frozen=True)
class PublicityNotice:
    """公示 (流程七) of a batch's results; ``workdays`` is text, '' where not counted."""

    body_name: str = ""
    enterprise_name: str = ""
    batch_no: str = ""
    opens_on: date | None = None
    closes_on: date | None = None
    workdays: str = ""
    phone: str = ""
    rows: tuple[NoticeRow, ...] = ()


@dataclass(frozen=True)
class ResultNotice:
    """成绩通知单 of one candidate; marks and states as printed.

    ``number`` is the candidate's serial number in the roster.
    """

    serial_no: str = ""
    name: str = ""
    id_number: str = ""
    employer: str = ""
    occupation: str = ""
    work_type: str = ""
    level: str = ""
    theory: str = ""
    practical: str = ""
    review: str = ""
    result: str = ""
    certificate_no: str = ""
    body_name: str = ""
    phone: str = ""
    signed_on: date | None = None
    number: int = 0


@dataclass(frozen=True)
class SignInRow:
    """One candidate of a session and their seat."""

    seat: str
    name: str
    gender: str = ""
    id_number: str = ""
    employer: str = ""


@dataclass(frozen=True)
class SignInSheet:
    """考生签到表 of one paper of one session."""

    body_name: str = ""
    batch_no: str = ""
    paper: str = ""
    occupation: str = ""
    work_type: str = ""
    level: str = ""
    held: str = ""
    place: str = ""
    assessors: str = ""
    rows: tuple[SignInRow, ...] = ()


@dataclass(frozen=True)
class DeskLabel:
    """The label on one candidate's desk."""

    seat: str
    name: str
    id_number: str = ""
    subject: str = ""
    held: str = ""
    place: str = ""


@dataclass(frozen=True)
class InventoryRow:
    """One entry of the archive index."""

    kind: str
    title: str
    carrier: str = ""
    quantity: int = 1
    place: str = ""
    archived_on: date | None = None
    keep_until: date | None = None
    remark: str = ""


@dataclass(frozen=True)
class ArchiveInventory:
    """存档目录 (流程八) of a batch."""

    body_name: str = ""
    batch_no: str = ""
    batch_name: str = ""
    archived_on: date | None = None
    keeper: str = ""
    rows: tuple[InventoryRow, ...] = ()


PlainDocument = CommissionLetter | PublicityNotice | ResultNotice | SignInSheet | ArchiveInventory
"""The documents that a layout of their own describes; labels lie several to a page."""
