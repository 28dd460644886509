"""Which commands make moves and show what is possible?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from app.core.cli.find import actor_for_move, actor_named, model_named, record_of
from app.core.cli.frame import act_as, command
from app.core.database import db
from app.core.declarations.behaviour import state_label
from app.core.workflow import moves as workflow

#: Further numbers that ``status`` shows for a record, by its table.
COUNTS: dict[type[Any], Callable[[Any], dict[str, int]]] = {}


@command("act")
@click.argument("entity")
@click.argument("number")
@click.argument("move")
@click.option("--as", "username", help="以该登录名办理")
@click.option("--note", default="", help="意见或理由")
@click.option("--acknowledge", multiple=True, help="已知悉的提醒（其标识，可重复），须写明理由")
def act(
    *,
    entity: str,
    number: str,
    move: str,
    username: str | None,
    note: str,
    acknowledge: tuple[str, ...],
) -> dict[str, Any]:
    """办理一步：act batch DEMO-2021-0001 submit。"""
    model = model_named(entity)
    actor = act_as(actor_for_move(username, record_of(model, number), move))
    db.session.expunge_all()
    record = record_of(model, number)
    step = workflow.act(db.session, actor, record, move, note, acknowledge)
    return {
        "entity": model.__name__.lower(),
        "no": number,
        "move": step.move,
        "from": step.source,
        "to": step.target,
        "state": step.target,
        "label": state_label(model.__name__, step.target),
        "by": actor.username,
        "at": step.at,
    }


@command("moves")
@click.argument("entity")
@click.argument("number")
@click.option("--as", "username", required=True, help="该用户现在能办什么")
def moves(*, entity: str, number: str, username: str) -> dict[str, Any]:
    """某用户现在能办什么，其余为什么不能。"""
    model = model_named(entity)
    actor = act_as(actor_named(username))
    record = record_of(model, number)
    offers = workflow.offers(db.session, actor, record, everything=True, rules=True)
    return {
        "entity": model.__name__.lower(),
        "no": number,
        "state": record.state,
        "moves": [
            {
                "move": offer.move.name,
                "label": offer.move.label,
                "allowed": offer.allowed,
                "kind": offer.kind,
                "why": offer.why,
            }
            for offer in offers
        ],
    }


@command("status")
@click.argument("entity")
@click.argument("number")
@click.option("--as", "username", help="以该登录名查看")
def status(*, entity: str, number: str, username: str | None) -> dict[str, Any]:
    """记录的状态、办理过程和数量。"""
    model = model_named(entity)
    if username:
        act_as(actor_named(username))
    record = record_of(model, number)
    return {
        "entity": model.__name__.lower(),
        "no": number,
        "state": record.state,
        "label": state_label(model.__name__, record.state),
        "steps": [
            {
                "move": step.move,
                "from": step.source,
                "to": step.target,
                "by": step.actor_name,
                "at": step.at,
                "note": step.note,
            }
            for step in workflow.steps_of(db.session, record)
        ],
        "counts": count(record) if (count := COUNTS.get(model)) else {},
    }


COMMANDS = (act, moves, status)
