"""Which marks, states of papers and outcome does a candidate have?"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Numeric, String, UniqueConstraint

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, also, field, key_to, link
from app.core.declarations.opening import OpenWhile
from app.core.declarations.reach import Via
from app.models.filing.batch import Batch
from app.models.sign_up.candidate import Candidate

PAPER_STATES = (
    ("normal", "正常"),
    ("absent", "缺考"),
    ("violation", "违纪"),
    ("deferred", "缓考"),
)
OUTCOMES = (("", "未出"), ("passed", "合格"), ("failed", "不合格"), ("deferred", "缓考"))


class Score(Entity):
    """成绩: a candidate's marks out of 100; 缺考, 违纪, 缓考 are states of a paper, not marks."""

    __tablename__ = "score"
    __label__ = "成绩"
    __title__ = "candidate"
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    # Marks may be entered early, for instance for a batch recorded after the event. They have no
    # effect before the exam has begun, and are closed once complete.
    __open__ = OpenWhile("batch", "draft", "returned", "filed", "examining", "results_returned")
    __table_args__ = (UniqueConstraint("candidate_id"),)

    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    candidate_id: Mapped[int] = key_to("candidate", cascade=True)
    candidate: Mapped[Candidate] = link("参评人员", fixed=True, list=True)
    theory: Mapped[Decimal | None] = field(
        Numeric(4, 1),
        "理论成绩",
        minimum=0,
        nullable=True,
        list=True,
        search="range",
        imp=True,
        aliases=also(
            "理论|理论知识|理论知识考试|理论分数|理论考试成绩|理论考试|理论考核|理论知识成绩"
            "|理论知识分数|理论知识得分|理论知识考试成绩|理论知识考核成绩|理论考核成绩"
            "|理论得分|笔试|笔试成绩|应知|应知成绩"
        ),
    )
    theory_state: Mapped[str] = field(
        String(10),
        "理论情况",
        default="normal",
        choices=PAPER_STATES,
        list=True,
        search="pick",
        bulk=True,
    )
    practical: Mapped[Decimal | None] = field(
        Numeric(4, 1),
        "实操成绩",
        minimum=0,
        nullable=True,
        list=True,
        search="range",
        imp=True,
        aliases=also(
            "实操|技能成绩|操作技能|技能考核|实操分数|技能操作|操作成绩|技能|操作|实际操作"
            "|实操考试|实操考核|实操得分|实操考试成绩|实操考核成绩|技能得分|技能分数|技能考试"
            "|技能考试成绩|技能考核成绩|技能操作成绩|操作技能成绩|操作技能分数|操作技能得分"
            "|操作技能考核|操作技能考核成绩|操作技能考试成绩|实际操作成绩|实践成绩|实践操作"
            "|应会|应会成绩"
        ),
    )
    practical_state: Mapped[str] = field(
        String(10),
        "实操情况",
        default="normal",
        choices=PAPER_STATES,
        list=True,
        search="pick",
        bulk=True,
    )
    review: Mapped[Decimal | None] = field(
        Numeric(4, 1),
        "综合评审",
        minimum=0,
        nullable=True,
        list=True,
        search="range",
        imp=True,
        aliases=also(
            "综合评审成绩|评审成绩|答辩成绩|综合评审分数|评审|综合评审得分|综合评审考核成绩"
            "|论文答辩|论文答辩成绩|答辩"
        ),
        help="二级/技师及以上",
    )
    review_state: Mapped[str] = field(
        String(10), "评审情况", default="normal", choices=PAPER_STATES, search="pick", bulk=True
    )
    outcome: Mapped[str] = field(
        String(10), "结论", default="", choices=OUTCOMES, list=True, search="pick", form=False
    )
    remark: Mapped[str] = field(
        String(200), "备注", default="", imp=True, list=True, aliases=("说明",), bulk=True
    )
