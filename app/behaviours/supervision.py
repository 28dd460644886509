"""How do complaints and inspections behave (流程六)?"""

from __future__ import annotations

from app.behaviours.archive import kept_with_batch
from app.behaviours.numbers import this_year
from app.core.declarations.behaviour import Behaviour, Behaviours, Numbered
from app.core.declarations.procedure import STAY, Move, Procedure, State
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.workflow import engine
from app.models import Complaint, Inspection
from app.models.owners import ByCentre
from app.roles import CENTRE, FILERS, REVIEWERS
from app.services.supervision import supervision


def _batch_suspended(session: AnySession, actor: Actor, inspection: Inspection) -> None:
    supervision.suspend(session, actor, inspection, inspection.batch)


def _body_suspended(session: AnySession, actor: Actor, inspection: Inspection) -> None:
    supervision.suspend(session, actor, inspection, inspection.batch.body)


def _reported(session: AnySession, actor: Actor, inspection: Inspection) -> None:
    """Add what the body says it has put right, below what it said before."""
    said = engine.last_note(session, inspection)
    inspection.rectification = f"{inspection.rectification}\n{said}".strip()


def _kept(session: AnySession, complaint: Complaint) -> list[Problem]:
    """Return why a complaint must be kept: as long as its batch, if it concerns one."""
    return [] if complaint.batch is None else kept_with_batch(session, complaint.batch)


#: What was found stays as it was reported (流程六).
AGAIN = "登记有误的，请另行登记一次督导检查并说明"

COMPLAINT = Procedure(
    entity="Complaint",
    label="投诉举报",
    states=(
        State("received", "已受理", "blue", "等待核查", waiting=True),
        State("investigating", "核查中", "teal", "正在核查", waiting=True),
        State("closed", "已办结", "green", "已有结论"),
    ),
    moves=(
        Move(
            "investigate", "开始核查", ("received",), "investigating", CENTRE, primary=True,
            confirm="开始核查 {n} 件举报",
        ),
        Move(
            "close", "办结", ("received", "investigating"), "closed", CENTRE, note="required",
            confirm="办结 {n} 件举报",
        ),
    ),
)  # fmt: skip

INSPECTION = Procedure(
    entity="Inspection",
    label="督导检查",
    states=(
        State("planned", "待实施", "grey", "已安排", waiting=True),
        State("done", "已完成", "green", "未发现需整改的问题", remedy=AGAIN),
        State("rectifying", "整改中", "orange", "等待评价机构整改", waiting=True, remedy=AGAIN),
        State("closed", "已销号", "green", "整改完成"),
    ),
    moves=(
        Move(
            "finish", "完成督导", ("planned",), "done", CENTRE, primary=True, at=ByCentre(),
            confirm="完成 {n} 次督导",
        ),
        Move(
            "order", "责令整改", ("planned", "done"), "rectifying", CENTRE, note="required",
            danger=True, at=ByCentre(), confirm="对 {n} 次督导发现的问题责令整改",
            asks=supervision.ordering_problems,
        ),
        Move(
            "report", "报送整改情况", ("rectifying",), STAY, FILERS, note="required", primary=True,
            confirm="报送 {n} 次督导的整改情况，写入督导记录，销号前可以再报",
            follows=_reported,
        ),
        Move(
            "close", "整改销号", ("rectifying",), "closed", CENTRE, note="required",
            at=ByCentre(), confirm="确认 {n} 次督导的问题已整改",
            asks=supervision.release_problems,
        ),
        Move(
            "suspend_batch", "责令暂停批次", ("rectifying",), STAY, REVIEWERS, note="required",
            danger=True, confirm="按 {n} 次督导的情况责令暂停所督导的批次",
            asks=supervision.suspension_problems, follows=_batch_suspended,
        ),
        Move(
            "suspend_body", "责令暂停机构", ("rectifying",), STAY, REVIEWERS, note="required",
            danger=True, confirm="按 {n} 次督导的情况暂停评价机构的评价资格",
            asks=supervision.body_suspension_problems, follows=_body_suspended,
        ),
    ),
)  # fmt: skip

BEHAVIOURS: Behaviours = {
    Complaint: Behaviour(procedure=COMPLAINT, keeps=_kept, numbering=Numbered(this_year("JB"))),
    Inspection: Behaviour(procedure=INSPECTION, numbering=Numbered(this_year("DD"))),
}
