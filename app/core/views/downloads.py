"""How is a file sent, under which name and by which routes?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from mimetypes import guess_type
from typing import IO, Any, TypeVar
from unicodedata import category
from urllib.parse import quote

from flask import Response, current_app, request, send_file
from werkzeug.http import dump_options_header

#: Media types that the operating system's list may not contain.
OFFICE = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: The media type of uploaded files, so that they never run inside our pages.
OPAQUE = "application/octet-stream"

#: Categories of characters not allowed in names: control, format, surrogate, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

Route = TypeVar("Route", bound=Callable[..., Any])


def sends_file(route: Route) -> Route:
    """Mark a route as sending a file, so that a test requests one over HTTP."""
    route.sends_file = True  # type: ignore[attr-defined]
    return route


def sent(content: bytes | IO[bytes], name: str, kind: str = "") -> Any:
    """Return the response that saves a file under ``name``.

    ``kind`` is its media type, by default that of the name. An open file is closed after sending.
    """
    _check_declared()
    file = BytesIO(content) if isinstance(content, bytes) else content
    answer = send_file(file, kind or _kind_of(name))
    answer.headers["Content-Disposition"] = disposition(name)
    return answer


def sent_in_parts(parts: Iterable[bytes], name: str, size: int) -> Any:
    """Return the response that saves a file of ``size`` bytes, given in parts."""
    _check_declared()
    answer = Response(parts, mimetype=_kind_of(name))
    answer.headers["Content-Disposition"] = disposition(name)
    answer.content_length = size
    return answer


def shown(content: bytes, kind: str, name: str = "") -> Any:
    """Return the response that a page or program displays; ``name`` is used for saving."""
    _check_declared()
    answer = send_file(BytesIO(content), kind)
    if name:
        answer.headers["Content-Disposition"] = disposition(name, "inline")
    return answer


def disposition(name: str, how: str = "attachment") -> str:
    """Return ``Content-Disposition`` for a file of that name.

    Headers are ASCII: another name is percent-encoded, with an ASCII approximation for programs
    that do not know this encoding.
    """
    clean = "".join("-" if category(one) in _UNSEEN else one for one in name) or "-"
    plain = clean.encode("ascii", "replace").decode().replace("?", "_")
    if plain == clean:
        return dump_options_header(how, {"filename": plain})
    spelled = f"UTF-8''{quote(clean, safe='')}"
    return dump_options_header(how, {"filename": plain, "filename*": spelled})


def _kind_of(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return OFFICE.get(ending) or guess_type(name)[0] or OPAQUE


def _check_declared() -> None:
    """Raise TypeError for an undeclared route, which no test would request over HTTP."""
    route = current_app.view_functions[request.endpoint or ""]
    if not getattr(route, "sends_file", False):
        raise TypeError(f"{request.endpoint} sends a file: declare it with @sends_file")
