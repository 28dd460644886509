"""Who is evaluated? Candidates with their work history."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Date, Integer, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import relationship

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, also, field, key_to, link
from app.core.declarations.opening import OpenWhile
from app.core.declarations.reach import Via
from app.models.filing.batch import Batch
from app.models.reference.classification import Level, Occupation, WorkType

if TYPE_CHECKING:
    from app.models.results.score import Score

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
    serial: Mapped[int] = field(Integer, "序号", default=0, list=True, form=False, width=60)
    name: Mapped[str] = field(
        String(80),
        "姓名",
        list=True,
        quick=True,
        search="contains",
        imp=True,
        aliases=also(
            "考生姓名|参评人员|人员姓名|申报人|名字|学员姓名|员工姓名|职工姓名|申报人姓名"
            "|参评人姓名|参评人员姓名|被评价人|真实姓名"
        ),
        index=True,
    )
    gender: Mapped[str] = field(
        String(10),
        "性别",
        list=True,
        search="pick",
        codes="gender",
        imp=True,
        width=60,
    )
    document_kind: Mapped[str] = field(
        String(10),
        "证件类型",
        default="01",
        codes="document_kind",
        imp=True,
        aliases=also("证件种类|身份证件类型|证件类别|证件名称|有效证件类型"),
    )
    id_number: Mapped[str] = field(
        String(30),
        "身份证号",
        list=True,
        quick=True,
        search="exact",
        sensitive="id_number",
        imp=True,
        index=True,
        width=160,
        aliases=also(
            "身份证号码|公民身份号码|公民身份证号码|居民身份证号|居民身份证号码|证件号"
            "|证件号码|身份证|身份证件号码|公民身份证号|居民身份证|身份号码|身份证编号"
            "|证件编号|身份证件号|有效证件号|有效证件号码|有效身份证件号码"
        ),
    )
    birth_date: Mapped[date | None] = field(
        Date,
        "出生日期",
        nullable=True,
        search="range",
        form=False,
        help="由身份证号得出；其他证件可在导入时填写",
        imp=True,
        aliases=("出生年月日", "生日"),
    )
    ethnic: Mapped[str] = field(
        String(10), "民族", default="", codes="ethnic", imp=True, search="pick", bulk=True
    )
    education: Mapped[str] = field(
        String(10),
        "文化程度",
        default="",
        codes="education",
        imp=True,
        list=True,
        search="pick",
        aliases=also("学历|最高学历|学历层次|教育程度|文化水平|学历程度"),
        bulk=True,
    )
    phone: Mapped[str] = field(
        String(40),
        "联系电话",
        default="",
        sensitive="phone",
        imp=True,
        list=True,
        aliases=also(
            "手机|手机号|手机号码|电话|联系方式|移动电话|本人电话|联系手机|本人手机"
            "|本人手机号|手机电话|电话号码|本人联系电话|联系电话号码"
        ),
    )
    employer: Mapped[str] = field(
        String(120),
        "工作单位",
        default="",
        group=WORK,
        imp=True,
        list=True,
        search="contains",
        aliases=also(
            "单位|所在单位|单位名称|企业名称|公司|现工作单位|工作单位名称|单位全称|公司名称"
            "|企业|所属单位|所属企业|用人单位|所在企业"
        ),
        bulk=True,
    )
    post: Mapped[str] = field(
        String(80),
        "现从事岗位",
        default="",
        group=WORK,
        imp=True,
        aliases=also(
            "岗位|现岗位|工作岗位|从事岗位|岗位名称|所在岗位|现任岗位|现职业岗位|现从事职业"
            "|职务|工作岗位名称"
        ),
        bulk=True,
    )
    years: Mapped[int | None] = field(
        Integer,
        "从事本职业年限",
        nullable=True,
        group=WORK,
        imp=True,
        search="range",
        aliases=also(
            "工龄|从业年限|工作年限|本职业年限|从事年限|年限|从事本职业工作年限"
            "|本职业工作年限|从事本岗位年限|从事岗位年限|岗位年限|本工种年限|从事本工种年限"
            "|本职业工龄|专业工龄|从事职业年限|从业时间|工作年数"
        ),
        bulk=True,
    )
    source: Mapped[str] = field(
        String(20),
        "人员来源",
        default="",
        codes="candidate_source",
        group=WORK,
        imp=True,
        search="pick",
        bulk=True,
        aliases=("考生来源",),
    )
    occupation_id: Mapped[int] = key_to("occupation")
    occupation: Mapped[Occupation] = link(
        "申报职业",
        group=APPLIED,
        list=True,
        imp=True,
        aliases=also(
            "职业|职业名称|申报/职业|申报职业名称|认定职业|鉴定职业|评价职业|考核职业"
            "|报考职业|申请职业|拟申报职业"
        ),
        bulk=True,
    )
    work_type_id: Mapped[int] = key_to("work_type")
    work_type: Mapped[WorkType] = link(
        "申报工种",
        group=APPLIED,
        list=True,
        imp=True,
        aliases=also(
            "工种|工种名称|申报/工种|申报工种名称|认定工种|鉴定工种|评价工种|考核工种"
            "|报考工种|申请工种|职业方向|拟申报工种"
        ),
        bulk=True,
    )
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link(
        "申报等级",
        foreign_keys="Candidate.level_id",
        group=APPLIED,
        list=True,
        imp=True,
        aliases=also(
            "等级|级别|申报级别|认定等级|申报/级别|申报/等级|职业技能等级|认定级别|鉴定等级"
            "|鉴定级别|评价等级|考核等级|报考等级|报考级别|申请等级|技能等级|申报技能等级"
            "|申报职业等级|申报职业技能等级|拟申报等级"
        ),
        bulk=True,
    )
    current_level_id: Mapped[int | None] = key_to("level", nullable=True)
    current_level: Mapped[Level | None] = link(
        "现有证书等级",
        foreign_keys="Candidate.current_level_id",
        group=CURRENT,
        imp=True,
        aliases=also(
            "原证书等级|原等级|现有等级|原证书/等级|现证书等级|原证书/级别|现等级|已有等级"
            "|原有等级|持证等级|现有技能等级|现技能等级|原技能等级|现持证书等级|已持证书等级"
            "|已持有证书等级|现有职业资格等级|现有职业技能等级"
        ),
        bulk=True,
    )
    current_certificate: Mapped[str] = field(
        String(40),
        "现有证书编号",
        default="",
        group=CURRENT,
        imp=True,
        aliases=also(
            "原证书编号|原证书号|证书编号|原证书/编号|现证书编号|现有证书号|现有证书号码"
            "|原证书号码|现持证书编号|已持证书编号|已持有证书编号|持证编号|证书号|证书号码"
        ),
    )
    current_title: Mapped[str] = field(
        String(80),
        "现有职业证书名称",
        default="",
        group=CURRENT,
        imp=True,
        aliases=("原证书名称",),
        bulk=True,
    )
    current_date: Mapped[date | None] = field(
        Date,
        "取证时间",
        nullable=True,
        group=CURRENT,
        imp=True,
        aliases=("发证时间", "取证日期"),
        bulk=True,
    )
    current_issuer: Mapped[str] = field(
        String(120),
        "发证机构名称",
        default="",
        group=CURRENT,
        imp=True,
        aliases=("发证机构",),
        bulk=True,
    )
    household: Mapped[str] = field(
        String(80),
        "户籍",
        default="",
        group=WORK,
        imp=True,
        aliases=also("户籍所在地|户籍地|户口所在地|户籍地址|户籍类别|户口性质"),
    )
    condition: Mapped[str] = field(
        String(200),
        "报名条件",
        default="",
        group=ROUTE,
        imp=True,
        help="按哪一条申报：写条次（如 2）或照标准原文",
        aliases=also("申报条件|报考条件|符合条件|申报依据|符合的申报条件|报名资格条件"),
        bulk=True,
    )
    school_kind: Mapped[str] = field(
        String(20),
        "毕业院校类型",
        default="",
        codes="school_kind",
        group=ROUTE,
        imp=True,
        search="pick",
        aliases=also("院校类型|毕业学校类型|学校类型|毕业学校类别|院校类别"),
        bulk=True,
    )
    major: Mapped[str] = field(
        String(60),
        "所学专业",
        default="",
        group=ROUTE,
        imp=True,
        aliases=also("专业|毕业专业|专业名称|学习专业|所学专业名称"),
        bulk=True,
    )
    major_related: Mapped[str] = field(
        String(10),
        "专业对口",
        default="",
        choices=YES_NO,
        group=ROUTE,
        imp=True,
        help="所学专业是否为申报职业的本专业或相关专业，由企业、评价机构核对",
        aliases=also("是否对口|是否专业对口|是否相关专业|本专业或相关专业"),
        bulk=True,
    )
    final_year: Mapped[str] = field(
        String(10),
        "应届毕业生",
        default="",
        choices=YES_NO,
        group=ROUTE,
        imp=True,
        help="尚未取得毕业证书的在校应届毕业生",
        aliases=also("是否应届|应届|是否应届生|应届生|是否应届毕业生|是否应届毕业"),
        bulk=True,
    )
    title_rank: Mapped[str] = field(
        String(20),
        "职称等级",
        default="",
        codes="title_rank",
        group=ROUTE,
        imp=True,
        search="pick",
        aliases=also("职称|专业技术职称|现有职称|职称级别|专业技术职务"),
        bulk=True,
    )
    title_date: Mapped[date | None] = field(
        Date,
        "职称取得时间",
        nullable=True,
        group=ROUTE,
        imp=True,
        aliases=also("职称取得日期|职称评定时间|取得职称时间"),
    )
    apprenticed: Mapped[str] = field(
        String(10),
        "学徒期满",
        default="",
        choices=YES_NO,
        group=ROUTE,
        imp=True,
        aliases=also("是否学徒期满|学徒期是否已满|是否学徒期已满"),
        bulk=True,
    )
    basis: Mapped[str] = field(
        String(200),
        "竞赛获奖或直接认定依据",
        default="",
        group=ROUTE,
        imp=True,
        help="竞赛晋升写竞赛名称、名次和文号；直接认定写依据的文件",
        aliases=also("获奖情况|竞赛名次|竞赛获奖|直接认定依据|晋升依据"),
    )
    attempt: Mapped[str] = field(
        String(10),
        "考试类型",
        default="new",
        choices=ATTEMPTS,
        group=RETAKE,
        imp=True,
        search="pick",
        aliases=also("报考类型|新考补考|是否补考|考试性质|参考类型"),
        bulk=True,
    )
    retake_of_id: Mapped[int | None] = key_to("candidate", nullable=True)
    retake_of: Mapped[Candidate | None] = link(
        "前次报名",
        foreign_keys="Candidate.retake_of_id",
        remote_side="Candidate.id",
        group=RETAKE,
        form=False,
        search=None,
        help="补考所承接的前一次报名，由“补考衔接”登记",
    )
    theory_carried: Mapped[Decimal | None] = field(
        Numeric(4, 1), "沿用理论成绩", nullable=True, group=RETAKE, form=False
    )
    practical_carried: Mapped[Decimal | None] = field(
        Numeric(4, 1), "沿用实操成绩", nullable=True, group=RETAKE, form=False
    )
    review_carried: Mapped[Decimal | None] = field(
        Numeric(4, 1), "沿用综合评审", nullable=True, group=RETAKE, form=False
    )
    remark: Mapped[str] = field(
        Text, "备注", default="", multiline=True, imp=True, aliases=("说明",), bulk=True
    )
    history: Mapped[list[WorkHistory]] = relationship(
        back_populates="candidate",
        order_by="WorkHistory.started",
        # Through the session and not by the database alone, so that each line leaves its trace.
        cascade="save-update, merge, delete",
    )
    scores: Mapped[list[Score]] = relationship(back_populates="candidate")


class WorkHistory(Entity):
    """工作经历/培训经历: one line of the application form."""

    __tablename__ = "work_history"
    __label__ = "工作经历"
    __title__ = "place"
    __natural_key__ = ("candidate", "started", "place")
    __area__ = "filing"
    __reach__ = (Via("candidate"),)
    __open__ = OpenWhile("candidate.batch", "draft", "returned")

    candidate_id: Mapped[int] = key_to("candidate", cascade=True)
    candidate: Mapped[Candidate] = link("参评人员", list=True)
    started: Mapped[str] = field(String(20), "起始年月", list=True, help="如 2015-07")
    ended: Mapped[str] = field(String(20), "终止年月", default="", list=True, help="至今的空着")
    place: Mapped[str] = field(
        String(160), "在何单位从事何种职业（工种）或学习", list=True, quick=True
    )
    witness: Mapped[str] = field(String(40), "证明人", default="", list=True)
