"""What must be on record before a batch can be filed, and who registers it?"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from sqlalchemy import select
from stdnum.cn import uscc

from app.core import clock, scope
from app.core.declarations.behaviour import procedure_of
from app.core.records import record
from app.core.roles import Actor
from app.core.scope import AnySession
from app.core.transaction import transaction
from app.core.workflow import moves
from app.models import (
    Batch,
    Body,
    Candidate,
    Commission,
    Enterprise,
    ExamPaper,
    Inspection,
    Level,
    Material,
    Plan,
    PrintingAgreement,
    WorkType,
)
from app.services.demonstration import stand_ins
from app.services.sign_up import eligibility, sign_up


def as_reviewer(session: AnySession, item: Body | Commission | Batch, move: str) -> Actor:
    """Return a user entitled to make ``move`` on the record."""
    procedure = procedure_of(type(item).__name__)
    return stand_ins.authority(session, procedure, item, procedure.move(move))


def enterprise_named(session: AnySession, clerk: Actor, body: Body, name: str) -> Enterprise:
    """Return the enterprise with that name, registering it by the body if it is new."""
    known: Enterprise | None = session.scalar(select(Enterprise).where(Enterprise.name == name))
    if known is not None:
        return known
    made = Enterprise(
        name=name,
        credit_code=_credit_code(name, body.region.code),
        region=body.region,
        city_centre=body.city_centre,
        registered_by=body,
        address=body.region.name,
        contact="人力资源部",
        phone=body.phone,
    )
    record.add(session, clerk, made)
    return made


def _credit_code(name: str, region: str) -> str:
    """Return a valid credit code for an invented enterprise, determined by its name."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    subject = ""
    for _ in range(9):
        number, digit = divmod(number, len(alphabet))
        subject += alphabet[digit]
    front = f"91{region}{subject}"
    return front + uscc.calc_check_digit(front)


def commission(session: AnySession, clerk: Actor, body: Body, employer: Enterprise) -> Commission:
    """Create a commission from the enterprise to the body and have its letter issued."""
    made = Commission(
        enterprise=employer,
        body=body,
        centre=employer.city_centre,
        content="本企业员工职业技能等级认定",
        promise=True,
    )
    record.add(session, clerk, made)
    moves.act(session, clerk, made, "submit")
    reviewer = as_reviewer(session, made, "commission")
    with scope.acting(session, reviewer):
        moves.act(session, reviewer, made, "commission", "同意委托")
    return made


def published_plan(
    session: AnySession, clerk: Actor, body: Body, employer: Enterprise | None, exam: date
) -> Plan:
    """Create a plan for the exam and publish it today."""
    made = Plan(
        title=f"{employer.name if employer else body.name}{exam.year}年职业技能等级认定计划",
        body=body,
        enterprise=employer,
        year=exam.year,
        planned_from=clock.today(),
        planned_to=exam + timedelta(days=60),
        arrangement=f"{exam}起组织理论和实操考试，具体以考务安排表为准。",
        conditions="符合国家职业技能标准规定的申报条件，由企业审核、评价机构核准。",
        content="理论知识、操作技能，二级/技师及以上另有综合评审。",
        incentives="评价合格者由企业认可评价结果，兑现相关工资待遇。",
        published_at_place="企业公告栏",
    )
    record.add(session, clerk, made)
    moves.act(session, clerk, made, "publish")
    return made


def agreement(session: AnySession, clerk: Actor, body: Body, exam: date) -> PrintingAgreement:
    """Return the body's printing agreement in force on the exam day, creating one if needed."""
    known: PrintingAgreement | None = session.scalar(
        select(PrintingAgreement).where(
            PrintingAgreement.body_id == body.id,
            PrintingAgreement.signed_on <= exam,
            PrintingAgreement.valid_to >= exam,
        )
    )
    if known is not None:
        return known
    signed = min(clock.today(), exam)
    made = PrintingAgreement(
        no=f"BM-{body.code}-{signed:%Y%m%d}",
        body=body,
        printer="唐山新彩印务有限公司",
        qualification="印刷经营许可证",
        signed_on=signed,
        valid_to=signed + timedelta(days=3 * 365),
    )
    record.add(session, clerk, made)
    return made


def papers(session: AnySession, clerk: Actor, batch: Batch, bound: PrintingAgreement) -> None:
    """Register a paper from the item bank for every work type and level of the roster."""
    taken = select(Candidate.work_type_id).where(Candidate.batch_id == batch.id)
    kinds = {
        row.name: row for row in session.scalars(select(WorkType).where(WorkType.id.in_(taken)))
    }
    ranks = {row.digit: row for row in session.scalars(select(Level))}
    groups = sign_up.counted(sign_up.people(session, batch))
    with transaction(session, clerk):
        for group in groups:
            paper = ExamPaper(
                batch=batch,
                work_type=kinds[group.work_type],
                level=ranks[group.level],
                source="bank",
                agreement=bound,
                copies=group.count + 2,
                sealed=True,
            )
            record.put(session, clerk, paper)


def statement(session: AnySession, clerk: Actor, batch: Batch) -> None:
    """Attach the applications, the employer's statement and, for a trainer, insurance evidence."""
    _material(
        session, clerk, batch, "application", "申报表合订本.txt",
        f"{batch.name}参评人员职业技能等级认定申报表（附件1），每人一份，合订。\n",
    )  # fmt: skip
    who = batch.enterprise.name if batch.enterprise else batch.body.name
    _material(
        session, clerk, batch, "employer_statement", "单位证明及承诺.txt",
        f"{who}关于{batch.name}的证明及承诺：参评人员均为本单位正式员工，资料属实；"
        "评价合格后认可评价结果，兑现相关待遇。\n",
    )  # fmt: skip
    if batch.body.kind == eligibility.TRAINER:
        _material(
            session, clerk, batch, "social_insurance", "社保证明.txt",
            f"{who}参评人员社会保险缴费记录，与申报的工作年限相符。\n",
        )  # fmt: skip


def _material(
    session: AnySession, clerk: Actor, batch: Batch, kind: str, filename: str, text: str
) -> None:
    """Attach a text file to the batch as a whole."""
    content = text.encode()
    made = Material(
        batch=batch,
        kind=kind,
        filename=filename,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
    )
    record.add(session, clerk, made)


def supervision(session: AnySession, batch: Batch) -> None:
    """Finish the city's planned supervision of the batch without findings."""
    officer = stand_ins.officer_of(session, batch.city_centre_id)
    with scope.acting(session, officer):
        planned = session.scalars(
            select(Inspection).where(
                Inspection.batch_id == batch.id, Inspection.kind == "supervision"
            )
        ).one()
        moves.act(session, officer, planned, "finish")
