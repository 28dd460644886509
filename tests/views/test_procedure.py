"""Does the line of steps show the usual way, and nothing that happens once in a hundred?"""

from __future__ import annotations

import pytest

from app.views.procedure import main_line
from app.workflow.tables import TABLES


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
    assert [state.label for state in main_line(TABLES[entity])] == way.split()
