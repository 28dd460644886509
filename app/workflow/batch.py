"""How does a batch move, from draft to archive (流程五 to 流程八)?"""

from __future__ import annotations

from app.core.workflow.engine import BACK, STAY, Move, State, Table
from app.roles import BODY_CLERK, CENTRE, CITY_ADMIN, CITY_CLERK, PROVINCE_ADMIN, PROVINCE_CLERK

FILERS = frozenset({BODY_CLERK, CITY_CLERK, CITY_ADMIN, PROVINCE_CLERK, PROVINCE_ADMIN})
REVIEWERS = frozenset({CITY_ADMIN, PROVINCE_ADMIN})

BEFORE_RESULTS = ("filed", "examining", "scored", "publicising")

BATCH = Table(
    entity="Batch",
    label="认定批次",
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
        State("registered", "已上网备案", "teal", "证书编号已核定，等待核发", waiting=True),
        State("certified", "已发证", "green", "证书已核发，等待归档", waiting=True),
        State("archived", "已归档", "green", "全过程资料已归档"),
        State("withdrawn", "已撤回", "red", "评价机构撤回，不再办理"),
        State("suspended", "已暂停", "red", "中心责令暂停，恢复后从原处继续"),
    ),
    moves=(
        Move(
            "submit", "报送备案", ("draft", "returned"), "submitted", FILERS, note="optional",
            primary=True, confirm="将 {n} 个批次的名册和考务安排报送市中心审核，报送后不能再改",
        ),
        Move(
            "allow_late", "批准逾期报送", ("draft", "returned"), STAY, REVIEWERS, note="required",
            at="city_centre_id", apart="submit",
            confirm="批准 {n} 个批次在期限之后报送，只对现在的认定日期有效，原因印在备案表上",
        ),
        Move(
            "revoke_late", "撤销逾期批准", ("draft", "returned"), STAY, REVIEWERS, note="required",
            danger=True, at="city_centre_id",
            confirm="撤销 {n} 个批次的逾期报送批准",
        ),
        Move(
            "return", "退回修改", ("submitted",), "returned", REVIEWERS, note="required",
            danger=True, at="city_centre_id", apart="submit",
            confirm="退回 {n} 个批次，由报送人修改后重报",
        ),
        Move(
            "file", "审核并备案", ("submitted",), "filed", REVIEWERS, note="optional",
            primary=True, at="city_centre_id", apart="submit",
            confirm="审核通过 {n} 个批次，同时向批准中心备案",
        ),
        Move(
            "begin_exam", "开始考评", ("filed",), "examining", FILERS, primary=True,
            confirm="确认 {n} 个批次开始考评",
        ),
        Move(
            "score", "成绩录入完毕", ("examining",), "scored", FILERS, primary=True,
            confirm="确认 {n} 个批次的成绩已全部录入",
        ),
        Move(
            "publicise", "开始公示", ("scored",), "publicising", FILERS, primary=True,
            confirm="从今天起公示 {n} 个批次的结果",
        ),
        Move(
            "submit_results", "报送结果", ("publicising", "results_returned"),
            "results_submitted", FILERS, note="optional", primary=True,
            confirm="将 {n} 个批次的结果备案表报送市中心审核",
        ),
        Move(
            "return_results", "退回结果", ("results_submitted",), "results_returned", REVIEWERS,
            note="required", danger=True, at="city_centre_id", apart="submit_results",
            confirm="退回 {n} 个批次的结果，由报送人更正后重报",
        ),
        Move(
            "review_results", "审核结果", ("results_submitted",), "results_reviewed", REVIEWERS,
            note="optional", primary=True, at="city_centre_id", apart="submit_results",
            confirm="审核通过 {n} 个批次的结果，提交批准中心",
        ),
        Move(
            "register", "备案上网", ("results_reviewed",), "registered", REVIEWERS,
            note="optional", primary=True, at="centre_id", apart="submit_results",
            confirm="为 {n} 个批次核定证书编号并备案上网，编号一经核定不再改变",
        ),
        Move(
            "certify", "核发证书", ("registered",), "certified",
            frozenset({CITY_ADMIN, PROVINCE_ADMIN, PROVINCE_CLERK, BODY_CLERK}),
            primary=True, confirm="核发 {n} 个批次的证书",
        ),
        Move(
            "archive", "归档", ("certified",), "archived", FILERS, note="optional", primary=True,
            confirm="为 {n} 个批次建立存档目录并归档",
        ),
        Move(
            "withdraw", "撤回", ("draft", "submitted", "returned"), "withdrawn", FILERS,
            note="required", danger=True, confirm="撤回 {n} 个批次，撤回后不再办理",
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

#: In which states of a batch the rows that hang on it may be added, edited or deleted.
OPEN_STATES: dict[str, frozenset[str]] = {
    "Batch": frozenset({"draft", "returned"}),
    "Candidate": frozenset({"draft", "returned"}),
    "WorkHistory": frozenset({"draft", "returned"}),
    "ExamSession": frozenset({"draft", "returned"}),
    "ExamPaper": frozenset({"draft", "returned"}),
    "Material": frozenset(
        {"draft", "returned", "filed", "examining", "scored", "publicising", "results_returned"}
    ),
    # Marks may be put down early, also for a batch that is recorded after the event; nothing
    # follows from them before the exam is declared begun, and they are closed once complete.
    "Score": frozenset({"draft", "returned", "filed", "examining", "results_returned"}),
    "Publicity": frozenset({"publicising"}),
    "ArchiveFile": frozenset({"certified", "archived"}),
}
