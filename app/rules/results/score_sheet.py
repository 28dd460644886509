"""Do the rows of a score sheet agree with the roster, and may their marks be taken?"""

from __future__ import annotations

from decimal import Decimal

from app.core.errors import Problem
from app.core.masking import mask_identity
from app.core.rule import CENTRE, INFERRED, Rule
from app.core.wording import fold
from app.rules.reference.identity import ID_MISSING
from app.rules.results.scoring import PAPER_NAMES, PaperName, shown_mark

SCORES_EARLY = Rule(
    "scores_early",
    "成绩在批次备案并开始考评后录入；此前只先登记",
    "early_problems",
    clause="流程七",
    basis=CENTRE,
    severity="warning",
    number="7-21",
)
CANDIDATES_LEFT = Rule(
    "candidates_left",
    "首次导入的成绩表包括名册中的全部人员",
    "left_problems",
    clause="流程七",
    basis=INFERRED,
    severity="warning",
    number="7-22",
)
NOT_ON_ROSTER = Rule(
    "not_on_roster",
    "成绩表中的人员在本批次名册中",
    "stranger_problems",
    "流程七",
    INFERRED,
    number="7-23",
)
NAME_MISMATCH = Rule(
    "name_mismatch", "成绩表的姓名与名册一致", "name_problems", "流程七", INFERRED, number="7-24"
)
ROSTER_OCCUPATION_MISMATCH = Rule(
    "roster_occupation_mismatch",
    "成绩表的申报职业与名册一致",
    "work_problems",
    "流程七",
    INFERRED,
    number="7-25",
)
WORK_TYPE_MISMATCH = Rule(
    "work_type_mismatch",
    "成绩表的申报工种与名册一致",
    "work_problems",
    "流程七",
    INFERRED,
    number="7-26",
)
LEVEL_MISMATCH = Rule(
    "level_mismatch",
    "成绩表的申报等级与名册一致",
    "level_problems",
    "流程七",
    INFERRED,
    number="7-27",
)
MARKS_MISSING = Rule(
    "marks_missing",
    "成绩表的每一行有成绩，或注明缺考、违纪、缓考",
    "missing_problems",
    clause="流程七",
    basis=INFERRED,
    number="7-28",
)
PAPER_CARRIED = Rule(
    "paper_carried",
    "补考时沿用前次成绩的科目，本次不填成绩",
    "carried_problems",
    clause="流程七",
    basis=CENTRE,
    number="7-29",
)
THEORY_NOT_NEEDED = Rule(
    "theory_not_needed",
    "不设理论考试的等级没有理论成绩",
    "needless_problems",
    basis=INFERRED,
    number="0-69",
)
PRACTICAL_NOT_NEEDED = Rule(
    "practical_not_needed",
    "不设实操考试的等级没有实操成绩",
    "needless_problems",
    basis=INFERRED,
    number="0-70",
)
REVIEW_NOT_NEEDED = Rule(
    "review_not_needed",
    "不设综合评审的等级没有综合评审成绩",
    "needless_problems",
    basis=INFERRED,
    number="0-71",
)
_NEEDLESS: dict[PaperName, Rule] = {
    "theory": THEORY_NOT_NEEDED,
    "practical": PRACTICAL_NOT_NEEDED,
    "review": REVIEW_NOT_NEEDED,
}
_WORK = {
    "occupation": (ROSTER_OCCUPATION_MISMATCH, "申报职业"),
    "work_type": (WORK_TYPE_MISMATCH, "申报工种"),
}


def early_problems(state: str, *, early: bool) -> list[Problem]:
    """Warn of marks before the exam has begun; ``state`` is the label of the batch's state."""
    if not early:
        return []
    message = f"批次现在是“{state}”：成绩先登记，批次备案并开始考评后才能“成绩录入完毕”"
    return [SCORES_EARLY.broken(message)]


def left_problems(left: int, scored: int) -> list[Problem]:
    """Warn where the first sheet leaves ``left`` people out; later ones may come in parts."""
    if not left or scored:
        return []
    message = f"名册中还有 {left} 人不在这张成绩表里，请确认是否漏报"
    return [CANDIDATES_LEFT.broken(message)]


def stranger_problems(name: str, number: str, namesakes: list[str], row: int) -> list[Problem]:
    """Object to a row that matches no one on the roster.

    ``namesakes`` are the identity numbers of people on the roster with that name.
    """
    if not number:
        message = f"{name}没有填写证件号码，无法对应名册，请补填"
        return [
            ID_MISSING.broken(
                message, field="id_number", row=row, clause="", remedy="补填成绩表中的证件号码"
            )
        ]
    message = f"{name}（{mask_identity(number)}）不在本批次名册中，"
    if len(namesakes) == 1:
        message += f"名册中同名者的号码为{mask_identity(namesakes[0])}，请核对证件号码"
    else:
        message += "请核对证件号码和批次"
    return [NOT_ON_ROSTER.broken(message, field="id_number", row=row)]


def name_problems(written: str, known: str) -> list[Problem]:
    """Object to a name that differs from the roster's for the same number; blank is accepted."""
    if not written or fold(written) == fold(known):
        return []
    message = f"名册中该证件号码的姓名是“{known}”，表中写的是“{written}”，请核对"
    return [NAME_MISMATCH.broken(message, field="name")]


def work_problems(field: str, who: str, written: str, known: str, *, agrees: bool) -> list[Problem]:
    """Object to an occupation or work type (``field``) that differs from the roster's."""
    if not written or agrees:
        return []
    rule, label = _WORK[field]
    message = f"名册中{who}的{label}是“{known}”，表中写的是“{written}”，请核对"
    return [rule.broken(message, field=field)]


def level_problems(who: str, written: str, known: str, *, agrees: bool) -> list[Problem]:
    """Object to a level that differs from the roster's."""
    if agrees:
        return []
    message = f"名册中{who}的申报等级是“{known}”，表中写的是“{written}”，请核对"
    return [LEVEL_MISMATCH.broken(message, field="level")]


def missing_problems(*, given: bool) -> list[Problem]:
    """Object to a row with neither a mark nor a reason for its absence."""
    if given:
        return []
    message = "没有成绩：缺考、违纪、缓考请在备注栏注明，尚未考试的请删去该行"
    return [MARKS_MISSING.broken(message, field="theory")]


def carried_problems(
    what: str, name: PaperName, earlier: Decimal | None, remedy: str
) -> list[Problem]:
    """Object to marks of a paper (``what``) whose ``earlier`` mark is carried over."""
    if earlier is None:
        return []
    message = f"{what}沿用前次的 {shown_mark(earlier)} 分，{remedy}"
    return [PAPER_CARRIED.broken(message, field=name)]


def needless_problems(name: PaperName, level: str, *, asked: bool) -> list[Problem]:
    """Object to marks of a paper that the level does not have."""
    if asked:
        return []
    message = f"{level}不设{PAPER_NAMES[name]}，请删去该成绩"
    return [_NEEDLESS[name].broken(message, field=name)]
