"""Which data does a service pass to have an official form written?"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RosterRow:
    """One person of 附件2; every value as printed."""

    name: str
    gender: str = ""
    id_number: str = ""
    education: str = ""
    employer: str = ""
    post: str = ""
    years: str = ""
    occupation: str = ""
    work_type: str = ""
    level: str = ""
    current_level: str = ""
    current_certificate: str = ""
    phone: str = ""
    remark: str = ""


@dataclass(frozen=True)
class RosterForm:
    """附件2《职业技能等级认定人员名册备案表》 of one batch.

    `exception` says who permitted a late filing, and why.
    """

    body_name: str = ""
    enterprise_name: str = ""
    filler: str = ""
    filler_phone: str = ""
    filled_on: date | None = None
    rows: tuple[RosterRow, ...] = ()
    exception: str = ""


@dataclass(frozen=True)
class ArrangementRow:
    """One examination session; `level_digit` "5" (初级工) to "1" (高级技师) feeds the totals."""

    held_on: date | None = None
    occupation: str = ""
    work_type: str = ""
    level: str = ""
    level_digit: str = ""
    head_count: int = 0
    site_contact: str = ""
    theory_form: str = ""
    theory_time: str = ""
    theory_place: str = ""
    practical_form: str = ""
    practical_time: str = ""
    practical_place: str = ""
    assessors: str = ""
    supervisors: str = ""


@dataclass(frozen=True)
class ArrangementForm:
    """附件3《考务安排表》 of one batch; `exception` as in 附件2."""

    body_name: str = ""
    contact: str = ""
    contact_phone: str = ""
    filled_on: date | None = None
    rows: tuple[ArrangementRow, ...] = ()
    exception: str = ""


@dataclass(frozen=True)
class ResultSummaryRow:
    """One occupation, work type and level, with each 证书号段 as printed.

    ``passed`` is None while no result is known.
    """

    occupation: str = ""
    work_type: str = ""
    level: str = ""
    admitted: int = 0
    passed: int | None = 0
    segments: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResultSummaryForm:
    """附件4《职业技能等级认定结果备案表（一）》; 评价对象 and 评价方式 chosen by their wording."""

    body_name: str = ""
    body_number: str = ""
    place: str = ""
    contact: str = ""
    contact_phone: str = ""
    targets: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    examined_from: date | None = None
    examined_to: date | None = None
    opinion: str = ""
    signed_on: date | None = None
    rows: tuple[ResultSummaryRow, ...] = ()


@dataclass(frozen=True)
class ResultListRow:
    """One certificate of 附件4（二）."""

    name: str
    id_kind: str = "居民身份证"
    id_number: str = ""
    employer: str = ""
    occupation: str = ""
    work_type: str = ""
    level: str = ""
    certificate_no: str = ""
    issued_on: date | None = None
    body_name: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class ResultListForm:
    """附件4《职业技能等级认定结果备案表(二)》 of one batch."""

    body_name: str = ""
    filler: str = ""
    filler_phone: str = ""
    filled_on: date | None = None
    rows: tuple[ResultListRow, ...] = ()


@dataclass(frozen=True)
class HistoryRow:
    """One line of 工作经历/培训经历: from and to by month, place and work, and a witness."""

    period: str = ""
    doing: str = ""
    witness: str = ""


@dataclass(frozen=True)
class ApplicationForm:
    """附件1《职业技能等级认定申报表》 of one candidate; unknown values print as blanks.

    `number` is the candidate's serial number in the roster. `occupation` reads "职业（工种）";
    `opinion_years` is in capitals (大写);
    `photo` is the content of a checked PNG or JPEG file, printed at 25 × 35 mm.
    """

    serial_no: str = ""
    name: str = ""
    gender: str = ""
    phone: str = ""
    education: str = ""
    id_number: str = ""
    employer: str = ""
    post: str = ""
    post_years: int | None = None
    employer_address: str = ""
    employer_phone: str = ""
    occupation: str = ""
    level: str = ""
    certificate_name: str = ""
    certificate_no: str = ""
    certificate_date: date | None = None
    certificate_issuer: str = ""
    history: tuple[HistoryRow, ...] = ()
    promised_on: date | None = None
    department: str = ""
    opinion_post: str = ""
    opinion_years: str = ""
    condition: str = ""
    opinion_on: date | None = None
    result: str = ""
    result_on: date | None = None
    photo: bytes = b""
    number: int = 0


Form = RosterForm | ArrangementForm | ResultSummaryForm | ResultListForm
"""The forms that a batch has one of; applications are one per candidate."""
