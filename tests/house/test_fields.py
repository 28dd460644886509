"""Does every table and every field say what staff need to know of it, once and in Chinese?"""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, String, Text, inspect

from app.core.declarations.base import Entity, entities, entity_named
from app.core.declarations.behaviour import procedures
from app.core.declarations.checked import check_declarations
from app.core.declarations.field import Field, describe
from app.core.declarations.opening import is_issued
from app.core.declarations.reach import Linked, OpenWhenNull, Via
from app.core.roles import AREAS, TITLES
from app.models.owners import ByBody, ByCentre
from app.roles import EVERYONE
from tests.house.tree import ROOT

CHINESE = re.compile("[一-鿿]")
MODELS = sorted(entities(), key=lambda model: model.__name__)
models = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def fields(model: type[Entity]) -> tuple[Field, ...]:
    return describe(model).fields


def column(model: type[Entity], field: Field) -> Any:
    """The column of a field that is no relation."""
    return inspect(model).columns[field.name]


# -- tables --------------------------------------------------------------------------------------


def test_the_declarations_let_the_product_start() -> None:
    check_declarations(MODELS)


@models
def test_every_table_says_label_title_reach_and_area(model: type[Entity]) -> None:
    assert CHINESE.search(model.__label__)
    assert describe(model).title in {field.name for field in fields(model)}
    assert model.__reach__
    assert model.__area__ in AREAS
    assert (model.__doc__ or "").strip()


def test_labels_tell_the_tables_apart() -> None:
    assert [
        label for label, times in Counter(m.__label__ for m in MODELS).items() if times > 1
    ] == []


@models
def test_the_paths_along_which_a_row_is_seen_exist(model: type[Entity]) -> None:
    mapper = inspect(model)
    for rule in (*model.__reach__, *model.__owner__):
        match rule:
            case ByBody(name) | ByCentre(name) | OpenWhenNull(name):
                assert name == "id" or name in mapper.columns
            case Via(relation):
                assert f"{relation}_id" in mapper.columns
                assert relation in mapper.relationships
            case Linked(other, name):
                assert name in inspect(entity_named(other)).columns


@models
def test_a_row_that_is_not_for_everyone_refers_to_somebody(model: type[Entity]) -> None:
    """A table with a body, a centre or a batch is scoped; one without is reference data."""
    keys = {"body_id", "batch_id", "candidate_id", "publicity_id", "enterprise_id"}
    scoped = bool(keys & set(inspect(model).columns.keys()))
    if scoped:
        assert model.__area__ != "reference"


# -- fields --------------------------------------------------------------------------------------


@models
def test_every_label_is_chinese_and_stands_once_in_its_table(model: type[Entity]) -> None:
    labels = Counter(field.label for field in fields(model))
    assert [label for label, times in labels.items() if times > 1] == []
    odd = [label for label in labels if not CHINESE.search(label)]
    assert odd == []


@models
def test_every_key_has_the_relation_that_staff_see(model: type[Entity]) -> None:
    declared = {field.name for field in fields(model) if field.relation}
    keys = [c.key for c in inspect(model).columns if c.foreign_keys]
    assert [key for key in keys if key.removesuffix("_id") not in declared] == []


@models
def test_a_relation_leads_where_its_key_leads(model: type[Entity]) -> None:
    for relation in inspect(model).relationships:
        if relation.secondary is None and f"{relation.key}_id" in inspect(model).columns:
            (key,) = inspect(model).columns[f"{relation.key}_id"].foreign_keys
            assert key.column.table is relation.mapper.local_table, relation.key
            assert {c.key for c in relation.local_columns} == {f"{relation.key}_id"}


@models
def test_codes_come_from_a_list_that_the_seed_knows(model: type[Entity]) -> None:
    with (ROOT / "seed/reference/code_kinds.csv").open(encoding="utf-8", newline="") as file:
        known = {row["kind"] for row in csv.DictReader(file)}
    assert {field.codes for field in fields(model) if field.codes} <= known


