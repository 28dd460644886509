"""Which documents does a batch have, who may take them, and in which file formats?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.core import audit
from app.core.errors import NotFound, NotPermitted, WrongState
from app.core.jobs.job_kinds import Progress
from app.core.roles import Actor, may_write
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Batch, Candidate
from app.services.certificates import certificate_sheets
from app.services.documents import annexes, exam_papers, missing_parts, notices
from app.sheets import forms

Made = forms.Composed | forms.Certificates
Fill = Callable[[AnySession, Batch, date], Made]

APART = "zip"
"""A PDF for each candidate, named by number and name, in one archive."""

FORMATS: Mapping[str, str] = {
    "xlsx": "Excel 工作簿",
    "pdf": "PDF",
    "docx": "Word 文档",
    APART: "逐人 PDF",
}
"""The file formats of a document."""

#: Up to ``AT_ONCE`` separate files, or one file for ``MANY`` people, are made within the request;
#: larger ones become a background job.
AT_ONCE, MANY = 60, 300

_ONE_FILE = tuple(form for form in FORMATS if form != APART)


Wanting = Callable[[AnySession, Batch], str]


def _nothing(_session: AnySession, _batch: Batch) -> str:
    """Return '' always: a blank document is useful as a form to fill in."""
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind of document: its title, its stage of the procedure and how it is composed.

    ``fill`` composes it for the batch; ``each`` for chosen candidates, where it has one part for
    each. ``personal`` ones show full identity numbers or telephones. ``formats`` are its keys of
    ``FORMATS``. ``wanting`` says why the batch does not have it yet.
    """

    name: str
    title: str
    stage: str
    fill: Fill
    personal: bool = True
    each: Callable[[AnySession, Batch, date, frozenset[int]], Made] | None = None
    formats: tuple[str, ...] = _ONE_FILE
    wanting: Wanting = _nothing


@dataclass(frozen=True)
class Taken:
    """A file to hand out: its name, as a centre would choose it, and its bytes."""

    filename: str
    content: bytes


FILING, EXAM, RESULTS, ARCHIVE = "实施备案", "组织考评", "结果确认", "资料存档"

_KINDS = (
    Kind(
        "application", "附件1 申报表", FILING, annexes.applications_form,
        each=annexes.applications_form, formats=tuple(FORMATS),
    ),
    Kind("roster", "附件2 人员名册备案表", FILING, annexes.roster_form),
    Kind("arrangement", "附件3 考务安排表", FILING, annexes.arrangement_form, personal=False),
    Kind(
        "commission-letter", "委托函", FILING, notices.commission_letter, personal=False,
        wanting=missing_parts.letter,
    ),
    Kind(
        "sign-in-sheet", "考生签到表", EXAM, exam_papers.sign_in_sheets,
        wanting=missing_parts.sessions,
    ),
    Kind(
        "desk-label", "座位标签", EXAM, exam_papers.desk_labels, personal=False,
        wanting=missing_parts.sessions,
    ),
    Kind(
        "publicity-notice", "结果公示", RESULTS, notices.publicity_notice, personal=False,
        wanting=missing_parts.publicity,
    ),
    Kind(
        "result-notice", "结果通知单", RESULTS, notices.result_notices, each=notices.result_notices,
        formats=tuple(FORMATS), wanting=missing_parts.scores,
    ),
    Kind(
        "result-summary", "附件4 结果备案表（一）", RESULTS, annexes.summary_form, personal=False
    ),
    Kind("result-list", "附件4 结果备案表（二）", RESULTS, annexes.list_form),
    Kind(
        "certificate", "职业技能等级证书", RESULTS, certificate_sheets.of_batch,
        each=certificate_sheets.of_batch, formats=("pdf",),
        wanting=missing_parts.certificates,
    ),
    Kind(
        "archive-inventory", "资料存档目录", ARCHIVE, notices.archive_inventory, personal=False
    ),
)  # fmt: skip

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}
"""Every kind of document by name, in the order of the procedure."""


def kind_named(name: str) -> Kind:
    """Return the kind called ``name``. Raises NotFound, listing the known names."""
    if name not in KINDS:
        known = "、".join(f"{one.name}（{one.title}）" for one in KINDS.values())
        raise NotFound(f"没有名为“{name}”的表格，可用的有：{known}")
    return KINDS[name]


