"""Which candidates are evaluated, and what does the application form ask of each?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Date, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import relationship

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenWhile
from app.core.declarations.reach import Via
from app.models.filing.batch import Batch
from app.models.reference.classification import Level, Occupation, WorkType
from app.models.sign_up import headings

if TYPE_CHECKING:
    from app.models.filing.material import Material
    from app.models.results.score import Score
    from app.models.sign_up.work_history import WorkHistory

APPLIED = "申报信息"
CURRENT = "现有证书"
WORK = "工作信息"
ROUTE = "报名条件"
RETAKE = "考试类型"

NOT_SAID = ("", "未登记")
YES_NO = (NOT_SAID, ("yes", "是"), ("no", "否"))
ATTEMPTS = (("new", "新考"), ("retake", "补考"))


class Candidate(Entity):
    """参评人员: one person's application within a batch (附件1)."""

    __tablename__ = "candidate"
    __label__ = "参评人员"
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = OpenWhile("batch", "draft", "returned")
    __table_args__ = (UniqueConstraint("batch_id", "document_kind", "id_number"),)

    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    serial: Mapped[int] = field(
        Integer, "序号", minimum=0, default=0, list=True, form=False, width=60
    )
    name: Mapped[str] = field(
        String(80), "姓名", list=True, quick=True, search="contains", imp=True,
        aliases=headings.NAME, index=True,
    )  # fmt: skip
    gender: Mapped[str] = field(
        String(10), "性别", list=True, search="pick", codes="gender", imp=True, width=60
    )
    document_kind: Mapped[str] = field(
        String(10), "证件类型", default="01", codes="document_kind", imp=True,
        aliases=headings.DOCUMENT_KIND,
    )  # fmt: skip
    id_number: Mapped[str] = field(
        String(30), "身份证号", list=True, quick=True, search="exact", sensitive="id_number",
        imp=True, index=True, width=160, aliases=headings.ID_NUMBER,
    )  # fmt: skip
    birth_date: Mapped[date | None] = field(
        Date, "出生日期", nullable=True, search="range", form=False,
        help="由身份证号得出；其他证件可在导入时填写", imp=True, aliases=("出生年月日", "生日"),
    )  # fmt: skip
    ethnic: Mapped[str] = field(
        String(10), "民族", default="", codes="ethnic", imp=True, search="pick", bulk=True
    )
    education: Mapped[str] = field(
        String(10), "文化程度", default="", codes="education", imp=True, list=True, search="pick",
        aliases=headings.EDUCATION, bulk=True,
    )  # fmt: skip
    phone: Mapped[str] = field(
        String(40), "联系电话", default="", sensitive="phone", imp=True, list=True,
        aliases=headings.PHONE,
    )  # fmt: skip
    employer: Mapped[str] = field(
        String(120), "工作单位", default="", group=WORK, imp=True, list=True, search="contains",
        aliases=headings.EMPLOYER, bulk=True,
    )  # fmt: skip
    post: Mapped[str] = field(
        String(80), "现从事岗位", default="", group=WORK, imp=True, aliases=headings.POST, bulk=True
    )
    years: Mapped[int | None] = field(
        Integer, "从事本职业年限", minimum=0, nullable=True, group=WORK, imp=True,
        search="range", aliases=headings.YEARS, bulk=True,
    )  # fmt: skip
    source: Mapped[str] = field(
        String(20), "人员来源", default="", codes="candidate_source", group=WORK, imp=True,
        search="pick", bulk=True, aliases=("考生来源",),
    )  # fmt: skip
    occupation_id: Mapped[int] = key_to("occupation")
    occupation: Mapped[Occupation] = link(
        "申报职业", group=APPLIED, list=True, imp=True, aliases=headings.OCCUPATION, bulk=True
    )
    work_type_id: Mapped[int] = key_to("work_type")
    work_type: Mapped[WorkType] = link(
        "申报工种", group=APPLIED, list=True, imp=True, aliases=headings.WORK_TYPE, bulk=True
    )
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link(
        "申报等级", foreign_keys="Candidate.level_id", group=APPLIED, list=True, imp=True,
        aliases=headings.LEVEL, bulk=True,
    )  # fmt: skip
    current_level_id: Mapped[int | None] = key_to("level", nullable=True)
    current_level: Mapped[Level | None] = link(
        "现有证书等级", foreign_keys="Candidate.current_level_id", group=CURRENT, imp=True,
        aliases=headings.CURRENT_LEVEL, bulk=True,
    )  # fmt: skip
    current_certificate: Mapped[str] = field(
        String(40), "现有证书编号", default="", group=CURRENT, imp=True,
        aliases=headings.CURRENT_CERTIFICATE,
    )  # fmt: skip
    current_title: Mapped[str] = field(
        String(80), "现有职业证书名称", default="", group=CURRENT, imp=True,
        aliases=("原证书名称",), bulk=True,
    )  # fmt: skip
    current_date: Mapped[date | None] = field(
        Date, "取证时间", nullable=True, group=CURRENT, imp=True, aliases=("发证时间", "取证日期"),
        bulk=True,
    )  # fmt: skip
    current_issuer: Mapped[str] = field(
        String(120), "发证机构名称", default="", group=CURRENT, imp=True, aliases=("发证机构",),
        bulk=True,
    )  # fmt: skip
    household: Mapped[str] = field(
        String(80), "户籍", default="", group=WORK, imp=True, aliases=headings.HOUSEHOLD
    )
    condition: Mapped[str] = field(
        String(200), "报名条件", default="", group=ROUTE, imp=True,
        help="按哪一条申报：写条次（如 2）或照标准原文", aliases=headings.CONDITION, bulk=True,
    )  # fmt: skip
    school_kind: Mapped[str] = field(
        String(20), "毕业院校类型", default="", codes="school_kind", group=ROUTE, imp=True,
        search="pick", aliases=headings.SCHOOL_KIND, bulk=True,
    )  # fmt: skip
    major: Mapped[str] = field(
        String(60), "所学专业", default="", group=ROUTE, imp=True, aliases=headings.MAJOR, bulk=True
    )
    major_related: Mapped[str] = field(
        String(10), "专业对口", default="", choices=YES_NO, group=ROUTE, imp=True,
        help="所学专业是否为申报职业的本专业或相关专业，由企业、评价机构核对",
        aliases=headings.MAJOR_RELATED, bulk=True,
    )  # fmt: skip
    final_year: Mapped[str] = field(
        String(10), "应届毕业生", default="", choices=YES_NO, group=ROUTE, imp=True,
        help="尚未取得毕业证书的在校应届毕业生", aliases=headings.FINAL_YEAR, bulk=True,
    )  # fmt: skip
    title_rank: Mapped[str] = field(
        String(20), "职称等级", default="", codes="title_rank", group=ROUTE, imp=True,
        search="pick", aliases=headings.TITLE_RANK, bulk=True,
    )  # fmt: skip
    title_date: Mapped[date | None] = field(
        Date, "职称取得时间", nullable=True, group=ROUTE, imp=True, aliases=headings.TITLE_DATE
    )
    apprenticed: Mapped[str] = field(
        String(10), "学徒期满", default="", choices=YES_NO, group=ROUTE, imp=True,
        aliases=headings.APPRENTICED, bulk=True,
    )  # fmt: skip
    basis: Mapped[str] = field(
        String(200), "竞赛获奖或直接认定依据", default="", group=ROUTE, imp=True,
        help="竞赛晋升写竞赛名称、名次和文号；直接认定写依据的文件", aliases=headings.BASIS,
    )  # fmt: skip
    attempt: Mapped[str] = field(
        String(10), "考试类型", default="new", choices=ATTEMPTS, group=RETAKE, imp=True,
        search="pick", aliases=headings.ATTEMPT, bulk=True,
    )  # fmt: skip
    retake_of_id: Mapped[int | None] = key_to("candidate", nullable=True)
    retake_of: Mapped[Candidate | None] = link(
        "前次报名", foreign_keys="Candidate.retake_of_id", remote_side="Candidate.id",
        group=RETAKE, form=False, search=None, help="补考所承接的前一次报名，由“补考衔接”登记",
    )  # fmt: skip
    theory_carried: Mapped[Decimal | None] = field(
        Numeric(4, 1), "沿用理论成绩", minimum=0, nullable=True, group=RETAKE, form=False
    )
    practical_carried: Mapped[Decimal | None] = field(
        Numeric(4, 1), "沿用实操成绩", minimum=0, nullable=True, group=RETAKE, form=False
    )
    review_carried: Mapped[Decimal | None] = field(
        Numeric(4, 1), "沿用综合评审", minimum=0, nullable=True, group=RETAKE, form=False
    )
    remark: Mapped[str] = field(
        Text, "备注", default="", multiline=True, imp=True, aliases=("说明",), bulk=True
    )
    history: Mapped[list[WorkHistory]] = relationship(
        back_populates="candidate",
        order_by="WorkHistory.started",
        # Cascade in the session, not only in the database, so that each deletion is audited.
        cascade="save-update, merge, delete",
    )
    scores: Mapped[list[Score]] = relationship(back_populates="candidate")
    # Their files go with them: those that were examined stay readable with the batch.
    materials: Mapped[list[Material]] = relationship(
        cascade="save-update, merge, delete", overlaps="candidate"
    )
