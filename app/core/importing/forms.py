"""Which columns does each import know? Those that the models declare, under their own labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import inspect

from app.core.declarations.base import Entity
from app.core.declarations.field import Field, describe
from app.core.errors import NotFound
from app.core.records.sheet_columns import kind_of
from app.core.sheets.reading.table import Column, Kind, SheetForm
from app.models import Candidate, ExamSession, Score

KINDS = ("roster", "scores", "arrangement")

LABELS = {"roster": "人员名册", "scores": "成绩表", "arrangement": "考务安排表"}
HINTS = {
    "roster": "人员名册备案表（附件2）；已有的人按证件号码更新，空白单元格不改动",
    "scores": "名册上各人的理论、实操成绩和综合评审",
    "arrangement": "考务安排表（附件3）",
}

#: The model whose rows each kind writes.
MODELS: dict[str, type[Entity]] = {"roster": Candidate, "scores": Score, "arrangement": ExamSession}

#: Columns by which a sheet of scores names the candidate; the last two only to compare.
WHOSE = ("name", "id_number", "occupation", "work_type", "level")

# Needed in a row, but found out where a sheet has no such column: the gender stands in the identity
# number, an occupation and its work type name each other.
_FOUND_OUT = frozenset({"gender", "occupation", "work_type"})


# Text that a spreadsheet likes to turn into a number.
_LONG_NUMBERS = frozenset({"current_certificate", "site_phone"})


@dataclass(frozen=True)
class Declared:
    """A field that a kind of import knows; ``required``: no sheet of it goes without."""

    field: Field
    model: type[Entity]
    required: bool


@cache
def form_of(kind: str) -> SheetForm:
    """The sheet of that kind; NotFound for a kind that nobody knows."""
    if kind not in KINDS:
        raise NotFound(f"没有“{kind}”这种导入，可用的有：{'、'.join(KINDS)}")
    columns = tuple(_column(one) for one in declared(kind))
    return SheetForm(LABELS[kind], columns, (LABELS[kind].removesuffix("表"),))


def other_forms(kind: str) -> tuple[SheetForm, ...]:
    """The sheets that a file may be by mistake."""
    return tuple(form_of(other) for other in KINDS if other != kind)


def declared(kind: str) -> list[Declared]:
    """The columns of that kind, as the models declare them."""
    if kind != "scores":
        return list(_imported(MODELS[kind]))
    whose = {one.field.name: one for one in _imported(Candidate)}
    known = [Declared(whose[name].field, Candidate, name == "id_number") for name in WHOSE]
    return [*known, *_imported(Score)]


def _imported(model: type[Entity]) -> Iterable[Declared]:
    for field in describe(model).where("imp"):
        yield Declared(field, model, field.required and field.name not in _FOUND_OUT)


def _column(one: Declared) -> Column:
    field = one.field
    kind = _kind(one.model, field)
    if kind != "datetime_range":
        return Column(field.name, field.label, field.aliases, one.required, kind)
    # One cell holds beginning and end: 理论考试开始 and 理论考试结束 are 理论考试时间 on paper.
    heading = field.label.removesuffix("开始") + "时间"
    others = (field.label, *(alias for alias in field.aliases if alias != heading))
    return Column(field.name, heading, others, one.required, kind)


def _kind(model: type[Entity], field: Field) -> Kind:
    if field.relation and inspect(model).relationships[field.name].uselist:
        return "person_names"
    if field.name == "name":
        return "name"
    if field.name in _LONG_NUMBERS:
        return "long_number"
    kind = kind_of(model, field)
    return "datetime_range" if kind == "moment" else kind
