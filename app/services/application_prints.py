"""How do the application forms of chosen candidates leave: one file, or a file for each?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import select

from app.errors import AppError, NotFound, NotPermitted
from app.models import Batch, Candidate
from app.roles import Actor
from app.scope import AnySession
from app.services import prints
from app.services.prints import Taken
from app.sheets import forms
from app.sheets.zipped import pack

FORMS = ("pdf", "docx", "zip")
"""One file with a page each, or ``zip``: a PDF for each, named by number and name."""
Progress = Callable[[int, int], None]
#: So many forms are made between two words about the progress.
PORTION = 5


def check_form(form: str) -> None:
    """Raise NotFound for a format that there is not."""
    if form not in FORMS:
        raise NotFound(f"没有“{form}”这种格式，可用的有：{'、'.join(FORMS)}")


def batch_of(session: AnySession, keys: Sequence[int]) -> Batch:
    """The one batch of these candidates. Raises NotFound for none, AppError for several."""
    found = session.scalars(
        select(Batch)
        .where(Batch.id.in_(select(Candidate.batch_id).where(Candidate.id.in_(keys)).distinct()))
        .limit(2)
    ).all()
    if not found:
        raise NotFound("所选人员已不在您的管辖范围内，没有可打印的")
    if len(found) > 1:
        raise AppError("所选人员属于不同的批次，请先按认定批次筛选，再选择打印")
    return found[0]


def take(
    session: AnySession,
    actor: Actor,
    keys: Sequence[int],
    form: str,
    progress: Progress = lambda done, total: None,
) -> Taken:
    """附件1 of these candidates of one batch, in roster order; who took it is noted. Commits.

    The same data give the same bytes. Raises NotFound, NotPermitted, AppError (several batches).
    """
    check_form(form)
    kind = prints.kind_named("application")
    why = prints.why_not(actor, kind)
    if why:
        raise NotPermitted(why)
    batch, chosen = batch_of(session, keys), frozenset(keys)
    people = session.execute(
        select(Candidate.id, Candidate.serial, Candidate.name)
        .where(Candidate.batch_id == batch.id)
        .order_by(Candidate.serial, Candidate.id)
    )
    names = [f"{serial:04d} {name}" for key, serial, name in people if key in chosen]
    made = prints.compose(session, batch, kind, chosen)
    if not isinstance(made, forms.Composed) or len(made.sheets) != len(names):
        raise AppError("名册刚刚有改动，请刷新后重新选择")
    if form == "zip":
        content = _apart(made, names, progress)
    else:
        content = forms.write(made, form)
        progress(1, 1)
    title = f"{made.title} {names[0]}" if len(names) == 1 else f"{made.title}（{len(names)}人）"
    prints.note(session, batch, f"{kind.title}（{len(names)}人）", personal=True)
    session.commit()
    return Taken(forms.file_name(batch.no, title, form), content)


def _apart(made: forms.Composed, names: Sequence[str], progress: Progress) -> bytes:
    files = []
    for number, (sheet, name) in enumerate(zip(made.sheets, names, strict=True), start=1):
        alone = replace(made, sheets=(sheet,))
        files.append((forms.file_name(name, made.title, "pdf"), forms.write(alone, "pdf")))
        if number % PORTION == 0 or number == len(names):
            progress(number, len(names))
    return pack(files)
