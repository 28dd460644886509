"""Was this form submitted before, so that nothing must be done twice?

Each form contains a one-time key. A second submission with the same content, as by a double click
or a reload, is answered with the first result; with other content it is a new act.
"""

from __future__ import annotations

import logging
import time
import zlib
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from flask import (
    Flask,
    Response,
    flash,
    g,
    has_request_context,
    jsonify,
    redirect,
    request,
    session,
)
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.core.accounts import sent_forms
from app.core.accounts.sent_forms import Result, SentBefore
from app.core.database import db
from app.core.security import visitor
from app.core.security.headers import csp_nonce
from app.core.transaction import abandon

log = logging.getLogger(__name__)

FIELD, HEADER = "form_key", "Idempotency-Key"
#: Routes that may be submitted repeatedly, because they only hand something out.
REPEATABLE = frozenset({"login", "logout", "export_chosen", "print_chosen"})
#: Seconds that a second submission waits for the first answer, and between two looks.
PATIENCE, PAUSE = 20.0, 0.1
#: The largest page, in bytes, that is stored as an answer.
LARGEST = 2 * 2**20
READ = 2**20

AGAIN = "这张表单已经提交过，没有重复办理；下面是第一次提交的结果"
UNKNOWN = "这张表单已经提交并办理过，没有重复办理；请在列表中核对结果"


@dataclass
class Sent:
    """The form of this request; ``claimed`` once its act is committed.

    ``kept_back`` replaces an answer that contains a secret.
    """

    digest: str
    claiming: bool = False
    claimed: bool = False
    replayed: bool = False
    kept_back: tuple[str, str] | None = None


def install(app: Flask) -> None:
    """Add keys to forms, and process each form only once."""
    app.jinja_env.globals["form_key"] = lambda: token_urlsafe(18)
    app.before_request(_look)
    app.after_request(_keep)
    app.register_error_handler(SentBefore, _overtaken)
    target = db.session.session_factory
    if not event.contains(target, "before_commit", _claim):
        event.listen(target, "before_commit", _claim)
        event.listen(target, "after_commit", _claimed)
        event.listen(target, "after_rollback", _not_claimed)


def keep_back(message: str, location: str) -> None:
    """Do not store this answer, which shows a secret; repeat with a message and a redirect."""
    if (sent := g.get("sent_form")) is not None:
        sent.kept_back = (message, location)


def check() -> None:
    """Raise SentBefore again if a library has caught it."""
    sent = g.get("sent_form")
    if sent is not None and not sent.claimed and sent_forms.find(db.engine, sent.digest):
        raise SentBefore


def _look() -> Any:
    if request.method == "GET" or (request.endpoint or "").rpartition(".")[2] in REPEATABLE:
        return None
    key = request.form.get(FIELD) or request.headers.get(HEADER)
    if not key:
        return None
    g.sent_form = Sent(_digest(key))
    return _first_result(g.sent_form) if sent_forms.find(db.engine, g.sent_form.digest) else None


def _digest(key: str) -> str:
    found = sha256()
    actor = visitor.current_actor().id
    # The actor belongs to it: a key that is guessed or shared must not show somebody else's answer.
    for part in (actor, key, request.method, request.full_path, request.mimetype):
        found.update(f"{part}\n".encode("utf-8", "surrogatepass"))
    for name, value in request.form.items(multi=True):
        found.update(repr((name, value)).encode("utf-8", "surrogatepass"))
    for name, file in request.files.items(multi=True):
        found.update(repr((name, file.filename)).encode("utf-8", "surrogatepass"))
        while piece := file.stream.read(READ):
            found.update(piece)
        # Whoever reads the upload next must find it from its beginning.
        file.stream.seek(0)
    if not request.form and not request.files:
        found.update(request.get_data())
    return found.hexdigest()


def _of_request() -> Sent | None:
    return g.get("sent_form") if has_request_context() else None


def _claim(session: Session) -> None:
    sent = _of_request()
    # A savepoint is no end of an act: only what is committed counts as done.
    if sent is None or sent.claimed or sent.claiming or session.in_nested_transaction():
        return
    # Flush first: while others wait for this row, its holder should not wait for more locks.
    session.flush()
    sent_forms.claim(session, sent.digest)
    sent.claiming = True


def _claimed(session: Session) -> None:
    sent = _of_request()
    if sent is not None and sent.claiming and not session.in_nested_transaction():
        sent.claimed, sent.claiming = True, False


def _not_claimed(_session: Session) -> None:
    if (sent := _of_request()) is not None:
        sent.claiming = False


def _overtaken(_error: SentBefore) -> Any:
    abandon(db.session)
    return _first_result(g.sent_form)


def _keep(answer: Response) -> Any:
    """Store the answer to the form, or return the first one if another request was faster."""
    sent = _of_request()
    if sent is None or sent.replayed:
        return answer
    try:
        if sent.claimed:
            _write_down(sent, answer)
        elif sent_forms.find(db.engine, sent.digest) is not None:
            return _first_result(sent)
    except SQLAlchemyError:
        # The act is done and this answer is right; only a repetition would show less.
        log.exception("could not keep what a form was answered with")
    return answer


def _write_down(sent: Sent, answer: Response) -> None:
    is_file = "Content-Disposition" in answer.headers or answer.is_streamed
    # A refusal is to be tried again, and a file is handed out again rather than stored.
    if answer.status_code >= 400 or is_file:
        sent_forms.release(db.engine, sent.digest)
    elif sent.kept_back is not None:
        message, location = sent.kept_back
        result = Result(303, location, [("warning", message)])
        sent_forms.keep(db.engine, sent.digest, result)
    elif answer.location:
        # The framework flashes lazily translated texts, which must be fixed now.
        messages = [(kind, str(said)) for kind, said in session.get("_flashes", [])]
        result = Result(answer.status_code, answer.location, messages)
        sent_forms.keep(db.engine, sent.digest, result)
    else:
        page = answer.get_data()
        kept = zlib.compress(page) if len(page) <= LARGEST else b""
        # Status 0 says that the act was done but its page was too large to be shown again.
        status = answer.status_code if kept else 0
        result = Result(status, "", (), answer.mimetype or "", csp_nonce(), kept)
        sent_forms.keep(db.engine, sent.digest, result)


def _first_result(sent: Sent) -> Any:
    """Return the answer to the first submission, waiting for it if necessary."""
    sent.replayed = True
    end = time.monotonic() + PATIENCE
    found = sent_forms.find(db.engine, sent.digest)
    while found is not None and not found.status and time.monotonic() < end:
        time.sleep(PAUSE)
        found = sent_forms.find(db.engine, sent.digest)
    if found is None or not found.status:
        return _unknown()
    if found.location:
        for category, message in [("info", AGAIN), *found.messages]:
            flash(message, category)
        return redirect(found.location, found.status)
    # The stored page's scripts and styles carry the nonce of the first answer.
    g.csp_nonce = found.nonce
    return Response(zlib.decompress(found.page), found.status, mimetype=found.mimetype)


def _unknown() -> Any:
    if visitor.by_key() or request.accept_mimetypes.best == "application/json":
        answer = jsonify(code=409, message=UNKNOWN)
        answer.status_code = 409
        return answer
    flash(UNKNOWN, "warning")
    return redirect("/", 303)
