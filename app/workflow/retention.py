"""How do an archived file and an application to destroy files move?"""

from __future__ import annotations

from app.core.workflow.engine import Move, State, Table
from app.roles import BODY_CLERK, CENTRE, CITY_ADMIN, PROVINCE_ADMIN

FILERS = CENTRE | {BODY_CLERK}
REVIEWERS = frozenset({CITY_ADMIN, PROVINCE_ADMIN})
#: The step follows from a destruction that was carried out.
FOLLOWS: frozenset[str] = frozenset()

ARCHIVE_FILE = Table(
    entity="ArchiveFile",
    label="资料存档",
    states=(
        State("kept", "保管中", "green", "妥善保管，可追溯、可倒查"),
        State("destroyed", "已销毁", "grey", "保管期满后按程序销毁，目录永久保留"),
    ),
    moves=(Move("destroy", "销毁", ("kept",), "destroyed", FOLLOWS, note="required", danger=True),),
)

DESTRUCTION = Table(
    entity="Destruction",
    label="档案销毁",
    states=(
        State("draft", "草稿", "grey", "正在列资料，尚未提交"),
        State("submitted", "待批准", "blue", "等待另一人批准", waiting=True),
        State("approved", "待销毁", "orange", "已批准，等待实施销毁", waiting=True),
        State("executed", "已执行", "green", "已销毁，记录永久保存"),
        State("refused", "不予批准", "red", "资料继续保管"),
    ),
    moves=(
        Move(
            "submit", "提交销毁申请", ("draft",), "submitted", FILERS, note="optional",
            primary=True, confirm="提交 {n} 份销毁申请，提交后不能再改",
        ),
        Move(
            "approve", "批准销毁", ("submitted",), "approved", REVIEWERS, note="optional",
            primary=True, at="centre_id", apart="submit",
            confirm="批准 {n} 份销毁申请",
        ),
        Move(
            "refuse", "不予批准", ("submitted",), "refused", REVIEWERS, note="required",
            danger=True, at="centre_id", apart="submit",
            confirm="不批准 {n} 份销毁申请",
        ),
        Move(
            "execute", "登记销毁", ("approved",), "executed", FILERS, note="optional",
            primary=True,
            confirm="登记 {n} 份申请所列资料已经销毁；系统中的电子材料内容随即清除，不能恢复",
        ),
    ),
)  # fmt: skip
