"""How is every form filled for a number of people, with usual values and with very long ones?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from app.sheets.forms import (
    ApplicationForm,
    ArchiveInventory,
    ArrangementForm,
    CommissionLetter,
    Composed,
    DeskLabel,
    HistoryRow,
    InventoryRow,
    NoticeRow,
    PublicityNotice,
    ResultListForm,
    ResultNotice,
    ResultSummaryForm,
    RosterForm,
    SignInRow,
    SignInSheet,
    compose_applications,
    compose_documents,
    compose_form,
    compose_labels,
    write,
)
from tests.sheets.forms import people
from tests.sheets.forms.people import BODY, EMPLOYER, LEVELS
from tests.sheets.forms.pictures import png

SIXTY = (
    "河北燕南北方重型机械装备制造集团有限责任公司唐山市开平区分公司第二机械加工制造车间"
    "设备维修技术服务中心综合管理办公室第三工段"
)[:60]
TWELVE = "、".join(f"{name}强" for name in "马许宋李赵钱孙周吴郑王冯")
SITES = tuple(
    f"唐山市路北区北新西道{number}号燕山职业技能培训学校第{number}实训基地"
    for number in range(1, 9)
)
TRADE = {"occupation": "机床装调维修工", "work_type": "数控机床机械装调维修工"}
DAY = date(2021, 4, 24)


def _roster(number: int, *, long: bool) -> Composed:
    wordy = {"employer": SIXTY, "post": "重型数控龙门铣镗床操作与维护", "remark": "免试理论"}
    more = wordy | TRADE | {"level": LEVELS["1"], "name": "欧阳·阿卜杜热西提"} if long else {}
    form = people.roster(number, **more) if number else RosterForm()
    return compose_form(replace(form, enterprise_name=SIXTY) if long else form)


def _arrangement(number: int, *, long: bool) -> Composed:
    rows = [
        replace(
            people.session("54321"[index % 5], 10 + index),
            held_on=DAY + timedelta(days=index // 8),
            **(_long_session(index) if long else {}),
        )
        for index in range(number)
    ]
    return compose_form(people.arrangement(*rows) if rows else ArrangementForm())


def _long_session(index: int) -> dict[str, str]:
    places = {"theory_place": SITES[index // 4 % 8], "practical_place": SITES[index % 8]}
    return TRADE | places | {"assessors": TWELVE, "site_contact": "欧阳建国 0315-2800111转8008"}


def _summary(number: int, *, long: bool) -> Composed:
    """A group to five people."""
    pieces = 6 if long else 1
    rows = [
        replace(
            people.summary_row(*(_segment(100 * group + 10 * one) for one in range(pieces))),
            **(TRADE if long else {}),
        )
        for group in range((number + 4) // 5)
    ]
    form = people.result_summary(*rows) if rows else ResultSummaryForm()
    return compose_form(replace(form, place="；".join(SITES)) if long else form)


def _segment(first: int) -> str:
    return f"S000013000001215{first + 1:06d}至S000013000001215{first + 5:06d}"


def _list(number: int, *, long: bool) -> Composed:
    form = people.result_list(number) if number else ResultListForm()
    wordy = {"employer": SIXTY, "body_name": SIXTY, "issuer": SIXTY, "level": LEVELS["1"]}
    more = wordy | TRADE | {"id_kind": "港澳居民来往内地通行证"} if long else {}
    return compose_form(replace(form, rows=tuple(replace(row, **more) for row in form.rows)))


def _applications(number: int, *, long: bool) -> Composed:
    place = {"employer": SIXTY, "employer_address": SITES[0] * 2, "certificate_issuer": SIXTY}
    row = HistoryRow("2012.07—2021.04", f"{SIXTY} 车工", "李建国")
    more = {**place, "history": (row,) * 5, "photo": png(295, 413)} if long else {}
    forms = [people.application(**more) for _ in range(number)]
    return compose_applications(forms or [ApplicationForm()])


def _letter(number: int, *, long: bool) -> Composed:
    content = "焊工（电焊工）五级/初级工、四级/中级工，约120人；" * (8 if long else 1)
    letter = CommissionLetter(
        "唐山市职业技能鉴定中心",
        "唐职鉴函〔2021〕12号",
        BODY,
        SIXTY if long else EMPLOYER,
        "91130203MA0A1B2C3D",
        content,
        date(2021, 12, 31),
        date(2021, 4, 1),
    )
    return compose_documents([("WT-1", letter)] if number else [], CommissionLetter)


def _publicity(number: int, *, long: bool) -> Composed:
    row = NoticeRow("王*燕", "130203********1234", EMPLOYER, "焊工", "电焊工", LEVELS["1"], "合格")
    row = replace(row, employer=SIXTY, **TRADE) if long else row
    notice = PublicityNotice(
        BODY,
        EMPLOYER,
        "DEMO-2021-0001",
        date(2021, 4, 27),
        date(2021, 5, 8),
        "（5个工作日）",
        "0315-2800000",
        (row,) * number,
    )
    return compose_documents([("GS-1", notice)] if number else [], PublicityNotice)


def _notices(number: int, *, long: bool) -> Composed:
    notice = ResultNotice(
        "DEMO-2021-0001-0001",
        "王小燕",
        people.id_number(1),
        SIXTY if long else EMPLOYER,
        "焊工",
        "电焊工",
        LEVELS["1"],
        "82",
        "77.5",
        "",
        "合格",
        "S000013000001215000001",
        BODY,
        "0315-2800000",
        date(2021, 5, 8),
    )
    return compose_documents([("王小燕", notice)] * number, ResultNotice)


def _sign_in(number: int, *, long: bool) -> Composed:
    employer, place = (SIXTY, SITES[0]) if long else (EMPLOYER, "培训楼302机房")
    sheet = SignInSheet(
        BODY,
        "DEMO-2021-0001",
        "理论考试",
        "焊工",
        "电焊工",
        LEVELS["1"],
        "2021-04-24 09:00-10:30",
        place,
        TWELVE if long else "马力强、许彦、宋文辉",
        tuple(
            SignInRow(f"{seat:02d}", "王小燕", "女", people.id_number(seat), employer)
            for seat in range(1, number + 1)
        ),
    )
    return compose_documents([("电焊工", sheet)] if number else [], SignInSheet)


def _labels(number: int, *, long: bool) -> Composed:
    name, place = ("欧阳·阿卜杜热西提", SITES[0]) if long else ("王小燕", "培训楼302机房")
    number_masked, held = "130203********1234", "2021-04-24 09:00-10:30"
    return compose_labels(
        [
            DeskLabel(f"{seat:02d}", name, number_masked, "电焊工 五级/初级工", held, place)
            for seat in range(1, number + 1)
        ]
    )


def _inventory(number: int, *, long: bool) -> Composed:
    title = "职业技能等级认定申报表" + (
        "及学历证书复印件、社保证明、单位承诺书" * 3 if long else ""
    )
    row = InventoryRow("申报表", title, "纸质", 12, "档案室2柜3层", DAY, date(2024, 6, 1))
    inventory = ArchiveInventory(BODY, "DEMO-2021-0001", "春季认定", DAY, "周文静", (row,) * number)
    return compose_documents([("DEMO", inventory)] if number else [], ArchiveInventory)


SAMPLES: Mapping[str, Callable[..., Composed]] = {
    "roster": _roster,
    "arrangement": _arrangement,
    "result-summary": _summary,
    "result-list": _list,
    "application": _applications,
    "commission-letter": _letter,
    "publicity-notice": _publicity,
    "result-notice": _notices,
    "sign-in-sheet": _sign_in,
    "desk-label": _labels,
    "archive-inventory": _inventory,
}
"""Every form by its kind: a function of the number of people and whether values are long."""

OFFICIAL = ("application", "roster", "arrangement", "result-summary", "result-list")


@cache
def sample(kind: str, number: int, *, long: bool) -> Composed:
    """That form filled for so many people."""
    return SAMPLES[kind](number, long=long)


@cache
def written(kind: str, number: int, *, long: bool, form: str = "xlsx") -> bytes:
    """Its file."""
    return write(sample(kind, number, long=long), form)
