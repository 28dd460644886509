"""How does a file leave: under which name, and from which routes?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from mimetypes import guess_type
from typing import IO, Any, TypeVar
from unicodedata import category
from urllib.parse import quote

from flask import Response, current_app, request, send_file
from werkzeug.http import dump_options_header

#: What the system's own list of media types may lack.
OFFICE = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: Of what was uploaded: it must never run inside a page of ours.
OPAQUE = "application/octet-stream"

#: Kinds of characters that have no place in a name: control, direction, half a pair, line ends.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

Route = TypeVar("Route", bound=Callable[..., Any])


def sends_file(route: Route) -> Route:
    """Declare that a route answers with a file, so that a test asks for one over the wire."""
    route.sends_file = True  # type: ignore[attr-defined]
    return route


def sent(content: bytes | IO[bytes], name: str, kind: str = "") -> Any:
    """The answer that saves a file under ``name``; ``kind`` is its media type where the name lies.

    An open file is closed once it is sent.
    """
    _check_declared()
    file = BytesIO(content) if isinstance(content, bytes) else content
    answer = send_file(file, kind or _kind_of(name))
    answer.headers["Content-Disposition"] = disposition(name)
    return answer


def sent_in_parts(parts: Iterable[bytes], name: str, size: int) -> Any:
    """The answer that saves a file of ``size`` bytes whose content comes in stretches."""
    _check_declared()
    answer = Response(parts, mimetype=_kind_of(name))
    answer.headers["Content-Disposition"] = disposition(name)
    answer.content_length = size
    return answer


def shown(content: bytes, kind: str, name: str = "") -> Any:
    """The answer that a page or a program shows by itself, called ``name`` where it is kept."""
    _check_declared()
    answer = send_file(BytesIO(content), kind)
    if name:
        answer.headers["Content-Disposition"] = disposition(name, "inline")
    return answer


def disposition(name: str, how: str = "attachment") -> str:
    """``Content-Disposition`` for a file of that name, in letters that a header may hold.

    A header is ASCII on the wire: the name is spelled by percent signs, and once more without what
    is not ASCII for a program that does not know them.
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
    """A route that nobody declared would be one that no test asks over the wire."""
    route = current_app.view_functions[request.endpoint or ""]
    if not getattr(route, "sends_file", False):
        raise TypeError(f"{request.endpoint} sends a file: declare it with @sends_file")
