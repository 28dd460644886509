"""How do an evaluation body, its scope and number rules, and the people on its cards behave?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from app.core.declarations.behaviour import Behaviour, Behaviours
from app.core.declarations.procedure import Move, Procedure, State
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Assessor, Body, BodyNumberRule, BodyScope, Supervisor
from app.models.owners import ByCentre
from app.roles import FILERS, REVIEWERS
from app.rules.bodies.body_scope import approved_scope_problems, levels_problems
from app.rules.reference.credit_code import credit_code_problems
from app.rules.reference.identity import identity_problems
from app.rules.reference.period import period_problems
from app.rules.reference.phone import phone_problems
from app.rules.reference.work_type import belonging_problems
from app.services.certificates import number_rules
from app.services.reference import city_centres


def _body(session: AnySession, item: Body) -> list[Problem]:
    found = period_problems(item.valid_from, item.valid_to, "valid_to", "有效期")
    if item.credit_code:
        found.extend(credit_code_problems(item.credit_code))
    return found + city_centres.problems(session, item)


def _approved_row(session: AnySession, item: BodyScope) -> list[Problem]:
    found = belonging_problems(
        item.work_type.name, item.work_type.occupation_id, item.occupation.id
    )
    return found + levels_problems(item.lowest_level.order, item.highest_level.order)


def _submitting(session: AnySession, body: Body) -> list[Problem]:
    scoped = session.scalar(
        select(func.count()).select_from(BodyScope).where(BodyScope.body_id == body.id)
    )
    found = approved_scope_problems(int(scoped or 0))
    if body.credit_code:
        found.extend(credit_code_problems(body.credit_code))
    return found


def _number_rule(session: AnySession, actor: Actor, item: Any) -> None:
    if item.body is not None:  # the check for required fields reports a missing body
        number_rules.fill_in(item)


def _card(session: AnySession, item: Assessor | Supervisor) -> list[Problem]:
    found = period_problems(item.valid_from, item.valid_to, "valid_to", "有效期")
    if item.id_number:
        found.extend(identity_problems(item.id_number, kind="01"))
    if item.phone:
        found.extend(phone_problems(item.phone))
    return found


BODY = Procedure(
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
            "submit", "提交备案", ("draft", "returned"), "submitted", FILERS, note="optional",
            primary=True, confirm="提交 {n} 个机构的备案申请", answers=("return",),
            asks=_submitting,
        ),
        Move(
            "return", "退回补正", ("submitted",), "returned", REVIEWERS, note="required",
            danger=True, at=ByCentre(), apart=("submit",),
            confirm="退回 {n} 个机构的备案申请；意见一行写一条，由提交人逐条答复",
        ),
        Move(
            "recall", "收回", ("submitted",), "draft", FILERS, note="optional",
            takes_back=("submit",), confirm="收回 {n} 个机构的备案申请继续修改；只能收回一次",
        ),
        Move(
            "register", "准予备案", ("submitted",), "registered", REVIEWERS, note="optional",
            primary=True, at=ByCentre(), apart=("submit",), confirm="准予 {n} 个机构备案",
        ),
        Move(
            "suspend", "暂停", ("registered",), "suspended", REVIEWERS, note="required",
            danger=True, at=ByCentre(), confirm="暂停 {n} 个机构的评价资格",
        ),
        Move(
            "resume", "恢复", ("suspended",), "registered", REVIEWERS, note="required",
            at=ByCentre(), confirm="恢复 {n} 个机构的评价资格",
        ),
        Move(
            "cancel", "注销", ("registered", "suspended"), "cancelled", REVIEWERS,
            note="required", danger=True, at=ByCentre(), confirm="注销 {n} 个机构的备案",
        ),
    ),
)  # fmt: skip

BEHAVIOURS: Behaviours = {
    Body: Behaviour(procedure=BODY, check=_body),
    BodyScope: Behaviour(check=_approved_row),
    BodyNumberRule: Behaviour(
        saving=_number_rule, check=number_rules.problems, keeps=number_rules.in_use
    ),
    Assessor: Behaviour(check=_card),
    Supervisor: Behaviour(check=_card),
}
