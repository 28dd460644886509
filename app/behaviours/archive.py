"""How do archived files and applications to destroy them behave (流程八)?"""

from __future__ import annotations

from sqlalchemy import select

from app.behaviours.numbers import this_year
from app.core import clock
from app.core.declarations.behaviour import Behaviour, Behaviours, Numbered
from app.core.declarations.procedure import Move, Procedure, State
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import ArchiveFile, Batch, Destruction
from app.models.owners import ByCentre
from app.roles import FILERS, NO_ROLES, REVIEWERS
from app.rules.archive.retention import Medium, deletion_problems, keep_until
from app.services.archive import destructions
from app.services.reference.terms import terms

#: Rows of a finished batch's 存档目录: kind of document, carrier, title.
INDEX: tuple[tuple[str, str, str], ...] = (
    ("commission", "paper", "委托函"),
    ("plan", "electronic", "认定计划及公布材料"),
    ("application", "paper", "职业技能等级认定申报表及报名材料"),
    ("application", "electronic", "报名资料电子件"),
    ("roster", "paper", "职业技能等级认定人员名册备案表"),
    ("arrangement", "paper", "考务安排表"),
    ("paper", "paper", "试卷及评分标准"),
    ("agreement", "paper", "试卷印制保密协议"),
    ("answer", "paper", "答卷及评分记录"),
    ("score", "electronic", "成绩册"),
    ("media", "electronic", "考场录像"),
    ("publicity", "electronic", "结果公示材料"),
    ("result", "paper", "职业技能等级认定结果备案表"),
    ("certificate", "electronic", "证书发放记录"),
)


def index_files(session: AnySession, actor: Actor, batch: Batch) -> None:
    """Add the files of ``INDEX`` that the finished batch's archive index does not list yet."""
    today = clock.today()
    known = set(
        session.execute(
            select(ArchiveFile.kind, ArchiveFile.carrier).where(ArchiveFile.batch_id == batch.id)
        )
    )
    files = [
        ArchiveFile(
            batch=batch,
            kind=kind,
            carrier=carrier,
            title=f"{batch.no} {title}",
            archived_on=today,
            keep_until=keep_until(today, "paper" if carrier == "paper" else "electronic", terms()),
        )
        for kind, carrier, title in INDEX
        # A body may have listed some of its files before; those keep their own titles and dates.
        if (kind, carrier) not in known
    ]
    session.add_all(files)
    session.flush()
    engine.born(session, ARCHIVE_FILE, files, actor)


def kept_with_batch(_session: AnySession, batch: Batch) -> list[Problem]:
    """Return the problem with deleting an archived batch, or its child rows, before it is due.

    The longer of the paper and electronic retention periods applies; none before archiving.
    """
    if batch.archived_on is None:
        return []
    periods = terms()
    last = max(keep_until(batch.archived_on, kind, periods) for kind in ("paper", "electronic"))
    return deletion_problems(last, clock.today())


def _dated(session: AnySession, actor: Actor, item: ArchiveFile) -> None:
    item.archived_on = item.archived_on or clock.today()
    medium: Medium = "paper" if item.carrier == "paper" else "electronic"
    last = keep_until(item.archived_on, medium, terms())
    # Written down as another carrier, a file is kept longer, never less long than was said first.
    item.keep_until = max(last, item.keep_until or last)


def _fill_in(session: AnySession, actor: Actor, item: Destruction) -> None:
    if item.body is not None:
        item.centre = item.body.centre


ARCHIVE_FILE = Procedure(
    entity="ArchiveFile",
    label="资料存档",
    states=(
        State("kept", "保管中", "green", "妥善保管，可追溯、可倒查"),
        State("destroyed", "已销毁", "grey", "保管期满后按程序销毁，目录永久保留"),
    ),
    moves=(
        Move("destroy", "销毁", ("kept",), "destroyed", NO_ROLES, note="required", danger=True),
    ),
)

DESTRUCTION = Procedure(
    entity="Destruction",
    label="档案销毁",
    states=(
        State("draft", "草稿", "grey", "正在列资料，尚未提交"),
        State("submitted", "待批准", "blue", "等待另一人批准", waiting=True),
        State("approved", "待销毁", "orange", "已批准，等待实施销毁", waiting=True),
        State("executed", "已执行", "green", "已销毁，记录永久保存"),
        State("refused", "不予批准", "red", "资料继续保管"),
    ),
    moves=(
        Move(
            "submit", "提交销毁申请", ("draft",), "submitted", FILERS, note="optional",
            primary=True, confirm="提交 {n} 份销毁申请，提交后不能再改",
            asks=destructions.problems, follows=destructions.sent_in,
        ),
        Move(
            "recall", "收回", ("submitted",), "draft", FILERS, note="optional",
            takes_back=("submit",), confirm="收回 {n} 份销毁申请继续修改；只能收回一次",
            follows=destructions.taken_back,
        ),
        Move(
            "approve", "批准销毁", ("submitted",), "approved", REVIEWERS, note="optional",
            primary=True, at=ByCentre(), apart=("submit",),
            confirm="批准 {n} 份销毁申请",
            asks=destructions.problems, follows=destructions.allowed,
        ),
        Move(
            "refuse", "不予批准", ("submitted",), "refused", REVIEWERS, note="required",
            danger=True, at=ByCentre(), apart=("submit",),
            confirm="不批准 {n} 份销毁申请",
        ),
        Move(
            "execute", "登记销毁", ("approved",), "executed", FILERS, note="optional",
            primary=True,
            confirm="登记 {n} 份申请所列资料已经销毁；系统中的电子材料内容随即清除，不能恢复",
            asks=destructions.problems, follows=destructions.carried_out,
        ),
    ),
)  # fmt: skip

BEHAVIOURS: Behaviours = {
    ArchiveFile: Behaviour(procedure=ARCHIVE_FILE, saving=_dated),
    Destruction: Behaviour(
        procedure=DESTRUCTION,
        adding=_fill_in,
        check=destructions.listed_problems,
        numbering=Numbered(this_year("XH")),
    ),
}
