"""Which pages does a document have, and what do they look like before it is taken?"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import NotFound, NotPermitted, WrongState
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.models import Batch
from app.services.documents import documents
from app.sheets import forms

#: Resolution of page images in pixels per inch: readable on a screen.
PPI = 110


@dataclass(frozen=True)
class Preview:
    """A document to preview: its kind, title and number of pages."""

    kind: documents.Kind
    title: str
    pages: int


def opened(
    session: AnySession, actor: Actor, batch: Batch, name: str, only: frozenset[int] = frozenset()
) -> Preview:
    """Return the document with its number of pages.

    Previews with full identity numbers are audited. Raises NotFound, NotPermitted, WrongState.
    """
    kind = _allowed(session, actor, batch, name)
    documents.check_chosen(session, batch, only)
    made = documents.compose(session, batch, kind, only)
    if kind.personal:
        with transaction(session, actor):
            documents.note(session, batch, f"{kind.title}（预览）", personal=True)
    return Preview(kind, made.title, forms.pages_of(made))


def page_of(
    session: AnySession,
    actor: Actor,
    batch: Batch,
    name: str,
    page: int,
    only: frozenset[int] = frozenset(),
) -> bytes:
    """Return a PNG of one page (from 1). Raises NotFound, NotPermitted, WrongState."""
    kind = _allowed(session, actor, batch, name)
    documents.check_chosen(session, batch, only)
    made = documents.compose(session, batch, kind, only)
    try:
        return forms.page_image(made, page, PPI)
    except IndexError as error:
        raise NotFound(f"这张表没有第{page}页") from error


def _allowed(session: AnySession, actor: Actor, batch: Batch, name: str) -> documents.Kind:
    kind = documents.kind_named(name)
    why = documents.why_not(actor, kind)
    if why:
        raise NotPermitted(why)
    early = documents.not_yet(session, batch, kind)
    if early:
        raise WrongState(f"{kind.title}：{early}")
    return kind
