"""What do all commands share: date, actor, output and errors?"""

from __future__ import annotations

import functools
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoTurn
from sqlalchemy.orm import Session

from app.core import clock, practice, scope, storage
from app.core.cli.words import ChineseCommand
from app.core.database import BUSY, db, is_busy
from app.core.declarations.limits import broken_limit
from app.core.errors import AppError, Busy, DiskTrouble, Problem, RulesBroken, Unacknowledged
from app.core.roles import SYSTEM, Actor
from app.core.transaction import abandon

REFUSED = 1

# Errors of values that should have been checked before; they must not be hidden as "busy".
_OUR_FAULT = (DataError, IntegrityError)


class Day(click.ParamType[date]):
    """A calendar date written as 2021-04-12."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; a wrong one ends the command with a hint."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"日期“{value}”不对，请写成 2021-04-24 的样子", param, ctx)


def command(
    name: str, *, text: Callable[[dict[str, Any]], str] | None = None, dated: bool = True
) -> Callable[[Callable[..., Any]], click.Command]:
    """Create a command with --json and --today, whose errors are Chinese and exit non-zero.

    ``text`` formats the answer unless JSON was requested. ``dated`` is False for commands that
    repair a database: merely opening a damaged file may change the log beside it.
    """

    def decorate(function: Callable[..., Any]) -> click.Command:
        @functools.wraps(function)
        def run(*, today: date | None, as_json: bool, **given: Any) -> None:
            with clock.set_to(today or (_practice_day() if dated else None)):
                scope.bind(db.session, SYSTEM)
                try:
                    answer = function(**given)
                except AppError as refusal:
                    abandon(db.session)
                    refuse(refusal, as_json=as_json)
                except (DiskTrouble, OSError) as error:
                    trouble = storage.trouble_of(error)
                    if trouble is None:
                        raise
                    refuse(trouble, as_json=as_json)
                except (DatabaseError, NoTurn) as error:
                    refuse(_refusal_of(error), as_json=as_json)
                else:
                    if text is not None and not as_json:
                        click.echo(text(answer))
                        return
                    show(answer, as_json=as_json)

        wrapped = click.option("--json", "as_json", is_flag=True, help="机器可读的输出")(run)
        wrapped = click.option("--today", type=Day(), help="把这一天当作今天")(wrapped)
        return click.command(name, cls=ChineseCommand)(with_appcontext(wrapped))

    return decorate


def _practice_day() -> date | None:
    """Return the day of a practice database; None where there is none, or no database yet."""
    try:
        if practice.looked_up(db.engine):
            with Session(db.engine) as session:
                return practice.day(session)
    except (DatabaseError, DiskTrouble, NoTurn):
        # The command itself says what the database refuses: some exist to repair it.
        logging.getLogger(__name__).debug("no practice day", exc_info=True)
    return None


def _refusal_of(error: Exception) -> AppError:
    """Return the error if a value is out of its limits, or the database cannot be used.

    Raises the original error if it is a mistake of ours.
    """
    limit = broken_limit(error)
    if limit is not None:
        abandon(db.session)
        return RulesBroken([limit.problem()])
    if isinstance(error, _OUR_FAULT):
        raise error
    if is_busy(error):
        return Busy(f"{BUSY}；没有改动任何数据")
    logging.getLogger(__name__).debug("database refused", exc_info=error)
    return AppError(
        "数据库连接不上，或表结构不是当前版本。请检查设置项 DATABASE_URL，再运行 make setup。"
    )


def show(answer: Mapping[str, Any], *, as_json: bool) -> None:
    """Print an answer as one JSON object, or with one line per entry."""
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
        return
    for name, value in answer.items():
        if isinstance(value, list):
            click.echo(f"{name}:")
            for one in value:
                click.echo(f"  {_line(one)}")
        else:
            click.echo(f"{name}: {_line(value)}")


def _line(value: Any) -> str:
    if isinstance(value, Mapping):
        # The code of a problem is for programs; people read the message beside it.
        hidden = {"code"} if "message" in value else set()
        shown = ((key, one) for key, one in value.items() if key not in hidden)
        return "  ".join(f"{key}={one}" for key, one in shown if one not in (None, ""))
    return str(value)


def refuse(refusal: AppError | DiskTrouble, *, as_json: bool) -> None:
    """Print the error on standard error, also as JSON if requested, and exit with status 1."""
    problems = list(refusal.problems) if isinstance(refusal, RulesBroken) else []
    if as_json:
        answer = {
            "error": type(refusal).__name__,
            "message": refusal.message,
            "problems": [problem_row(problem) for problem in problems],
        }
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
    for line in _reasons(refusal, problems):
        click.echo(f"不能办理：{line}", err=True)
    if isinstance(refusal, Unacknowledged):
        named = " ".join(f"--acknowledge {one}" for one in dict.fromkeys(p.code for p in problems))
        click.echo(f"确需办理的，加上：{named} --note '理由'", err=True)
    raise SystemExit(REFUSED)


def _reasons(refusal: AppError | DiskTrouble, problems: Sequence[Problem]) -> list[str]:
    """Return the error line by line, a general message before those of single rows."""
    if not problems:
        return [refusal.message]
    if refusal.message == "；".join(problem.message for problem in problems):
        return [in_terminal(replace(problem, row=None)) for problem in problems]
    return [refusal.message, *map(in_terminal, problems)]


def in_terminal(problem: Problem) -> str:
    """Return a problem as a line: row of the spreadsheet, message and place in the notice."""
    row = f"第{problem.row}行：" if problem.row is not None else ""
    clause = f"〔{problem.clause}〕" if problem.clause else ""
    return f"{row}{problem.message}{clause}"


def problem_row(problem: Problem) -> dict[str, Any]:
    """Return a problem as it appears in JSON answers."""
    return {
        "row": problem.row,
        "field": problem.field,
        "code": problem.code,
        "message": problem.message,
    }


def act_as(actor: Actor) -> Actor:
    """Make the command's session act for ``actor``."""
    scope.bind(db.session, actor)
    return actor
