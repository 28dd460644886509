"""Which commands handle spot checks: draw-spot-checks, verify-draw?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import click
from sqlalchemy import select

from app.core import clock
from app.core.cli.find import actor_named, record_of
from app.core.cli.frame import Day, act_as, command, problem_row
from app.core.cli.words import Whole
from app.core.database import db
from app.models import Centre, SpotCheckDraw, SpotCheckEntry
from app.rules.supervision.draw import Weights
from app.services.demonstration import stand_ins
from app.services.supervision import spot_checks
from app.services.supervision.spot_checks import Wish

#: The exams of the coming two months, of which the plans are known.
USUAL_SPAN = timedelta(days=60)


def _province() -> Any:
    centre = select(Centre.id).where(Centre.level == "province")
    return stand_ins.officer_of(db.session, db.session.scalars(centre).one())


def _act(username: str | None) -> Any:
    return act_as(actor_named(username) if username else _province())


@command("draw-spot-checks")
@click.option("--from", "first", type=Day(), help="考试日期起；不写则为今天")
@click.option("--to", "last", type=Day(), help="考试日期止；不写则为起始日后 60 天")
@click.option("--count", "wanted", type=Whole(), required=True, help="抽取几个批次")
@click.option("--seed", default="", help="随机种子；不写则自动生成并登记")
@click.option("--complaint-weight", type=Whole(), default=1, show_default=True, help="每件举报加权")
@click.option(
    "--finding-weight", type=Whole(), default=1, show_default=True, help="每次责令整改加权"
)
@click.option("--as", "username", help="以该登录名办理（省中心人员）")
def draw_spot_checks(
    *,
    first: date | None,
    last: date | None,
    wanted: int,
    seed: str,
    complaint_weight: int,
    finding_weight: int,
    username: str | None,
) -> dict[str, Any]:
    """随机抽取不定期抽查的批次，登记种子并安排抽查。"""
    actor, start = _act(username), first or clock.today()
    weights = Weights(complaint_weight, finding_weight)
    wish = Wish(start, last or start + USUAL_SPAN, wanted, seed, weights)
    made = spot_checks.make(db.session, actor, wish)
    chosen = db.session.scalars(
        select(SpotCheckEntry)
        .where(SpotCheckEntry.draw_id == made.id, SpotCheckEntry.chosen)
        .order_by(SpotCheckEntry.rank)
    )
    return {
        "draw": made.no,
        "seed": made.seed,
        "population": made.population,
        "chosen": [
            {"batch": one.batch.no, "weight": one.weight, "inspection": one.inspection.no}
            for one in chosen
            if one.inspection is not None
        ],
    }


@command("verify-draw")
@click.argument("number")
@click.option("--as", "username", help="以该登录名查看")
def verify_draw(*, number: str, username: str | None) -> dict[str, Any]:
    """用登记的种子重算一次抽取，核对结果。"""
    _act(username)
    found = spot_checks.verify(db.session, record_of(SpotCheckDraw, number))
    return {
        "draw": number,
        "repeated": not found,
        "problems": [problem_row(problem) for problem in found],
    }


COMMANDS = (draw_spot_checks, verify_draw)
