"""How is a waiting upload shown page by page, and how are its headings assigned?"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.core.database import at_once, is_busy
from app.core.importing import judgements
from app.core.importing.entities import ROWS, model_of
from app.core.importing.heading_memory import Sender, learn, sender_of, sender_of_rows
from app.core.importing.judged_against import Basis, basis_of
from app.core.importing.judgements import Head, Packed, Page
from app.core.importing.result import Preview
from app.core.importing.uploads import check_waiting, preview_run
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.tables import ImportRun
from app.core.transaction import transaction


def page_of_run(
    session: AnySession, actor: Actor, run: ImportRun, number: int, *, only: bool
) -> Page:
    """Return a page of the upload's preview; raises as ``preview_run``.

    The file is judged again only if something that its judgement depended on has changed.
    """
    now = basis_of(session, actor, run, check_waiting(session, actor, run))
    head = judgements.find_head(session, run, now)
    if head is not None:
        return judgements.find_page(session, run, head, number, only=only)
    return judgements.page_of(_judge_again(session, actor, run, now), number, only=only)


def _head_of_run(session: AnySession, actor: Actor, run: ImportRun) -> Head:
    now = basis_of(session, actor, run, check_waiting(session, actor, run))
    head = judgements.find_head(session, run, now)
    return head or judgements.head_of(_judge_again(session, actor, run, now))


def _judge_again(session: AnySession, actor: Actor, run: ImportRun, now: Basis) -> Preview:
    shown = preview_run(session, actor, run)
    _keep_if_free(session, run, judgements.pack(shown, now))
    return shown


def _keep_if_free(session: AnySession, run: ImportRun, packed: Packed) -> None:
    """Store a judgement unless someone else is writing: viewing a page must not wait for locks."""
    try:
        with transaction(session):
            with at_once(session):
                judgements.forget(session, run)
            judgements.put(session, run, packed)
    except IntegrityError:
        pass  # another request has stored the same judgement
    except SQLAlchemyError as error:
        if not is_busy(error):
            raise


def map_headings(
    session: AnySession,
    actor: Actor,
    run: ImportRun,
    mapping: Mapping[str, str],
    remember: bool = False,  # noqa: FBT001, FBT002 - one tick of the form
) -> None:
    """Assign headings (by text) to fields; "" ignores a heading.

    Only differences from what was recognised are stored. ``remember`` also applies them to later
    sheets of the same sender.
    """
    head = _head_of_run(session, actor, run)
    known = {heading.key: heading.field for heading in head.headings}
    texts = {heading.text: heading.key for heading in head.headings}
    fields = {name for name, _label in head.fields}
    chosen = {texts.get(text, text): field for text, field in mapping.items()}
    changed = {
        key: field
        for key, field in chosen.items()
        if key in known and known[key] != field and (field in fields or field == "")
    }
    with transaction(session, actor):
        run.mapping = {**run.mapping, **changed}
        if remember:
            learn(session, _sender(session, actor, run), run.mapping)


def _sender(session: AnySession, actor: Actor, run: ImportRun) -> Sender:
    parent = check_waiting(session, actor, run)
    if parent is not None and run.kind != ROWS:
        return sender_of(parent, run.kind)
    return sender_of_rows(actor, model_of(run.entity))
