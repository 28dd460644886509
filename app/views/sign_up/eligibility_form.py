"""Which facts does the page 报考条件查询 ask for?"""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from app.core import clock
from app.core.database import db
from app.core.records.code_lists import code_lists
from app.core.views.forms.fields import BAD_DATE, BAD_NUMBER, Tidy
from app.core.views.forms.number_fields import WholeField
from app.models import Occupation
from app.rules.sign_up.eligibility_facts import Kind, Person
from app.services.reference import vocabulary
from app.services.sign_up import eligibility

UNKNOWN = "不清楚"
NONE = "none"
_YES_NO = {"yes": True, "no": False}


def _choices(*pairs: tuple[str, str], blank: str = UNKNOWN) -> list[SelectChoice]:
    return [SelectChoice(value="", label=blank), *(SelectChoice(*pair) for pair in pairs)]


def _levels() -> list[tuple[str, str]]:
    return [(one.digit, one.name) for one in vocabulary.levels(db.session).names]


def _codes(kind: str) -> list[SelectChoice]:
    items = code_lists(db.session).get(kind, ())
    return _choices(*((one.code, one.name) for one in items if one.active))


def _yes_no(label: str, help_: str = "") -> SelectField:
    choices = _choices(("yes", "是"), ("no", "否"))
    return SelectField(label, choices=choices, default="", description=help_)


def _day(label: str, help_: str = "") -> DateField:
    return DateField(label, [Optional()], description=help_, invalid_value_message=BAD_DATE)


class EligibilityForm(FlaskForm):
    """One person's facts; blank fields are unknown, and nothing is stored."""

    level = SelectField("申报等级", [InputRequired("请选择申报等级")])
    occupation = StringField(
        "申报职业",
        [Length(max=120, message="不能超过 120 个字")],
        filters=[Tidy()],
        description="如 车工；空着按通用条件判断",
    )
    day = _day("报名日", "按这一天施行的版本判断；空着为今天")
    body_kind = SelectField("评价机构类型", default="", description="社会培训评价组织另须社保证明")
    mode = SelectField(
        "评价方式",
        default="",
        choices=[("", "考核鉴定等"), ("contest", "竞赛晋升"), ("direct", "直接认定")],
    )
    settled = _yes_no("已有获奖或认定文件", "只对竞赛晋升、直接认定有用")
    born = _day("出生日期")
    years = WholeField(
        "从事本职业年限",
        [Optional(), NumberRange(0, 60, message="应在 0 至 60 年之间")],
        description="累计从事本职业或相关职业的整年数",
        invalid_value_message=BAD_NUMBER,
    )
    current = SelectField("现有证书等级", default="")
    current_date = _day("取证时间")
    apprenticed = _yes_no("学徒期满")
    education = SelectField("文化程度", default="")
    school = SelectField("毕业院校类型", default="")
    final_year = _yes_no("应届毕业生", "尚未取得毕业证书的在校应届毕业生")
    related = _yes_no("专业对口", "所学专业是本专业或相关专业")
    title = SelectField("职称等级", default="")
    title_date = _day("职称取得时间")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = _levels()
        self.level.choices = _choices(*levels, blank="请选择")
        self.current.choices = _choices((NONE, "没有证书"), *levels)
        self.body_kind.choices = _codes("body_kind")
        self.education.choices = _codes("education")
        self.school.choices = _codes("school_kind")
        self.title.choices = _codes("title_rank")
        self.meant: Occupation | None = None

    def validate_occupation(self, field: StringField) -> None:
        """Refuse an unknown occupation, rather than silently judging by the general routes."""
        if not field.data:
            return
        self.meant = eligibility.occupation_named(db.session, field.data)
        if self.meant is None:
            raise ValidationError("没有这个职业，请照国家职业分类大典的名称填写，或空着")

    def person(self) -> Person:
        """Return the entered facts as input to the rules."""
        kinds: frozenset[Kind] = frozenset({self.mode.data} if self.mode.data else set())
        return Person(
            day=self.day.data or clock.today(),
            years=self.years.data,
            current="" if self.current.data == NONE else self.current.data or None,
            current_date=self.current_date.data,
            education=self.education.data or None,
            school=self.school.data or None,
            related=_YES_NO.get(self.related.data),
            final_year=_YES_NO.get(self.final_year.data),
            title=self.title.data or None,
            title_date=self.title_date.data,
            apprenticed=_YES_NO.get(self.apprenticed.data),
            born=self.born.data,
            settled=_YES_NO.get(self.settled.data) or None,
            kinds=kinds,
        )


def values_of(person: Person) -> dict[str, Any]:
    """Return a person's facts as values of the form."""
    word = {True: "yes", False: "no", None: ""}
    return {
        "day": person.day,
        "mode": next(iter(person.kinds), ""),
        "settled": word[person.settled],
        "born": person.born,
        "years": person.years,
        "current": NONE if person.current == "" else person.current or "",
        "current_date": person.current_date,
        "apprenticed": word[person.apprenticed],
        "education": person.education or "",
        "school": person.school or "",
        "final_year": word[person.final_year],
        "related": word[person.related],
        "title": person.title or "",
        "title_date": person.title_date,
    }


GROUPS = (
    ("申报", ("level", "occupation", "day", "body_kind", "mode", "settled")),
    ("从业与证书", ("years", "current", "current_date", "apprenticed", "born")),
    ("学历与职称", ("education", "school", "final_year", "related", "title", "title_date")),
)