def why_not(actor: Actor, kind: Kind) -> str:
    """Return why the actor may not take the document; empty if they may.

    As in exported lists, full identity numbers are only for those who may edit candidates.
    """
    if not kind.personal or may_write(actor, Candidate.__area__):
        return ""
    return "这张表载有完整的证件号码和电话，只供办理认定业务的人员下载；查阅请用列表"


def not_yet(session: AnySession, batch: Batch, kind: Kind, form: str = "") -> str:
    """Return why the batch does not have this document yet; empty if it has."""
    if form == APART:
        return missing_parts.candidates(session, batch) or kind.wanting(session, batch)
    return kind.wanting(session, batch)


def check_chosen(session: AnySession, batch: Batch, only: frozenset[int]) -> None:
    """Raise NotFound unless all the ids ``only`` are candidates of the batch."""
    mine = select(func.count()).where(Candidate.batch_id == batch.id, Candidate.id.in_(only))
    if only and session.scalar(mine) != len(only):
        raise NotFound("所选人员不在这个批次里，或刚刚有改动，请刷新后重新选择")


def people_of(session: AnySession, batch: Batch) -> int:
    """Count the candidates of the batch."""
    counted = select(func.count()).select_from(Candidate).where(Candidate.batch_id == batch.id)
    return session.scalar(counted) or 0


def of_many(session: AnySession, batch: Batch) -> bool:
    """Return whether a page per candidate is too much work for one request."""
    return people_of(session, batch) > MANY


def compose(
    session: AnySession, batch: Batch, kind: Kind, only: frozenset[int] = frozenset()
) -> Made:
    """Compose the document in the edition in force for the batch.

    The edition follows the submission date, or else the exam date. ``only`` restricts a document
    with one part per candidate to these ids.
    """
    on = batch.submitted_on or batch.exam_date
    if only and kind.each is not None:
        return kind.each(session, batch, on, only)
    return kind.fill(session, batch, on)


def take(
    session: AnySession,
    actor: Actor,
    batch: Batch,
    name: str,
    form: str = "xlsx",
    only: frozenset[int] = frozenset(),
    progress: Progress = lambda done, total: None,
) -> Taken:
    """Return the document as a file, and audit who took it.

    Equal data give equal bytes. Raises NotFound for an unknown document or format, or for ids
    ``only`` outside the batch; NotPermitted; WrongState while the batch does not have it yet.
    """
    kind = kind_named(name)
    check_format(kind, form)
    why = why_not(actor, kind)
    if why:
        raise NotPermitted(why)
    early = not_yet(session, batch, kind, form)
    if early:
        raise WrongState(f"{kind.title}：{early}")
    check_chosen(session, batch, only)
    made = compose(session, batch, kind, only)
    if isinstance(made, forms.Certificates) and not made.certificates:
        raise WrongState("所选人员还没有核发的证书")
    chosen = _chosen(made, kind, only)
    content = _written(made, form, progress)
    title = f"{kind.title}（{len(only)}人）" if chosen else kind.title
    with transaction(session, actor):
        note(session, batch, title, personal=kind.personal)
    return Taken(forms.file_name(batch.no, f"{made.title}{chosen}", form), content)


def check_format(kind: Kind, form: str) -> None:
    """Raise NotFound, listing the known formats, if ``kind`` does not have the format."""
    if form not in kind.formats:
        raise NotFound(f"{kind.title}没有“{form}”这种格式，可用的有：{'、'.join(kind.formats)}")


def _written(made: Made, form: str, progress: Progress) -> bytes:
    if form == APART and isinstance(made, forms.Composed):
        return forms.write_apart(made, progress)
    return forms.write(made, form, progress)


def _chosen(made: Made, kind: Kind, only: frozenset[int]) -> str:
    """Return what the file name says of a selection; empty for the whole batch."""
    if not only or kind.each is None or not isinstance(made, forms.Composed):
        return ""
    return f" {made.sheets[0].name}" if len(only) == 1 else f"（{len(only)}人）"


def note(session: AnySession, batch: Batch, title: str, *, personal: bool) -> None:
    """Audit that a document was taken."""
    shown = {"证件号码": [None, "完整"]} if personal else {}
    noted = {"表格": [None, title], **shown}
    audit.write(session, "Batch", "export", [(batch.id, batch.no, noted)])
