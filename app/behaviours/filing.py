"""How does a batch behave, and how does it move from draft to archive (流程五 to 流程八)?"""

from __future__ import annotations

from typing import Any

from app.behaviours import batch_conditions as moves
from app.behaviours.archive import kept_with_batch
from app.core import clock
from app.core.declarations.behaviour import Behaviour, Behaviours, Numbered
from app.core.declarations.procedure import BACK, STAY, Move, Procedure, State
from app.core.errors import Problem
from app.core.roles import Actor
from app.core.scope import AnySession
from app.models import Batch, Material
from app.models.owners import ByCentre
from app.roles import CENTRE, CITY_CLERK, FILERS, REVIEWERS
from app.rules.filing.submission import calendar_problems
from app.rules.reference.period import period_problems
from app.services.filing import files, late_filing, place
from app.services.reference.terms import calendar, terms

BEFORE_RESULTS = ("filed", "examining", "scored", "publicising")
#: Who put the results together does not examine them.
RESULTS_BY = ("score", "publicise", "submit_results")
#: Registration is a second examination, by somebody who had no part in what it examines, also where
#: the centre of the place is the one that approved the body (流程五, 流程七).
EXAMINED_BY = ("submit", "file", *RESULTS_BY, "review_results")
#: The remedy once certificates are numbered: errors are corrected through an application.
ON_CERTIFICATES = "证书上的内容有误，请在“证书变更”中申请更正"

BATCH = Procedure(
    entity="Batch",
    label="认定批次",
    short="批次",
    reviewer="评价所在地市中心",
    states=(
        State("draft", "草稿", "grey", "评价机构正在准备名册和考务安排"),
        State("submitted", "已提交", "blue", "等待评价所在地市中心审核", waiting=True),
        State("returned", "已退回", "orange", "市中心退回，修改后重新报送", waiting=True),
        State("filed", "已备案", "teal", "审核通过并已向批准中心备案，等待考评", waiting=True),
        State("examining", "考评中", "teal", "正在考评，等待录入成绩", waiting=True),
        State("scored", "成绩已录", "teal", "成绩齐全，等待公示", waiting=True),
        State("publicising", "公示中", "teal", "结果正在公示", waiting=True),
        State("results_submitted", "结果已报", "blue", "等待市中心审核结果", waiting=True),
        State("results_returned", "结果退回", "orange", "市中心退回结果，更正后重报", waiting=True),
        State("results_reviewed", "结果已审", "blue", "等待批准中心备案上网", waiting=True),
        State("registered", "已上网备案", "teal", "证书编号已核定，等待核发", waiting=True,
              remedy=ON_CERTIFICATES),
        State("certified", "已发证", "green", "证书已核发，等待归档", waiting=True,
              remedy=ON_CERTIFICATES),
        State("archived", "已归档", "green", "全过程资料已归档", remedy=ON_CERTIFICATES),
        State("withdrawn", "已终止", "red", "批次终止，不再办理",
              remedy="确需继续的，请评价所在地市中心“恢复办理”，或新建批次"),
        State("suspended", "已暂停", "red", "中心责令暂停，恢复后从原处继续",
              remedy="请待中心恢复办理"),
    ),
    moves=(
        Move(
            "submit", "报送备案", ("draft", "returned"), "submitted", FILERS, note="optional",
            primary=True, confirm="将 {n} 个批次的名册和考务安排报送市中心审核，审核前可以收回一次",
            answers=("return",), asks=moves.submitting, follows=moves.submitted,
        ),
        Move(
            "allow_late", "批准逾期报送", ("draft", "returned"), STAY, REVIEWERS, note="required",
            at=ByCentre("city_centre_id"), apart=("submit",),
            confirm="批准 {n} 个批次在期限之后报送，只对现在的认定日期有效，原因印在备案表上",
            asks=late_filing.allowing_problems, follows=moves.late_allowed,
        ),
        Move(
            "revoke_late", "撤销逾期批准", ("draft", "returned"), STAY, REVIEWERS, note="required",
            danger=True, at=ByCentre("city_centre_id"),
            confirm="撤销 {n} 个批次的逾期报送批准",
            asks=late_filing.revoking_problems, follows=moves.late_revoked,
        ),
        Move(
            "return", "退回修改", ("submitted",), "returned", REVIEWERS, note="required",
            danger=True, at=ByCentre("city_centre_id"), apart=("submit",),
            confirm="退回 {n} 个批次，由报送人修改后重报；意见一行写一条，报送人逐条答复",
        ),
        Move(
            "file", "审核并备案", ("submitted",), "filed", REVIEWERS, note="optional",
            primary=True, at=ByCentre("city_centre_id"), apart=("submit",),
            confirm="审核通过 {n} 个批次，同时向批准中心备案",
            asks=moves.reviewing, follows=moves.filed,
        ),
        Move(
            "recall", "收回", ("submitted",), "draft", FILERS, note="optional",
            takes_back=("submit",), confirm="收回 {n} 个批次继续修改，改好后重新报送；只能收回一次",
            follows=moves.unsubmitted,
        ),
        Move(
            "begin_exam", "开始考评", ("filed",), "examining", FILERS, primary=True,
            confirm="确认 {n} 个批次开始考评",
            asks=moves.beginning_exam,
        ),
        Move(
            "score", "成绩录入完毕", ("examining",), "scored", FILERS, primary=True,
            confirm="确认 {n} 个批次的成绩已全部录入",
            asks=moves.scoring_done,
        ),
        Move(
            "publicise", "开始公示", ("scored",), "publicising", FILERS, primary=True,
            confirm="从今天起公示 {n} 个批次的结果",
            asks=moves.publicising, follows=moves.publicised,
        ),
        Move(
            "publicise_again", "再次公示", ("results_returned",), "publicising", FILERS,
            confirm="从今天起再次公示 {n} 个批次里结果有改动的人员",
            asks=moves.publicising_again, follows=moves.publicised,
        ),
        Move(
            "reopen_scores", "退回改成绩", ("publicising",), "examining", REVIEWERS,
            note="required", danger=True, at=ByCentre("city_centre_id"),
            confirm="取消 {n} 个批次的公示，退回更正成绩，改好后重新公示",
            follows=moves.scores_reopened,
        ),
        Move(
            "submit_results", "报送结果", ("publicising", "results_returned"),
            "results_submitted", FILERS, note="optional", primary=True,
            confirm="将 {n} 个批次的结果备案表报送市中心审核",
            answers=("return_results",), asks=moves.submitting_results, follows=moves.results_sent,
        ),
        Move(
            "return_results", "退回结果", ("results_submitted",), "results_returned", REVIEWERS,
            note="required", danger=True, at=ByCentre("city_centre_id"), apart=RESULTS_BY,
            confirm="退回 {n} 个批次的结果，由报送人更正后重报；意见一行写一条，报送人逐条答复",
        ),
        Move(
            "review_results", "审核结果", ("results_submitted",), "results_reviewed", REVIEWERS,
            note="optional", primary=True, at=ByCentre("city_centre_id"), apart=RESULTS_BY,
            confirm="审核通过 {n} 个批次的结果，提交批准中心",
            asks=moves.reviewing_results,
        ),
        Move(
            "register", "备案上网", ("results_reviewed",), "registered", REVIEWERS,
            note="optional", primary=True, at=ByCentre(), apart=EXAMINED_BY,
            confirm="为 {n} 个批次核定证书编号并备案上网，编号一经核定不再改变",
            asks=moves.registering, follows=moves.registered,
        ),
        Move(
            "certify", "核发证书", ("registered",), "certified",
            FILERS - {CITY_CLERK},
            primary=True, confirm="核发 {n} 个批次的证书",
            asks=moves.certifying, follows=moves.certified,
        ),
        Move(
            "archive", "归档", ("certified",), "archived", FILERS, note="optional", primary=True,
            confirm="为 {n} 个批次建立存档目录并归档",
            follows=moves.archived,
        ),
        Move(
            "withdraw", "终止", ("draft", "submitted", "returned"), "withdrawn", FILERS,
            note="required", danger=True, rare=True,
            confirm="终止 {n} 个批次，不再办理；只是要修改的，不必终止",
        ),
        Move(
            "reinstate", "恢复办理", ("withdrawn",), "draft", REVIEWERS, note="required",
            rare=True, at=ByCentre("city_centre_id"),
            confirm="恢复办理 {n} 个已终止的批次，回到草稿，由评价机构修改后重新报送",
            follows=moves.unsubmitted,
        ),
        Move(
            "suspend", "暂停", BEFORE_RESULTS, "suspended", CENTRE, note="required", danger=True,
            confirm="责令暂停 {n} 个批次",
        ),
        Move(
            "resume", "恢复", ("suspended",), BACK, REVIEWERS, note="required",
            confirm="恢复 {n} 个批次，从暂停前的状态继续",
        ),
    ),
)  # fmt: skip


