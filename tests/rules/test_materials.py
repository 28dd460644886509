"""Is a demanded material missed, as heavily as the centre says, and for whom?"""

from __future__ import annotations

from app.rules.filing.filing_facts import Demand
from app.rules.filing.materials import material_problems
from app.rules.filing.replacing import examined_problems, keeping_problems


def test_what_is_there_is_not_asked_for() -> None:
    assert material_problems([Demand("证明", "单位证明及承诺", "error", "流程三", met=True)]) == []


def test_what_lacks_is_named_with_weight_clause_and_people() -> None:
    found = material_problems(
        [
            Demand("证明", "单位证明及承诺", "error", "流程三", met=False),
            Demand("身份证", "身份证复印件", "warning", "", met=False, without=(2, 7)),
        ]
    )
    assert [(one.code, one.severity, one.clause, one.rows) for one in found] == [
        ("material_missing", "error", "流程三", ()),
        ("material_missing", "warning", "", (2, 7)),
    ]
    assert "缺2人的" in found[1].message
    assert found[0].remedy


def test_an_examined_file_is_replaced_with_a_reason_and_keeps_its_kind() -> None:
    def codes(*, replaced: bool = False, reason: str = "", kind_changed: bool = False) -> list[str]:
        found = examined_problems(replaced=replaced, reason=reason, kind_changed=kind_changed)
        return [one.code for one in found]

    assert codes() == []
    assert codes(replaced=True, reason="扫描不清") == []
    assert codes(replaced=True, reason="  ") == ["file_replaced"]
    assert codes(replaced=True, kind_changed=True) == ["file_replaced", "file_kind"]


def test_an_examined_file_is_kept_and_the_remedy_named() -> None:
    (problem,) = keeping_problems()
    assert problem.code == "file_kept"
    assert "更换文件并写明理由" in problem.message
