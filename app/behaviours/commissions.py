"""How do enterprises, their commissions, the plans and their pass rules behave?"""

from __future__ import annotations

from sqlalchemy import func, select

from app.behaviours.numbers import this_year
from app.core import clock
from app.core.declarations.behaviour import Behaviour, Behaviours, Numbered
from app.core.declarations.field import describe
from app.core.declarations.procedure import Move, Procedure, State
from app.core.errors import Problem
from app.core.records.numbering import next_value
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Commission, Enterprise, Plan, PlanPassRule
from app.models.owners import ByCentre
from app.roles import FILERS, REVIEWERS
from app.rules.commissions.authority import authority_problems
from app.rules.commissions.commission import commission_problems, plan_problems
from app.rules.commissions.pass_rule import pass_rule_problems, pass_rule_twice_problems
from app.rules.reference.credit_code import credit_code_problems
from app.rules.reference.period import period_problems
from app.services.commissions import commission_facts
from app.services.filing import filing
from app.services.reference import city_centres
from app.services.results import scoring


def _enterprise(session: AnySession, item: Enterprise) -> list[Problem]:
    return [*credit_code_problems(item.credit_code), *city_centres.problems(session, item)]


def _requested(session: AnySession, actor: Actor, item: Commission) -> None:
    item.requested_on = item.requested_on or clock.today()


def _authority(session: AnySession, item: Commission) -> list[Problem]:
    return authority_problems(commission_facts.authority_of(item))


def _problems(session: AnySession, commission: Commission) -> list[Problem]:
    body = filing.body_facts(commission.body)
    return [
        *commission_problems(promised=commission.promise, body=body, today=clock.today()),
        *_authority(session, commission),
    ]


def _commissioned(session: AnySession, actor: Actor, commission: Commission) -> None:
    today = clock.today()
    number = next_value(session, f"委托函-{commission.centre.code}-{today.year}")
    mark = "冀" if commission.centre.level == "province" else commission.centre.name[:1]
    commission.letter_no = f"{mark}职鉴委〔{today.year}〕{number}号"
    commission.letter_date = today
    commission.valid_to = commission.valid_to or today.replace(month=12, day=31)


def _without_letter(session: AnySession, actor: Actor, commission: Commission) -> None:
    """Clear the letter: commissioned again, the request gets a new one with its own number."""
    commission.letter_no, commission.letter_date = "", None


def _plan(session: AnySession, item: Plan) -> list[Problem]:
    return period_problems(item.planned_from, item.planned_to, "planned_to", "计划")


def _publishing(session: AnySession, plan: Plan) -> list[Problem]:
    names = ("arrangement", "conditions", "content", "incentives")
    missing = [name for name in names if not getattr(plan, name)]
    return plan_problems([(name, describe(Plan).field(name).label) for name in missing])


def _published(session: AnySession, actor: Actor, plan: Plan) -> None:
    plan.published_on = clock.today()


def _unpublished(session: AnySession, actor: Actor, plan: Plan) -> None:
    plan.published_on = None


def _pass_rule(session: AnySession, item: PlanPassRule) -> list[Problem]:
    same = select(func.count(PlanPassRule.id)).where(
        PlanPassRule.plan_id == item.plan.id,
        PlanPassRule.id != (item.id or 0),
        PlanPassRule.occupation_id.is_not_distinct_from(item.occupation and item.occupation.id),
        PlanPassRule.level_id.is_not_distinct_from(item.level and item.level.id),
    )
    return [
        *pass_rule_problems(scoring.pass_rule_of(item)),
        *pass_rule_twice_problems(int(session.scalar(same) or 0)),
    ]


COMMISSION = Procedure(
    entity="Commission",
    label="委托评价",
    states=(
        State("draft", "草稿", "grey", "企业与评价机构商定中"),
        State("submitted", "待委托", "blue", "等待有权限的中心审核", waiting=True),
        State("returned", "已退回", "orange", "修改后重新提交", waiting=True),
        State("commissioned", "已委托", "green", "已出具委托函"),
        State("withdrawn", "已终止", "red", "不再委托"),
    ),
    moves=(
        Move(
            "submit", "提交委托申请", ("draft", "returned"), "submitted", FILERS, note="optional",
            primary=True, confirm="提交 {n} 份委托申请", answers=("return",),
            asks=_problems,
        ),
        Move(
            "return", "退回", ("submitted",), "returned", REVIEWERS, note="required",
            danger=True, at=ByCentre(), apart=("submit",),
            confirm="退回 {n} 份委托申请；意见一行写一条，由提交人逐条答复",
        ),
        Move(
            "commission", "出具委托函", ("submitted",), "commissioned", REVIEWERS,
            note="optional", primary=True, at=ByCentre(), apart=("submit",),
            confirm="同意委托并为 {n} 份申请编号出具委托函",
            asks=_problems, follows=_commissioned,
        ),
        Move(
            "recall", "收回", ("submitted",), "draft", FILERS, note="optional",
            takes_back=("submit",), confirm="收回 {n} 份委托申请继续修改；只能收回一次",
        ),
        Move(
            "withdraw", "终止", ("draft", "submitted", "returned", "commissioned"), "withdrawn",
            FILERS, note="required", danger=True, rare=True, confirm="终止 {n} 份委托，不再委托",
        ),
        Move(
            "reinstate", "恢复办理", ("withdrawn",), "draft", REVIEWERS, note="required",
            rare=True, at=ByCentre(),
            confirm="恢复办理 {n} 份已终止的委托，回到草稿；委托函重新编号出具",
            follows=_without_letter,
        ),
    ),
)  # fmt: skip

PLAN = Procedure(
    entity="Plan",
    label="认定计划",
    states=(
        State("draft", "草稿", "grey", "正在制定"),
        State("published", "已公布", "green", "已公开公布，可以报名"),
        State("closed", "已结束", "grey", "计划已执行完毕"),
        State("withdrawn", "已终止", "red", "不再执行"),
    ),
    moves=(
        Move(
            "publish", "公布", ("draft",), "published", FILERS, primary=True,
            confirm="公布 {n} 个认定计划",
            asks=_publishing, follows=_published,
        ),
        Move("close", "结束", ("published",), "closed", FILERS, confirm="结束 {n} 个认定计划"),
        Move(
            "withdraw", "终止", ("draft", "published"), "withdrawn", FILERS, note="required",
            danger=True, rare=True, confirm="终止 {n} 个认定计划，不再执行",
        ),
        Move(
            "reinstate", "恢复办理", ("withdrawn",), "draft", REVIEWERS, note="required",
            rare=True, confirm="恢复办理 {n} 个已终止的计划，回到草稿，重新公布",
            follows=_unpublished,
        ),
    ),
)  # fmt: skip

BEHAVIOURS: Behaviours = {
    Enterprise: Behaviour(check=_enterprise),
    Commission: Behaviour(
        procedure=COMMISSION,
        adding=_requested,
        check=_authority,
        numbering=Numbered(this_year("WT")),
    ),
    Plan: Behaviour(
        procedure=PLAN,
        check=_plan,
        numbering=Numbered(lambda item: f"JH-{item.year or clock.today().year}"),
    ),
    PlanPassRule: Behaviour(check=_pass_rule),
}
