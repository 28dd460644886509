"""Which status and which words does an error get?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from app.core import storage
from app.core.database import BUSY, db, is_busy
from app.core.declarations.limits import broken_limit
from app.core.errors import (
    AppError,
    BadSheet,
    Busy,
    DatabaseDamaged,
    DiskFull,
    DiskRefused,
    DiskTrouble,
    NotFound,
    NotPermitted,
    Problem,
    RulesBroken,
    Stale,
    WrongState,
)
from app.core.security import visitor
from app.core.transaction import abandon

log = logging.getLogger(__name__)
Answer = tuple[str | Response, int]


@dataclass(frozen=True)
class Words:
    """The content of an error page: status, title, what happened, what to do next."""

    code: int
    title: str
    message: str = ""
    remedy: str = ""


BUSY_NOW = Words(503, "数据库正忙", BUSY, "别人的办理正在写入，请等一会儿再试。")
#: Seconds after which a program may retry.
AGAIN_AFTER = "10"
READING = frozenset({"GET", "HEAD", "OPTIONS"})

#: An AppError has its own message; the rest of its page is defined here.
REFUSALS: dict[type[AppError], Words] = {
    NotFound: Words(404, "没有找到", remedy="记录可能已被删除，或者不在您的管辖范围内。"),
    NotPermitted: Words(403, "没有权限", remedy="请由有权限的人员办理，或联系系统管理员。"),
    WrongState: Words(409, "现在不能办理", remedy="请返回核对记录的状态。"),
    RulesBroken: Words(422, "不符合规定", remedy="请按提示改正后再办理。"),
    BadSheet: Words(422, "文件无法读取", remedy="请按提示更正文件后重新上传。"),
    Stale: Words(409, "内容已被别人更新", remedy="请返回刷新，核对后重新办理。"),
    Busy: BUSY_NOW,
}

#: Disk errors are not the user's fault; they have their own message, too.
TROUBLES: dict[type[DiskTrouble], Words] = {
    DiskFull: Words(
        507,
        "磁盘空间不足",
        remedy="请联系系统管理员腾出磁盘空间，然后把刚才的操作再做一次。",
    ),
    DiskRefused: Words(
        503,
        "磁盘不能读写",
        remedy="请联系系统管理员检查磁盘和数据目录，然后把刚才的操作再做一次。",
    ),
    DatabaseDamaged: Words(503, "数据库已损坏", remedy="请立即联系系统管理员。"),
}

STATUSES: dict[int, Words] = {
    400: Words(400, "请求有误", "请求的内容不完整或格式不对。", "请返回上一页，检查后重试。"),
    401: Words(401, "需要登录", "登录已失效。", "请重新登录。"),
    403: Words(403, "没有权限", "您的角色不能使用这项功能。", "如有需要，请联系系统管理员。"),
    404: Words(404, "没有找到", "没有这个页面或记录，或者不在您的管辖范围内。"),
    405: Words(405, "操作方式不对", "这个地址不能这样使用。", "请从页面上的按钮进入。"),
    413: Words(413, "文件太大", "上传的内容超过了系统的限制。", "请缩小文件或分几次上传。"),
    415: Words(415, "内容格式不对", "这个地址不接收这种格式的内容。", "请从页面上的表单提交。"),
    429: Words(429, "操作太频繁", "短时间内的请求太多。", "请等一分钟再试。"),
    500: Words(500, "系统出错了", "系统遇到意外问题，刚才的操作没有保存。", "请稍后重试。"),
}

FORGED = Words(
    400,
    "页面已过期",
    "页面打开时间太长，或者登录已变化，提交没有被接受。",
    "请刷新后重新提交。",
)
SAVED_BY_OTHERS = "这条记录刚刚被别人保存过，请刷新后核对再保存"


def install(app: Flask) -> None:
    """Register an error page for every error."""
    app.register_error_handler(AppError, _refused)
    app.register_error_handler(DiskTrouble, _troubled)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(SQLAlchemyError, _busy)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _failed)


def _refused(error: AppError) -> Answer:
    words = next(
        (words for kind, words in REFUSALS.items() if isinstance(error, kind)), STATUSES[400]
    )
    if error.title:
        words = replace(words, title=error.title, remedy=error.remedy)
    problems = error.problems if isinstance(error, RulesBroken) else ()
    message = "有下列问题：" if len(problems) > 1 else error.message
    return _answer(words, message, problems)


def _troubled(error: DiskTrouble) -> Answer:
    log.error("the disk failed %s %s", request.method, request.path, exc_info=error)
    return _answer(TROUBLES[type(error)], error.message)


def _stale(_error: StaleDataError) -> Answer:
    return _refused(Stale(SAVED_BY_OTHERS))


def _busy(error: SQLAlchemyError) -> Answer:
    """Answer that the database is busy and keep the user's input; re-raise other errors.

    A value that it refuses outside of an act is answered like one within an act.
    """
    limit = broken_limit(error)
    if limit is not None:
        return _refused(RulesBroken([limit.problem()]))
    if not is_busy(error):
        raise error
    log.warning("database busy at %s %s", request.method, request.path)
    kept = _filled_in()
    page, number = _answer(BUSY_NOW, _what_is_lost(kept), filled_in=kept)
    answer = current_app.make_response((page, number))
    answer.headers["Retry-After"] = AGAIN_AFTER
    return answer, number


def _filled_in() -> list[tuple[str, str]]:
    """Return the posted fields for a retry; nothing if they contain a password or a file."""
    posted = list(request.form.items(multi=True))
    secret = any("password" in name for name, _ in posted)
    return [] if secret or request.files else posted


def _what_is_lost(kept: Sequence[tuple[str, str]]) -> str:
    if kept or request.is_json:
        return f"{BUSY}；您填写的内容没有丢失"
    if request.method in READING:
        return BUSY
    return f"{BUSY}；没有改动任何数据，请返回上一页重新提交"


def _forged(error: CSRFError) -> Answer:
    log.warning("refused a request without a valid token: %s", error.description)
    return _answer(FORGED, FORGED.message)


def _http(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code not in STATUSES:
        return _answer(STATUSES[400 if code < 500 else 500], "", code=code)
    answer = current_app.make_response(_answer(STATUSES[code], STATUSES[code].message))
    for name in ("Allow", "Retry-After"):
        if name in error.get_response().headers:
            answer.headers[name] = error.get_response().headers[name]
    return answer


def _failed(error: InternalServerError) -> Answer:
    trouble = storage.trouble_of(error.original_exception)
    if trouble is not None:
        return _troubled(trouble)
    # Flask has logged the error, which may contain personal data: the page shows only a number.
    reference = token_hex(4)
    log.error("error %s at %s %s", reference, request.method, request.path)
    words = STATUSES[500]
    return _answer(words, words.message, reference=reference)


def _answer(
    words: Words,
    message: str,
    problems: Sequence[Problem] = (),
    *,
    code: int = 0,
    reference: str = "",
    filled_in: Sequence[tuple[str, str]] = (),
) -> Answer:
    # Queries for the page must not run in a broken transaction.
    abandon(db.session)
    number, said = code or words.code, message or words.message
    menu = {"shell": None} if number >= 500 else {}
    if visitor.by_key() or request.accept_mimetypes.best == "application/json":
        listed = [
            {
                "field": one.field,
                "code": one.code,
                "message": one.message,
                "clause": one.clause,
                "severity": one.severity,
            }
            for one in problems
        ]
        return jsonify(code=number, message=said, problems=listed, reference=reference), number
    page = render_template(
        "errors/error.html",
        code=number,
        title=words.title,
        message=said,
        remedy=words.remedy,
        problems=problems if len(problems) > 1 else (),
        reference=reference,
        filled_in=filled_in,
        # A path that is not valid text cannot be decoded here, but then no form was posted either.
        again_url=request.full_path.rstrip("?") if filled_in else "",
        **menu,
    )
    return page, number
