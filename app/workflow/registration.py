"""How do a body's registration, a commission and a plan move?"""

from __future__ import annotations

from app.core.workflow.engine import Move, State, Table
from app.roles import BODY_CLERK, CENTRE, CITY_ADMIN, PROVINCE_ADMIN

FILERS = CENTRE | {BODY_CLERK}
REVIEWERS = frozenset({CITY_ADMIN, PROVINCE_ADMIN})

BODY = Table(
    entity="Body",
    label="评价机构",
    states=(
        State("draft", "草稿", "grey", "正在登记备案材料"),
        State("submitted", "待审核", "blue", "等待备案中心审核", waiting=True),
        State("returned", "已退回", "orange", "补正后重新提交", waiting=True),
        State("registered", "已备案", "green", "可在备案范围和有效期内开展评价"),
        State("suspended", "已暂停", "red", "责令暂停评价"),
        State("cancelled", "已注销", "red", "备案已注销"),
    ),
    moves=(
        Move(
            "submit", "提交备案", ("draft", "returned"), "submitted", FILERS, primary=True,
            confirm="提交 {n} 个机构的备案申请",
        ),
        Move(
            "return", "退回补正", ("submitted",), "returned", REVIEWERS, note="required",
            danger=True, at="centre_id", apart="submit", confirm="退回 {n} 个机构的备案申请",
        ),
        Move(
            "register", "准予备案", ("submitted",), "registered", REVIEWERS, note="optional",
            primary=True, at="centre_id", apart="submit", confirm="准予 {n} 个机构备案",
        ),
        Move(
            "suspend", "暂停", ("registered",), "suspended", REVIEWERS, note="required",
            danger=True, at="centre_id", confirm="暂停 {n} 个机构的评价资格",
        ),
        Move(
            "resume", "恢复", ("suspended",), "registered", REVIEWERS, note="required",
            at="centre_id", confirm="恢复 {n} 个机构的评价资格",
        ),
        Move(
            "cancel", "注销", ("registered", "suspended"), "cancelled", REVIEWERS,
            note="required", danger=True, at="centre_id", confirm="注销 {n} 个机构的备案",
        ),
    ),
)  # fmt: skip

COMMISSION = Table(
    entity="Commission",
    label="委托评价",
    states=(
        State("draft", "草稿", "grey", "企业与评价机构商定中"),
        State("submitted", "待委托", "blue", "等待有权限的中心审核", waiting=True),
        State("returned", "已退回", "orange", "修改后重新提交", waiting=True),
        State("commissioned", "已委托", "green", "已出具委托函"),
        State("withdrawn", "已撤回", "red", "不再委托"),
    ),
    moves=(
        Move(
            "submit", "提交委托申请", ("draft", "returned"), "submitted", FILERS, primary=True,
            confirm="提交 {n} 份委托申请",
        ),
        Move(
            "return", "退回", ("submitted",), "returned", REVIEWERS, note="required",
            danger=True, at="centre_id", apart="submit", confirm="退回 {n} 份委托申请",
        ),
        Move(
            "commission", "出具委托函", ("submitted",), "commissioned", REVIEWERS,
            note="optional", primary=True, at="centre_id", apart="submit",
            confirm="同意委托并为 {n} 份申请编号出具委托函",
        ),
        Move(
            "withdraw", "撤回", ("draft", "submitted", "returned", "commissioned"), "withdrawn",
            FILERS, note="required", danger=True, confirm="撤回 {n} 份委托",
        ),
    ),
)  # fmt: skip

PLAN = Table(
    entity="Plan",
    label="认定计划",
    states=(
        State("draft", "草稿", "grey", "正在制定"),
        State("published", "已公布", "green", "已公开公布，可以报名"),
        State("closed", "已结束", "grey", "计划已执行完毕"),
        State("withdrawn", "已撤销", "red", "不再执行"),
    ),
    moves=(
        Move(
            "publish", "公布", ("draft",), "published", FILERS, primary=True,
            confirm="公布 {n} 个认定计划",
        ),
        Move("close", "结束", ("published",), "closed", FILERS, confirm="结束 {n} 个认定计划"),
        Move(
            "withdraw", "撤销", ("draft", "published"), "withdrawn", FILERS, note="required",
            danger=True, confirm="撤销 {n} 个认定计划",
        ),
    ),
)  # fmt: skip
