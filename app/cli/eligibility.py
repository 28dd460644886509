"""Which command judges the eligibility of one person or of a batch's roster?"""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from app.core import clock
from app.core.cli.find import record_of
from app.core.cli.frame import Day, command
from app.core.cli.words import Whole
from app.core.database import db
from app.core.errors import AppError, NotFound
from app.core.records.code_lists import code_for, code_lists
from app.models import Batch
from app.rules.reference.level import parse_level
from app.rules.sign_up.eligibility_facts import GRADUATES, Person
from app.rules.sign_up.eligibility_verdict import Verdict
from app.services.reference import vocabulary
from app.services.sign_up import eligibility

_FLAG = click.Choice(["yes", "no"])
_WORD = {"yes": True, "no": False, None: None}
_SCHOOLS = sorted({one for each in GRADUATES.values() for one in (*each.schools, *each.perhaps)})


@command("eligibility")
@click.option("--batch", "number", help="批次编号：列出整个名册的申报条件问题")
@click.option("--level", help="申报等级，如 四级")
@click.option("--occupation", default="", help="申报职业；不写按通用条件")
@click.option("--years", type=Whole(0, 60), help="从事本职业年限")
@click.option("--current", help="现有证书等级，没有的写 无")
@click.option("--current-date", type=Day(), help="取证时间")
@click.option("--education", help="文化程度，名称或代码")
@click.option("--school", type=click.Choice([*_SCHOOLS, "other"]), help="毕业院校类型的代码")
@click.option("--related", type=_FLAG, help="所学专业是否本专业或相关专业")
@click.option("--final-year", type=_FLAG, help="是否应届毕业生")
@click.option("--title", type=click.Choice(["none", "junior", "middle", "senior"]), help="职称等级")
@click.option("--title-date", type=Day(), help="职称取得时间")
@click.option("--apprenticed", type=_FLAG, help="是否学徒期满")
@click.option("--born", type=Day(), help="出生日期")
def eligibility_(*, number: str | None, level: str | None, **facts: Any) -> dict[str, Any]:
    """查询报考条件：一个人能否申报，或一个批次的名册有什么问题。"""
    if number:
        found = eligibility.problems(db.session, record_of(Batch, number))
        return {
            "batch": number,
            "problems": [
                {
                    "code": one.code,
                    "severity": one.severity,
                    "rows": list(one.rows),
                    "message": one.message,
                    "remedy": one.remedy,
                }
                for one in found
            ],
        }
    if not level:
        raise AppError("请写明申报等级（--level 四级），或批次编号（--batch）")
    return _shown(_verdict(level, facts))


def _verdict(level: str, facts: dict[str, Any]) -> Verdict:
    levels = vocabulary.levels(db.session).names
    digit = parse_level(level, levels)
    if digit is None:
        raise NotFound(f"等级“{level}”无法识别，可用的有：{'、'.join(one.name for one in levels)}")
    occupation = None
    if facts["occupation"]:
        occupation = eligibility.occupation_named(db.session, facts["occupation"])
        if occupation is None:
            raise NotFound(f"没有名为“{facts['occupation']}”的职业，请照大典的名称填写")
    return eligibility.answer(db.session, _person(facts, levels), digit, occupation)


def _person(facts: dict[str, Any], levels: Any) -> Person:
    current, education = facts["current"], facts["education"]
    held = None if current is None else "" if current == "无" else parse_level(current, levels)
    if current not in (None, "无") and held is None:
        raise NotFound(f"现有证书等级“{current}”无法识别，没有证书的写 无")
    degrees = code_lists(db.session).get("education", ())
    degree = code_for(education, degrees) if education else None
    if education and degree is None:
        raise NotFound(f"文化程度“{education}”无法识别，请照代码表填写")
    today: date = clock.today()
    return Person(
        day=today,
        years=facts["years"],
        current=held,
        current_date=facts["current_date"],
        education=degree,
        school=facts["school"],
        related=_WORD[facts["related"]],
        final_year=_WORD[facts["final_year"]],
        title=facts["title"],
        title_date=facts["title_date"],
        apprenticed=_WORD[facts["apprenticed"]],
        born=facts["born"],
    )


def _shown(verdict: Verdict) -> dict[str, Any]:
    return {
        "answer": verdict.answer,
        "sentence": verdict.sentence,
        "route": None if verdict.route is None else verdict.route.route.name,
        "evidence": list(verdict.evidence) if verdict.answer == "unknown" else [],
        "routes": [
            {
                "route": one.route.name,
                "answer": one.answer,
                "wording": one.route.wording,
                "conditions": [each.text for each in one.conditions],
                "evidence": list(one.evidence),
            }
            for one in verdict.routes
        ],
    }


COMMANDS = (eligibility_,)
