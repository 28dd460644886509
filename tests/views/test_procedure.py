"""Does the line of steps show the usual way, and nothing that happens once in a hundred?"""

from __future__ import annotations

import pytest

from app.core.declarations.behaviour import procedure_of, procedures
from app.core.views.procedure import button, main_line
from app.core.workflow.moves import Offer


@pytest.mark.parametrize(
    ("entity", "way"),
    [
        ("Body", "草稿 待审核 已备案"),
        ("Commission", "草稿 待委托 已委托"),
        ("Plan", "草稿 已公布 已结束"),
        (
            "Batch",
            "草稿 已提交 已备案 考评中 成绩已录 公示中 结果已报 结果已审 已上网备案 已发证 已归档",
        ),
        ("Publicity", "待公示 公示中 公示结束"),
        ("Complaint", "已受理 核查中 已办结"),
        ("Certificate", "待核发 有效"),
    ],
)
def test_the_line_is_the_usual_way(entity: str, way: str) -> None:
    assert [state.label for state in main_line(procedure_of(entity))] == way.split()


def test_a_dialog_about_one_record_reads_as_a_sentence() -> None:
    moves = [move for table in procedures().values() for move in table.moves]
    asked = [str(button(Offer(move, allowed=True), "/")["confirm"]) for move in moves]
    assert all("{" not in text for text in asked)
    assert "审核通过这 1 个批次，同时向批准中心备案" in asked
