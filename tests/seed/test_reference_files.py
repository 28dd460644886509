"""Are the seeded reference files complete, consistent and fit for the forms of the notice?"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "seed" / "reference"

COLUMNS = {
    "occupations.csv": ["code", "name", "depth", "digital", "green"],
    "occupation_aliases.csv": ["occupation_code", "aliases", "note"],
    "work_types.csv": ["occupation_code", "name", "aliases"],
    "regions.csv": ["code", "name"],
    "levels.csv": ["digit", "order", "name", "short", "aliases", "active", "note"],
    "code_kinds.csv": ["kind", "title"],
    "codes.csv": ["kind", "code", "name", "order", "aliases"],
    "material_requirements.csv": [
        "code", "name", "kind", "per", "severity", "clause", "body_kind", "target", "whom",
    ],
    "staffing_rules.csv": ["code", "name"],
    "eligibility_routes.csv": [
        "edition", "valid_from", "valid_to", "level", "order", "kind", "years", "lower",
        "years_since_lower", "graduate", "in_field", "final_year", "title_rank",
        "years_since_title", "age", "apprenticeship", "insurance", "evidence", "wording",
    ],
    "certificate_places.csv": [
        "order", "name", "key", "text", "left", "top", "width", "height", "font", "size", "bold",
        "align", "active",
    ],
    "centres.csv": ["code", "name", "level", "region_code"],
}  # fmt: skip
# Columns at the start of a row that name it together; one where nothing is said.
KEY_LENGTHS = {"work_types.csv": 2, "codes.csv": 2, "eligibility_routes.csv": 5}
CITIES = [f"13{city:02d}00" for city in range(1, 12)]


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _occupations() -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows("occupations.csv") if row["depth"] == "4"}


def _work_types() -> set[tuple[str, str]]:
    names = _occupations()
    return {(names[row["occupation_code"]], row["name"]) for row in _rows("work_types.csv")}


def _codes(kind: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in _rows("codes.csv") if row["kind"] == kind}


def _words(row: dict[str, str], *columns: str) -> list[str]:
    own = [row[column] for column in columns]
    return own + [word for word in row["aliases"].split("|") if word]


def test_every_file_of_the_folder_is_checked_and_sourced() -> None:
    found = {path.name for path in REFERENCE.glob("*.csv")}
    readme = (REFERENCE / "README.md").read_text(encoding="utf-8")
    assert found == set(COLUMNS)
    assert all(f"`{name}`" in readme for name in found)


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_are_those_that_the_loader_reads(name: str) -> None:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == COLUMNS[name]
    assert {len(row) for row in rows} == {len(COLUMNS[name])}


@pytest.mark.parametrize("name", COLUMNS)
def test_no_cell_has_blanks_around_it(name: str) -> None:
    assert not [row for row in _rows(name) for cell in row.values() if cell != cell.strip()]


@pytest.mark.parametrize("name", COLUMNS)
def test_no_key_stands_twice(name: str) -> None:
    key = COLUMNS[name][: KEY_LENGTHS.get(name, 1)]
    counts = Counter(tuple(row[column] for column in key) for row in _rows(name))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", [name for name in COLUMNS if "aliases" in COLUMNS[name]])
def test_aliases_are_separated_words_that_fit_their_column(name: str) -> None:
    for row in _rows(name):
        words = row["aliases"].split("|") if row["aliases"] else []
        assert all(words), row
        assert len(words) == len(set(words)), row
        assert len(row["aliases"]) <= 200, row


def test_all_occupations_of_the_dictionary_data_are_there() -> None:
    depths = Counter(row["depth"] for row in _rows("occupations.csv"))
    assert depths == {"1": 8, "2": 72, "3": 336, "4": 1631}


@pytest.mark.parametrize(
    ("occupation", "work_type"),
    [
        ("车工", "数控车工"),
        ("车工", "普通车工"),
        ("焊工", "电焊工"),
        ("电工", "电工"),
        ("起重装卸机械操作工", "桥式起重机司机"),
        ("机修钳工", "机修钳工"),
        ("汽车维修工", "汽车维修工"),
        ("汽车维修工", "汽车机械维修工"),
        ("中式烹调师", "中式烹调师"),
        ("美容师", "美容师"),
        ("保育师", "保育师"),
        ("婴幼儿发展引导员", "育婴员"),
        ("家政服务员", "家政服务员"),
        ("家政服务员", "母婴护理员"),
    ],
)
def test_what_the_demo_evaluates_is_a_known_work_type(occupation: str, work_type: str) -> None:
    assert (occupation, work_type) in _work_types()


def test_every_work_type_belongs_to_an_occupation_that_can_be_evaluated() -> None:
    occupations = _occupations()
    assert [
        row for row in _rows("work_types.csv") if row["occupation_code"] not in occupations
    ] == []


def test_the_readme_counts_the_work_types_rightly() -> None:
    pairs = _work_types()
    branches = sum(occupation != name for occupation, name in pairs)
    readme = (REFERENCE / "README.md").read_text(encoding="utf-8")
    assert len(pairs) >= 250
    assert f"共 {len(pairs)} 条" in readme
    assert f"- {branches} 条" in readme
    assert f"- {len(pairs) - branches} 条" in readme


def test_within_an_occupation_a_word_means_one_work_type() -> None:
    words = Counter(
        (row["occupation_code"], word)
        for row in _rows("work_types.csv")
        for word in _words(row, "name")
    )
    assert [key for key, count in words.items() if count > 1] == []


def test_workshop_slang_is_left_to_the_clerk() -> None:
    words = {word for row in _rows("work_types.csv") for word in _words(row, "name")}
    assert "普车" not in words


def test_an_old_name_is_not_the_name_of_another_occupation() -> None:
    occupations = _occupations()
    rows = _rows("occupation_aliases.csv")
    aliases = [word for row in rows for word in _words(row)]
    assert not set(aliases) & set(occupations.values())
    assert len(aliases) == len(set(aliases))
    assert {row["occupation_code"] for row in rows} <= set(occupations)


def test_the_five_levels_of_the_notice_are_in_use_from_low_to_high() -> None:
    active = [row for row in _rows("levels.csv") if row["active"] == "1"]
    ordered = sorted(active, key=lambda row: int(row["order"]))
    assert [(row["digit"], row["name"], row["short"]) for row in ordered] == [
        ("5", "五级/初级工", "初级工"),
        ("4", "四级/中级工", "中级工"),
        ("3", "三级/高级工", "高级工"),
        ("2", "二级/技师", "技师"),
        ("1", "一级/高级技师", "高级技师"),
    ]


def test_the_levels_of_the_reform_wait_at_both_ends() -> None:
    ordered = sorted(_rows("levels.csv"), key=lambda row: int(row["order"]))
    waiting = [row["name"] for row in ordered if row["active"] == "0"]
    assert waiting == ["学徒工", "特级技师", "首席技师"]
    assert [row["active"] for row in ordered] == list("01111100")
    assert len({row["order"] for row in ordered}) == len(ordered)


def test_a_word_for_a_level_means_one_level_only() -> None:
    counts = Counter(
        word for row in _rows("levels.csv") for word in {row["name"], row["short"], *_words(row)}
    )
    assert [word for word, count in counts.items() if count > 1] == []
    assert "特级" not in counts


@pytest.mark.parametrize("word", ["中级工", "三级", "4级"])
def test_the_short_forms_that_rosters_use_are_known(word: str) -> None:
    known = {word for row in _rows("levels.csv") for word in _words(row, "name", "short")}
    assert word in known


def test_every_code_belongs_to_a_titled_list_and_no_list_is_empty() -> None:
    titled = {row["kind"] for row in _rows("code_kinds.csv")}
    assert {row["kind"] for row in _rows("codes.csv")} == titled
    assert all(row["title"] for row in _rows("code_kinds.csv"))


def test_within_a_list_a_word_means_one_code() -> None:
    words = Counter(
        (row["kind"], word) for row in _rows("codes.csv") for word in _words(row, "name")
    )
    assert [key for key, count in words.items() if count > 1] == []


def test_codes_are_numbered_in_the_order_in_which_they_are_offered() -> None:
    for kind in {row["kind"] for row in _rows("codes.csv")}:
        orders = [int(row["order"]) for row in _rows("codes.csv") if row["kind"] == kind]
        assert orders == list(range(1, len(orders) + 1)), kind


def test_all_56_ethnic_groups_are_there_by_their_national_numbers() -> None:
    ethnic = _codes("ethnic")
    numbers = [code for code in ethnic if int(code) <= 56]
    assert numbers == [f"{number:02d}" for number in range(1, 57)]
    sample = [ethnic[code] for code in ("01", "03", "11", "37", "56")]
    assert sample == ["汉族", "回族", "满族", "仡佬族", "基诺族"]
    assert ethnic["97"] == "其他"


def test_the_tick_boxes_are_those_of_the_result_form_in_its_order() -> None:
    assert list(_codes("evaluation_target").values()) == [
        "本企业员工",
        "免费培训人员",
        "委托企业员工",
        "技工院校学生",
        "其他",
    ]
    assert list(_codes("evaluation_mode").values()) == [
        "考核鉴定",
        "考评结合",
        "过程化考核",
        "直接认定",
        "竞赛晋升",
        "其他",
    ]


@pytest.mark.parametrize("name", ["中等专科", "大学专科", "大学本科", "高中", "初中"])
def test_educations_as_rosters_write_them_are_known(name: str) -> None:
    assert name in _codes("education").values()


def test_there_is_one_provincial_centre_and_one_for_each_city() -> None:
    centres = _rows("centres.csv")
    assert [row["region_code"] for row in centres if row["level"] == "province"] == ["130000"]
    assert [row["region_code"] for row in centres if row["level"] == "city"] == CITIES


def test_a_city_centre_is_named_after_its_region() -> None:
    regions = {row["code"]: row["name"] for row in _rows("regions.csv")}
    for row in _rows("centres.csv"):
        assert row["name"].startswith(regions[row["region_code"]]), row