def _fill_in(session: AnySession, actor: Actor, item: Any) -> None:
    if item.body is None:  # the check for required fields reports it
        return
    # Filed with the centre that approved the body (流程五).
    if item.centre is None and item.centre_id is None:
        item.centre = item.body.centre
    if item.commission is not None and item.enterprise is None:
        item.enterprise = item.commission.enterprise
    if not item.complaint_phone:
        item.complaint_phone = item.body.complaint_phone
    if not item.contact:
        item.contact, item.phone = item.body.contact, item.body.phone


def _settle_place(session: AnySession, actor: Actor, item: Any) -> None:
    if item.body is not None:
        # Reviewed where the evaluation takes place (流程五): the centre follows from the place.
        place.settle(session, item)


def _check(session: AnySession, item: Batch) -> list[Problem]:
    return [
        *period_problems(item.exam_date, item.exam_end, "exam_end", "认定"),
        *place.problems(session, item),
        *calendar_problems(item.exam_date, calendar(session), terms()),
    ]


def _prefix(item: Batch) -> str:
    return f"{item.body.code}-{(item.exam_date or clock.today()).year}"


BEHAVIOURS: Behaviours = {
    Material: Behaviour(check=files.changing_problems, keeps=files.deleting_problems),
    Batch: Behaviour(
        procedure=BATCH,
        adding=_fill_in,
        saving=_settle_place,
        check=_check,
        keeps=kept_with_batch,
        keeps_below=kept_with_batch,
        numbering=Numbered(_prefix),
    ),
}
