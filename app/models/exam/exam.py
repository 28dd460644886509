"""When and where does each exam session take place, and who are its examiners?"""

from __future__ import annotations

from datetime import date, datetime

from flask_appbuilder.models.sqla import Model
from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, String, Table

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, also, field, key_to, link, links
from app.core.declarations.opening import OpenWhile
from app.core.declarations.reach import Via
from app.models.bodies.assessor import Assessor, Supervisor
from app.models.filing.batch import Batch
from app.models.reference.classification import Level, Occupation, WorkType

THEORY = "理论考试"
PRACTICAL = "实操考试"
PEOPLE = "考评与督导"

session_assessor = Table(
    "session_assessor",
    Model.metadata,
    Column("session_id", ForeignKey("exam_session.id", ondelete="CASCADE"), primary_key=True),
    Column("assessor_id", ForeignKey("assessor.id"), primary_key=True, index=True),
)
session_supervisor = Table(
    "session_supervisor",
    Model.metadata,
    Column("session_id", ForeignKey("exam_session.id", ondelete="CASCADE"), primary_key=True),
    Column("supervisor_id", ForeignKey("supervisor.id"), primary_key=True, index=True),
)


class ExamSession(Entity):
    """考务安排: one row of 考务安排表."""

    __tablename__ = "exam_session"
    __label__ = "考务安排"
    __title__ = "exam_date"
    __natural_key__ = (
        "batch",
        "exam_date",
        "work_type",
        "level",
        "theory_start",
        "practical_start",
        "theory_place",
        "practical_place",
    )
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = OpenWhile("batch", "draft", "returned")

    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    serial: Mapped[int] = field(Integer, "序号", minimum=0, default=0, form=False)
    exam_date: Mapped[date] = field(
        Date,
        "认定日期",
        list=True,
        search="range",
        imp=True,
        bulk=True,
        aliases=also("考试日期|日期|考核日期|鉴定日期|评价日期|认定时间|考评日期"),
    )
    occupation_id: Mapped[int] = key_to("occupation")
    occupation: Mapped[Occupation] = link(
        "职业",
        list=True,
        imp=True,
        aliases=also("申报职业|职业名称|认定职业|鉴定职业"),
    )
    work_type_id: Mapped[int] = key_to("work_type")
    work_type: Mapped[WorkType] = link(
        "工种",
        list=True,
        imp=True,
        aliases=also("申报工种|工种名称|认定工种|鉴定工种"),
    )
    level_id: Mapped[int] = key_to("level")
    level: Mapped[Level] = link(
        "等级",
        list=True,
        imp=True,
        aliases=also("级别|申报等级|认定等级|鉴定等级|评价等级|职业技能等级"),
    )
    headcount: Mapped[int] = field(
        Integer,
        "人数",
        minimum=1,
        maximum=99_999,
        list=True,
        imp=True,
        aliases=also(
            "考生人数|参考人数|参评人数|参加人数|考试人数|认定人数|鉴定人数|准考人数|报名人数"
        ),
        search="range",
    )
    site_contact: Mapped[str] = field(
        String(80),
        "考点联系人",
        default="",
        imp=True,
        bulk=True,
        aliases=also(
            "联系人|考点联系人和电话|考点联系人及电话|联系人及电话|联系人和电话|考点负责人"
            "|考点联系人及联系电话"
        ),
    )
    site_phone: Mapped[str] = field(
        String(40),
        "联系电话",
        default="",
        imp=True,
        bulk=True,
        aliases=also("电话|考点电话|考点联系电话"),
    )
    theory_form: Mapped[str] = field(
        String(40),
        "理论考试形式",
        default="",
        imp=True,
        group=THEORY,
        bulk=True,
        aliases=also("理论考试/考试形式|理论/考试形式|理论形式|理论考试方式|理论方式|理论考核形式"),
    )
    theory_start: Mapped[datetime | None] = field(
        DateTime,
        "理论考试开始",
        nullable=True,
        group=THEORY,
        list=True,
        imp=True,
        aliases=also(
            "理论考试时间|理论考试/考试时间|理论/考试时间|理论时间|理论考核时间|理论考试日期"
        ),
        bulk=True,
    )
    theory_end: Mapped[datetime | None] = field(
        DateTime, "理论考试结束", not_before="theory_start", nullable=True, group=THEORY, bulk=True
    )
    theory_place: Mapped[str] = field(
        String(120),
        "理论考试地点",
        default="",
        imp=True,
        group=THEORY,
        list=True,
        bulk=True,
        aliases=also("理论考试/考试地点|理论/考试地点|理论地点|理论考核地点|理论考场|理论考点"),
    )
    invigilators: Mapped[int | None] = field(
        Integer,
        "监考人数",
        minimum=0,
        nullable=True,
        group=THEORY,
        imp=True,
        bulk=True,
        help="考务安排表没有此栏；填了才按配备标准检查",
        aliases=also("监考员人数|监考人员数|监考员数"),
    )
    practical_form: Mapped[str] = field(
        String(40),
        "实操考试形式",
        default="",
        imp=True,
        group=PRACTICAL,
        bulk=True,
        aliases=also(
            "实操考试/考试形式|实操/考试形式|实操形式|实操考试方式|实操方式|实操考核形式"
            "|技能考试形式|操作技能考试形式|技能考核形式"
        ),
    )
    practical_start: Mapped[datetime | None] = field(
        DateTime,
        "实操考试开始",
        nullable=True,
        group=PRACTICAL,
        list=True,
        imp=True,
        aliases=also(
            "实操考试时间|实操考试/考试时间|实操/考试时间|实操时间|实操考核时间|技能考试时间"
            "|操作技能考试时间|技能考核时间"
        ),
        bulk=True,
    )
    practical_end: Mapped[datetime | None] = field(
        DateTime,
        "实操考试结束",
        not_before="practical_start",
        nullable=True,
        group=PRACTICAL,
        bulk=True,
    )
    practical_place: Mapped[str] = field(
        String(120),
        "实操考试地点",
        default="",
        imp=True,
        group=PRACTICAL,
        list=True,
        bulk=True,
        aliases=also(
            "实操考试/考试地点|实操/考试地点|实操地点|实操考核地点|实操考场|实操考点"
            "|技能考试地点|操作技能考试地点|技能考核地点"
        ),
    )
    assessors: Mapped[list[Assessor]] = links(
        "考评员",
        secondary=session_assessor,
        order_by="Assessor.id",
        imp=True,
        group=PEOPLE,
        aliases=("考评人员", "考评员姓名", "考评员名单"),
        bulk=True,
    )
    supervisors: Mapped[list[Supervisor]] = links(
        "督导员",
        secondary=session_supervisor,
        order_by="Supervisor.id",
        imp=True,
        group=PEOPLE,
        aliases=("督导人员", "督导", "质量督导员", "督导员姓名"),
        bulk=True,
    )
