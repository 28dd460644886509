"""How may a material change that was sent in and examined?"""

from __future__ import annotations

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule

FILE_REPLACED = Rule(
    "file_replaced",
    "报送审核过的资料更换文件的，写明理由，原来的文件保留",
    "examined_problems",
    clause="流程五",
    basis=CENTRE,
    number="5-29",
)
FILE_KIND = Rule(
    "file_kind",
    "报送审核过的资料不改种类",
    "examined_problems",
    clause="流程五",
    basis=CENTRE,
    number="5-30",
)
FILE_KEPT = Rule(
    "file_kept",
    "报送审核过的资料不删除",
    "keeping_problems",
    clause="流程五",
    basis=CENTRE,
    number="5-31",
)


def examined_problems(*, replaced: bool, reason: str, kind_changed: bool) -> list[Problem]:
    """Return what forbids this change of a material that was sent in and examined."""
    found = []
    if replaced and not reason.strip():
        message = "这份资料已报送审核，更换文件请填写“更换理由”；原来的文件会保留"
        found.append(FILE_REPLACED.broken(message, field="replaced_for"))
    if kind_changed:
        message = "这份资料已报送审核，种类不能再改；种类有误的，请按正确的种类另行上传"
        found.append(FILE_KIND.broken(message, field="kind"))
    return found


def keeping_problems() -> list[Problem]:
    """Return why a material that was sent in and examined is not deleted."""
    message = "这份资料已报送审核，不能删除；有误的，请在“编辑”中更换文件并写明理由"
    return [FILE_KEPT.broken(message)]