@models
def test_defaults_are_values_that_may_be_chosen(model: type[Entity]) -> None:
    with (ROOT / "seed/reference/codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for field in fields(model):
        if field.relation or not (field.codes or field.choices):
            continue
        default = getattr(column(model, field).default, "arg", None)
        known = {row["code"] for row in rows if row["kind"] == field.codes}
        known |= {value for value, _ in field.choices}
        assert default in (None, "") or str(default) in known, field.name


SEARCHES: dict[str, tuple[type[Any], ...]] = {
    "contains": (String, Text),
    "prefix": (String,),
    "exact": (String, Integer),
    "range": (Date, DateTime, Integer, Numeric),
}


@models
def test_a_field_is_searched_as_its_kind_allows(model: type[Entity]) -> None:
    for field in fields(model):
        if field.search is None:
            continue
        if field.search == "pick":
            chosen = field.relation or field.codes or field.choices or field.name == "state"
            assert chosen or isinstance(column(model, field).type, Boolean), field.name
        else:
            assert isinstance(column(model, field).type, SEARCHES[field.search]), field.name


@models
def test_quick_search_is_for_text_that_is_searched_anyway(model: type[Entity]) -> None:
    odd = [
        field.name
        for field in fields(model)
        if field.quick and not isinstance(column(model, field).type, String)
    ]
    assert odd == []


@models
def test_a_code_fits_its_column(model: type[Entity]) -> None:
    for field in fields(model):
        if field.choices and isinstance(column(model, field).type, String):
            width = column(model, field).type.length
            assert all(len(value) <= width for value, _ in field.choices), field.name


@models
def test_what_an_imported_sheet_may_call_a_field_means_one_field(model: type[Entity]) -> None:
    imported = [field for field in fields(model) if field.imp]
    words = Counter(word for field in imported for word in {field.label, *field.aliases})
    assert [word for word, times in words.items() if times > 1] == []


@models
def test_numbers_and_telephones_of_people_are_marked_as_sensitive(model: type[Entity]) -> None:
    names = {field.name: field for field in fields(model)}
    if "id_number" in names:
        assert names["id_number"].sensitive == "id_number"
        assert not names["id_number"].bulk
        if "phone" in names:
            assert names["phone"].sensitive == "phone"


@models
def test_nobody_edits_a_state_or_a_given_number(model: type[Entity]) -> None:
    shown = {field.name for field in fields(model) if field.form or field.bulk or field.imp}
    assert "state" not in shown
    if "no" in {f.name for f in fields(model)} and model.__name__ != "PrintingAgreement":
        assert "no" not in shown


@models
def test_a_list_shows_something(model: type[Entity]) -> None:
    assert describe(model).where("list")


@models
def test_a_form_can_fill_all_that_must_be_filled(model: type[Entity]) -> None:
    """What a form lacks is filled in by the services or issued by the procedure."""
    filled = {
        "Batch": {"no", "centre", "city_centre"}, "Plan": {"no"}, "Commission": {"no"},
        "Publicity": {"no"}, "Objection": {"no"}, "Complaint": {"no"}, "Inspection": {"no"},
        "ArchiveFile": {"archived_on", "keep_until"}, "Material": {"filename"},
        "CertificateChange": {"no", "batch", "centre"}, "Destruction": {"no", "centre"},
    }  # fmt: skip
    if is_issued(model):
        return
    missing = {field.name for field in fields(model) if field.required and not field.form}
    assert missing == filled.get(model.__name__, set())


# -- areas and glossary --------------------------------------------------------------------------


def test_areas_speak_of_known_roles_and_every_area_is_used() -> None:
    assert {model.__area__ for model in MODELS} == set(AREAS)
    for area in AREAS.values():
        assert area.read | area.write | area.delete <= EVERYONE == set(TITLES)
        assert area.write <= area.read, "who writes also reads"
        assert area.delete <= area.write | area.read


def test_the_auditor_reads_everything_and_changes_nothing() -> None:
    for area in AREAS.values():
        assert "auditor" in area.read
        assert "auditor" not in area.write | area.delete


@models
def test_the_glossary_knows_every_table(model: type[Entity]) -> None:
    assert f"`{model.__name__}`" in GLOSSARY


def test_the_glossary_knows_every_state_of_a_batch_by_its_name() -> None:

    for table in procedures().values():
        for state in table.states:
            assert f"`{state.name}`" in GLOSSARY, (table.entity, state.name)
            assert state.label in GLOSSARY, (table.entity, state.label)
