"""Which photograph belongs to which candidate, stored or imported by file name?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from typing import Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from sqlalchemy import func, select

from app.core.errors import BadSheet, NotPermitted, WrongState
from app.core.records import editable, record
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Batch, Candidate, Material
from app.sheets.photo import LARGEST_MB, one_inch, photo_fault

PHOTO = "photo"
#: The most files in one archive.
MOST_FILES = 6000
#: Rows read at a time: their content would otherwise fill the memory.
PORTION = 20
_SERIAL = re.compile(r"^0*(\d{1,6})[\s_\-—.、]*(.*)$")
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db")

Status = Literal["new", "unchanged", "refused"]


@dataclass(frozen=True)
class FileResult:
    """Outcome of one file of the archive: whose photograph it is, or why it was refused."""

    name: str
    status: Status
    person: str = ""
    message: str = ""


def of_batch(
    session: AnySession, batch_ids: Sequence[int], only: frozenset[int] = frozenset()
) -> dict[int, bytes]:
    """Map candidate id → their newest photograph as a JPEG, ready for a form.

    Content that is not a picture is left out. ``only`` restricts to candidates with these ids.
    """
    newest = (
        select(func.max(Material.id))
        .where(
            Material.batch_id.in_(batch_ids),
            Material.kind == PHOTO,
            Material.candidate_id.is_not(None),
            Material.destroyed_on.is_(None),
        )
        .group_by(Material.candidate_id)
    )
    rows = session.execute(
        select(Material.candidate_id, Material.content)
        .where(Material.id.in_(newest))
        .execution_options(yield_per=PORTION)
    )
    fitted = (
        (key, one_inch(content)) for key, content in rows if key and (not only or key in only)
    )
    return {key: photo for key, photo in fitted if photo}


def accept(session: AnySession, actor: Actor, batch: Batch, data: bytes) -> list[FileResult]:
    """Store the photographs of a .zip archive for the candidates that the file names mean.

    Names are 身份证号.jpg, 序号 姓名.jpg or 姓名.jpg. Return one result per file; a refused file
    does not affect the others. An earlier photograph is kept, but the newest one counts. Raises
    BadSheet if ``data`` is not an archive, NotPermitted, WrongState.
    """
    _refuse_closed(actor, batch)
    people = _People(session, batch)
    known = _digests(session, batch)
    results: list[FileResult] = []
    waiting: dict[int, Material] = {}
    with transaction(session, actor, operation="photos"):
        for name, content, why in _files(data):
            found, made = _judged(batch, people, known, name, content, why)
            if made is not None:
                waiting[len(results)] = made
            results.append(found)
            if len(waiting) == PORTION:
                _keep(session, actor, results, waiting)
        _keep(session, actor, results, waiting)
    return results


def _keep(
    session: AnySession, actor: Actor, results: list[FileResult], waiting: dict[int, Material]
) -> None:
    """Write the waiting materials; put the reason into the result of each refused one."""
    if not waiting:
        return
    refused = record.keep(session, actor, list(waiting.values())).refused
    for place, made in waiting.items():
        if made in refused:
            message = refused[made].message
            results[place] = replace(results[place], status="refused", message=message)
    waiting.clear()


def _refuse_closed(actor: Actor, batch: Batch) -> None:
    if not editable.may_add(actor, Material):
        raise NotPermitted("您的角色不能登记报名资料，请由办理认定业务的人员上传照片")
    why = closed_reason(batch)
    if why:
        raise WrongState(why)


def closed_reason(batch: Batch) -> str:
    """Return why the batch takes no more photographs; empty while it is open."""
    return editable.frozen_reason(Material(batch_id=batch.id, batch=batch, kind=PHOTO))


def _judged(
    batch: Batch,
    people: _People,
    known: dict[int, set[str]],
    name: str,
    content: bytes,
    why: str,
) -> tuple[FileResult, Material | None]:
    """Return a file's result and the material to write, or None where there is none."""
    person, unknown = people.meant_by(name)
    fault = why or unknown or photo_fault(content)
    if fault or person is None:
        return FileResult(name, "refused", str(person or ""), fault), None
    digest = sha256(content).hexdigest()
    if digest in known.setdefault(person.id, set()):
        return FileResult(name, "unchanged", str(person), "已有同一张照片"), None
    known[person.id].add(digest)
    made = Material(
        batch=batch,
        candidate=person,
        kind=PHOTO,
        filename=PurePosixPath(name).name[-200:],
        size=len(content),
        digest=digest,
        content=content,
    )
    return FileResult(name, "new", str(person)), made


