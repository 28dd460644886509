"""Which code does a text mean, and what is the name of a code?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.core.records.read_once import read_once
from app.core.scope import AnySession
from app.core.tables import CodeItem, CodeKind
from app.core.wording import fold


@dataclass(frozen=True)
class CodeName:
    """One value of a code list."""

    code: str
    name: str
    aliases: tuple[str, ...]
    active: bool


def split_aliases(text: str) -> tuple[str, ...]:
    """Split the aliases of a row, which are separated by |."""
    return tuple(part.strip() for part in text.split("|") if part.strip())


@read_once
def code_lists(session: AnySession) -> dict[str, tuple[CodeName, ...]]:
    """Return all code lists by kind, each in its own order; takes one statement."""
    found: dict[str, list[CodeName]] = {}
    rows = session.execute(
        select(CodeKind.kind, CodeItem.code, CodeItem.name, CodeItem.aliases, CodeItem.active)
        .join(CodeItem.kind)
        .order_by(CodeKind.kind, CodeItem.order, CodeItem.code)
    )
    for kind, code, name, aliases, active in rows:
        found.setdefault(kind, []).append(CodeName(code, name, split_aliases(aliases), active))
    return {kind: tuple(items) for kind, items in found.items()}


def code_for(text: str, items: Iterable[CodeName]) -> str | None:
    """Return the active code that the text means, by code, name or alias; None if none does."""
    wanted = fold(text).lower()
    for item in items:
        forms = (item.code, item.name, *item.aliases)
        if item.active and wanted in {fold(form).lower() for form in forms}:
            return item.code
    return None


def code_name(code: str, items: Iterable[CodeName]) -> str:
    """Return the name of a code, or the code itself if the list does not contain it."""
    return next((item.name for item in items if item.code == code), code)
