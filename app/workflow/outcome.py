"""How do a publicity, an objection, a complaint and an inspection move?"""

from __future__ import annotations

from app.core.workflow.engine import STAY, Move, State, Table
from app.roles import BODY_CLERK, CENTRE, CITY_ADMIN, PROVINCE_ADMIN

FILERS = CENTRE | {BODY_CLERK}
REVIEWERS = frozenset({CITY_ADMIN, PROVINCE_ADMIN})

PUBLICITY = Table(
    entity="Publicity",
    label="结果公示",
    states=(
        State("draft", "待公示", "grey", "尚未开始"),
        State("open", "公示中", "teal", "接受异议", waiting=True),
        State("closed", "公示结束", "green", "期满且无未处理的异议"),
        State("cancelled", "已取消", "red", "公示取消"),
    ),
    moves=(
        Move(
            "open", "开始公示", ("draft",), "open", FILERS, primary=True,
            confirm="开始 {n} 个公示",
        ),
        Move(
            "close", "结束公示", ("open",), "closed", FILERS, note="optional", primary=True,
            confirm="结束 {n} 个公示",
        ),
        Move(
            "cancel", "取消公示", ("draft", "open"), "cancelled", CENTRE, note="required",
            danger=True, confirm="取消 {n} 个公示",
        ),
    ),
)  # fmt: skip

OBJECTION = Table(
    entity="Objection",
    label="公示异议",
    states=(
        State("received", "待核查", "blue", "等待核查", waiting=True),
        State("upheld", "异议成立", "orange", "须更正结果"),
        State("rejected", "异议不成立", "green", "核查后不成立"),
    ),
    moves=(
        Move(
            "uphold", "认定成立", ("received",), "upheld", CENTRE, note="required",
            confirm="认定 {n} 条异议成立",
        ),
        Move(
            "reject", "认定不成立", ("received",), "rejected", CENTRE, note="required",
            confirm="认定 {n} 条异议不成立",
        ),
    ),
)  # fmt: skip

COMPLAINT = Table(
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

INSPECTION = Table(
    entity="Inspection",
    label="督导检查",
    states=(
        State("planned", "待实施", "grey", "已安排", waiting=True),
        State("done", "已完成", "green", "未发现需整改的问题"),
        State("rectifying", "整改中", "orange", "等待评价机构整改", waiting=True),
        State("closed", "已销号", "green", "整改完成"),
    ),
    moves=(
        Move(
            "finish", "完成督导", ("planned",), "done", CENTRE, primary=True, at="centre_id",
            confirm="完成 {n} 次督导",
        ),
        Move(
            "order", "责令整改", ("planned", "done"), "rectifying", CENTRE, note="required",
            danger=True, at="centre_id", confirm="对 {n} 次督导发现的问题责令整改",
        ),
        Move(
            "close", "整改销号", ("rectifying",), "closed", CENTRE, note="required",
            at="centre_id", confirm="确认 {n} 次督导的问题已整改",
        ),
        Move(
            "suspend_batch", "责令暂停批次", ("rectifying",), STAY, REVIEWERS, note="required",
            danger=True, confirm="按 {n} 次督导的情况责令暂停所督导的批次",
        ),
        Move(
            "suspend_body", "责令暂停机构", ("rectifying",), STAY, REVIEWERS, note="required",
            danger=True, confirm="按 {n} 次督导的情况暂停评价机构的评价资格",
        ),
    ),
)  # fmt: skip