def _digests(session: AnySession, batch: Batch) -> dict[int, set[str]]:
    """Map candidate id → digests of their stored photographs."""
    found: dict[int, set[str]] = {}
    rows = select(Material.candidate_id, Material.digest).where(
        Material.batch_id == batch.id, Material.kind == PHOTO, Material.candidate_id.is_not(None)
    )
    for key, digest in session.execute(rows):
        if key is not None:
            found.setdefault(key, set()).add(digest)
    return found


def _files(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Yield (name, content, why it was not read) for each file of the archive."""
    try:
        archive = ZipFile(BytesIO(data))
    except BadZipFile as error:
        raise BadSheet("文件不是 zip 压缩包或已损坏，请把照片打成 zip 压缩包后上传") from error
    with archive:
        entries = [one for one in archive.infolist() if not one.is_dir() and not _junk(one)]
        if not entries:
            raise BadSheet("压缩包里没有文件，请核对后重新选择")
        if len(entries) > MOST_FILES:
            raise BadSheet(f"压缩包里的文件超过 {MOST_FILES} 个，请分成几个压缩包上传")
        for one in entries:
            name = _name(one)
            if one.file_size > LARGEST_MB * 2**20:
                yield name, b"", f"照片超过 {LARGEST_MB} MB，请缩小后重新上传"
                continue
            try:
                yield name, archive.read(one), ""
            except (BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError):
                yield name, b"", "文件在压缩包里已损坏或加了密码，请重新打包"


def _junk(one: ZipInfo) -> bool:
    return any(one.filename.startswith(junk) or one.filename.endswith(junk) for junk in _JUNK)


def _name(one: ZipInfo) -> str:
    """Return the file name as written: Windows packs Chinese names as GBK without a flag."""
    if one.flag_bits & 0x800:
        return one.filename
    try:
        return one.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return one.filename


class _People:
    """The candidates of a batch by identity number, serial number and name."""

    def __init__(self, session: AnySession, batch: Batch) -> None:
        rows = session.scalars(
            select(Candidate).where(Candidate.batch_id == batch.id).order_by(Candidate.serial)
        ).all()
        self.by_number: Mapping[str, Candidate] = {one.id_number.upper(): one for one in rows}
        self.by_serial: Mapping[int, Candidate] = {one.serial: one for one in rows}
        self.by_name: dict[str, list[Candidate]] = {}
        for one in rows:
            self.by_name.setdefault(_bare(one.name), []).append(one)

    def meant_by(self, file: str) -> tuple[Candidate | None, str]:
        """Return the candidate that the file name means, or None and how to rename the file."""
        stem = PurePosixPath(file.replace("\\", "/")).stem.strip()
        if stem.upper() in self.by_number:
            return self.by_number[stem.upper()], ""
        if (numbered := _SERIAL.match(stem)) and len(numbered[1]) <= 6 and numbered[2]:
            return self._numbered(int(numbered[1]), _bare(numbered[2]))
        named = self.by_name.get(_bare(stem), [])
        if len(named) == 1:
            return named[0], ""
        if named:
            return None, f"名册里有{len(named)}位“{stem}”，请把文件名改为 身份证号 或 序号 姓名"
        return None, "名册里没有这个人，请把文件名改为 身份证号 或 序号 姓名，如 12 王小燕.jpg"

    def _numbered(self, serial: int, name: str) -> tuple[Candidate | None, str]:
        person = self.by_serial.get(serial)
        if person is None:
            return None, f"名册里没有序号 {serial}，请核对文件名"
        if _bare(person.name) != name:
            return None, f"序号 {serial} 是“{person.name}”，与文件名里的姓名不同，请核对"
        return person, ""


def _bare(name: str) -> str:
    return re.sub(r"[\s_·•.]+", "", name).casefold()
