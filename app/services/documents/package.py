"""What does a package contain: forms, attachments, the check, an index, digests?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import PurePosixPath
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from app.core.errors import NotPermitted, Problem
from app.core.history import file_versions
from app.core.jobs.job_kinds import Progress
from app.core.records.code_lists import code_lists, code_name
from app.core.roles import Actor, may_write
from app.core.scope import AnySession
from app.core.sheets.writing.zipped import Archive
from app.core.transaction import transaction
from app.models import Batch, Candidate, Material
from app.services.certificates import segments
from app.services.documents import documents
from app.services.documents.package_stages import Stage, stage_named
from app.services.filing import filing
from app.sheets import forms
from app.sheets.index_page import Listed, Remark, index_page

INDEX, DIGESTS = "目录.html", "SHA256SUMS.txt"
#: Attachments read at a time: their content would otherwise fill the memory.
PORTION = 20
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|\n\r\t', "-"))


def why_not(actor: Actor) -> str:
    """Return why the actor may not take packages; empty if they may."""
    if may_write(actor, Candidate.__area__):
        return ""
    return "材料包载有完整的证件号码和电话，只供办理认定业务的人员下载"


def make(
    session: AnySession,
    actor: Actor,
    batch: Batch,
    name: str,
    out: IO[bytes],
    progress: Progress = lambda done, total: None,
) -> str:
    """Write the package as a .zip to ``out``, a seekable binary file; return its file name.

    Audits who took it. Holds at most one document and ``PORTION`` attachments in memory. Equal
    data on the same day give equal bytes. Raises NotFound, NotPermitted.
    """
    stage = stage_named(name)
    why = why_not(actor)
    if why:
        raise NotPermitted(why)
    findings = _findings(session, batch, stage)
    early = _early(session, batch, stage)
    listed: list[Listed] = []
    with Archive(out) as archive:

        def put(path: str, what: str, content: bytes) -> None:
            archive.add(path, content)
            listed.append(Listed(path, what, len(content), sha256(content).hexdigest()))

        for path, what, content in _files(session, batch, stage, early, progress):
            put(path, what, content)
        put(f"{_checked(stage)}.json", _checked(stage), _as_json(findings))
        index = _index(batch, stage, listed, early, findings)
        sums = "".join(f"{one.digest}  {one.path}\n" for one in listed)
        archive.add(INDEX, index)
        archive.add(DIGESTS, f"{sums}{sha256(index).hexdigest()}  {INDEX}\n".encode())
    with transaction(session, actor):
        documents.note(session, batch, f"{stage.title}（{len(listed)}个文件）", personal=True)
    return forms.file_name(batch.no, stage.title, "zip")


def _early(session: AnySession, batch: Batch, stage: Stage) -> dict[str, str]:
    """Map name → reason for the documents that the batch does not have yet."""
    found = {
        name: documents.not_yet(session, batch, documents.kind_named(name))
        for name, _formats in stage.documents
    }
    return {name: reason for name, reason in found.items() if reason}


def _index(
    batch: Batch,
    stage: Stage,
    listed: Sequence[Listed],
    early: Mapping[str, str],
    findings: Sequence[Problem],
) -> bytes:
    remarks = [Remark(one.severity, one.message, one.clause) for one in findings]
    title = f"{batch.no} {stage.title}"
    left_out = [(documents.kind_named(name).title, reason) for name, reason in early.items()]
    return index_page(title, _facts(batch), listed, left_out, _checked(stage), remarks)


def _files(
    session: AnySession,
    batch: Batch,
    stage: Stage,
    early: Mapping[str, str],
    progress: Progress,
) -> Iterator[tuple[str, str, bytes]]:
    """Yield (path, title, content) of every document and attachment in order."""
    keys = _materials(session, batch) if stage.materials else ()
    # Weigh a document with a page per candidate by their number, to keep progress even.
    people = documents.people_of(session, batch) or 1
    weights = [
        people if documents.kind_named(name).each else 1 for name, _formats in stage.documents
    ]
    total, done = sum(weights) + len(keys), 0
    for number, (name, formats) in enumerate(stage.documents, start=1):
        kind, weight = documents.kind_named(name), weights[number - 1]
        done += weight
        if name in early:
            continue
        made = documents.compose(session, batch, kind)
        for form in formats:
            named = forms.file_name(f"{number:02d}", made.title, form)
            part = _part_of(progress, done - weight, weight, total)
            yield named, kind.title, forms.write(made, form, part)
        progress(done, total)
    names = _Names()
    for start in range(0, len(keys), PORTION):
        for one, called in _read(session, keys[start : start + PORTION]):
            yield names.path_of(one, called), called, one.content
        progress(min(done + start + PORTION, total), total)
    if stage.name == "archive":
        yield from _replaced(session, batch)


def _replaced(session: AnySession, batch: Batch) -> Iterator[tuple[str, str, bytes]]:
    """Yield the files that were examined and then replaced, each with when, by whom and why."""
    for one in file_versions.of_holder(session, Material, batch):
        if one.version is None or one.version.destroyed_at is not None:
            continue
        until, by = one.version.until, one.version.actor_name
        said = f"{one.filename}：{until:%Y-%m-%d}由{by}更换，{one.version.reason}"
        name = f"{until:%Y%m%d}-{one.version.id} {_safe(one.filename)}"
        yield f"报送后更换的资料/{name}", said, one.version.content


def _part_of(progress: Progress, done: int, weight: int, total: int) -> Progress:
    """Return a callback that maps one document's progress to that of the package."""

    def progress_of_part(pages: int, of: int) -> None:
        progress(done + weight * pages // of, total)

    return progress_of_part


def _materials(session: AnySession, batch: Batch) -> Sequence[int]:
    return session.scalars(
        select(Material.id)
        .outerjoin(Material.candidate)
        .where(Material.batch_id == batch.id)
        .order_by(Candidate.serial, Material.kind, Material.id)
    ).all()


def _read(session: AnySession, keys: Sequence[int]) -> Iterator[tuple[Material, str]]:
    kinds = code_lists(session).get("material_kind", ())
    found = session.scalars(
        select(Material)
        .where(Material.id.in_(keys))
        .options(undefer(Material.content), joinedload(Material.candidate))
    )
    rows = {one.id: one for one in found}
    for key in keys:
        yield rows[key], code_name(rows[key].kind, kinds)
        session.expunge(rows[key])


class _Names:
    """Chooses unique paths for the attachments of a package."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def path_of(self, one: Material, kind: str) -> str:
        """Return a path such as 报名资料/0012 王小燕/身份证.pdf.

        Materials of the whole batch go into the folder 批次.
        """
        person = one.candidate
        folder = "批次" if person is None else f"{person.serial:04d} {person.name}"
        end = PurePosixPath(one.filename).suffix.lower()
        base = f"报名资料/{_safe(folder)}/{_safe(kind)}"
        path, number = f"{base}{end}", 1
        while path in self.taken:
            number += 1
            path = f"{base}-{number}{end}"
        self.taken.add(path)
        return path


def _safe(name: str) -> str:
    """Return the name without characters that file systems reject, or outer dots and blanks."""
    clean = "".join(one for one in name.translate(_NOT_IN_A_NAME) if one.isprintable())
    return clean.strip(" .") or "-"


def _checked(stage: Stage) -> str:
    return "证书号段核对" if stage.name == "results" else "报送前检查"


def _findings(session: AnySession, batch: Batch, stage: Stage) -> list[Problem]:
    if stage.name == "results":
        return segments.check_segments(session, batch)
    return filing.problems(session, batch)


def _as_json(findings: Sequence[Problem]) -> bytes:
    listed = [
        {name: value for name, value in asdict(one).items() if value not in (None, "", ())}
        for one in findings
    ]
    return json.dumps({"findings": listed}, ensure_ascii=False, indent=1).encode()


def _facts(batch: Batch) -> list[tuple[str, str]]:
    last = batch.exam_end or batch.exam_date
    days = f"{batch.exam_date}" if last == batch.exam_date else f"{batch.exam_date} 至 {last}"
    facts = (
        ("批次编号", batch.no),
        ("批次名称", batch.name),
        ("评价机构", batch.body.name),
        ("委托企业", batch.enterprise.name if batch.enterprise else ""),
        ("认定日期", days),
        ("评价地点", batch.place or ""),
        ("填报人及电话", f"{batch.contact or ''} {batch.phone or ''}".strip()),
    )
    return [(name, text) for name, text in facts if text]
