"""Which invented people and batches do the tests of the forms write about?"""

from datetime import date

from app.sheets.forms import (
    ApplicationForm,
    ArrangementForm,
    ArrangementRow,
    HistoryRow,
    ResultListForm,
    ResultListRow,
    ResultSummaryForm,
    ResultSummaryRow,
    RosterForm,
    RosterRow,
)

BODY = "唐山市路北区燕山职业技能培训学校"
EMPLOYER = "河北燕南重型机械制造有限公司"
LONG_EMPLOYER = "河北燕南北方重型机械装备制造集团有限责任公司" * 3
LEVELS = {
    "5": "五级/初级工",
    "4": "四级/中级工",
    "3": "三级/高级工",
    "2": "二级/技师",
    "1": "一级/高级技师",
}


def id_number(index: int) -> str:
    """An eighteen-digit text for the layout's sake; nobody has it."""
    return f"13020319900101{index:04d}"


def roster_row(index: int = 0, **changed: str) -> RosterRow:
    values = {
        "name": "王小燕",
        "gender": "女",
        "id_number": id_number(index),
        "education": "大学专科",
        "employer": EMPLOYER,
        "post": "数控车工",
        "years": "7",
        "occupation": "车工",
        "work_type": "数控车工",
        "level": LEVELS["3"],
        "current_level": LEVELS["4"],
        "current_certificate": "Y000013000001194000123",
        "phone": "17229227819",
        "remark": "补考",
    }
    return RosterRow(**(values | changed))


def roster(count: int = 1, **changed: str) -> RosterForm:
    return RosterForm(
        body_name=BODY,
        enterprise_name=EMPLOYER,
        filler="周文静",
        filler_phone="0315-2800000",
        filled_on=date(2021, 4, 12),
        rows=tuple(roster_row(index, **changed) for index in range(count)),
    )


def session(digit: str = "5", head_count: int = 10, level: str = "") -> ArrangementRow:
    return ArrangementRow(
        held_on=date(2021, 4, 24),
        occupation="焊工",
        work_type="电焊工",
        level=level or LEVELS[digit],
        level_digit=digit,
        head_count=head_count,
        site_contact="刘考点 0315-2800111",
        theory_form="机考",
        theory_time="09:00-10:30",
        theory_place="培训楼302机房",
        practical_form="现场操作",
        practical_time="14:00-17:00",
        practical_place="实训基地2号车间",
        assessors="马力强、许彦、宋文辉",
        supervisors="魏春生",
    )


def arrangement(*rows: ArrangementRow) -> ArrangementForm:
    return ArrangementForm(
        body_name=BODY,
        contact="周文静",
        contact_phone="0315-2800000",
        filled_on=date(2021, 4, 12),
        rows=rows or (session(),),
    )


def summary_row(*segments: str) -> ResultSummaryRow:
    return ResultSummaryRow("焊工", "电焊工", LEVELS["5"], 12, 9, segments)


def result_summary(*rows: ResultSummaryRow) -> ResultSummaryForm:
    return ResultSummaryForm(
        body_name=BODY,
        body_number="S000013000001",
        place="唐山市路北区培训楼",
        contact="周文静",
        contact_phone="0315-2800000",
        targets=("委托企业员工",),
        methods=("考核鉴定", "其他"),
        examined_from=date(2021, 4, 24),
        examined_to=date(2021, 4, 25),
        rows=rows or (summary_row("S000013000001215000001至S000013000001215000009"),),
    )


def result_list(count: int = 1) -> ResultListForm:
    rows = tuple(
        ResultListRow(
            name="王小燕",
            id_number=id_number(index),
            employer=EMPLOYER,
            occupation="焊工",
            work_type="电焊工",
            level=LEVELS["5"],
            certificate_no=f"S000013000001215{index + 1:06d}",
            issued_on=date(2021, 5, 18),
            body_name=BODY,
            issuer="燕山学校",
        )
        for index in range(count)
    )
    return ResultListForm(BODY, "周文静", "0315-2800000", date(2021, 5, 8), rows)


def application(**changed: object) -> ApplicationForm:
    values: dict[str, object] = {
        "serial_no": "20210424-0012",
        "name": "王小燕",
        "gender": "女",
        "phone": "17229227819",
        "education": "大学专科",
        "id_number": id_number(12),
        "employer": EMPLOYER,
        "post": "数控车工",
        "post_years": 12,
        "employer_address": "唐山市开平区新苑路118号",
        "employer_phone": "0315-2800222",
        "occupation": "车工（数控车工）",
        "level": LEVELS["3"],
        "certificate_name": "车工 四级/中级工",
        "certificate_no": "Y000013000001194000123",
        "certificate_date": date(2019, 6, 1),
        "certificate_issuer": "唐山市职业技能鉴定中心",
        "history": (HistoryRow("2012.07—2021.04", f"{EMPLOYER} 车工", "李建国"),),
        "department": "机加工一车间",
        "opinion_post": "数控车工",
        "opinion_years": "壹拾贰",
        "condition": "第（一）项",
    }
    return ApplicationForm(**(values | changed))  # type: ignore[arg-type]
