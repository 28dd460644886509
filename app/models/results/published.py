"""What did a publicity say of each person?"""

from __future__ import annotations

from sqlalchemy import Boolean, Integer, String, UniqueConstraint

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import Issued
from app.core.declarations.reach import Via
from app.models.results.publicity import Publicity
from app.models.sign_up.candidate import Candidate


class PublishedResult(Entity):
    """公示名单: one person of a publicity, with the result as it was made public (流程七).

    The rows are written when the publicity begins and never change, whatever happens to the
    marks. Those of publicities from before this table carry no ``result`` in words.
    """

    __tablename__ = "published_result"
    __label__ = "公示名单"
    __title__ = "name"
    __area__ = "filing"
    __reach__ = (Via("publicity"),)
    __open__ = Issued()
    __table_args__ = (UniqueConstraint("publicity_id", "candidate_id"),)

    publicity_id: Mapped[int] = key_to("publicity")
    publicity: Mapped[Publicity] = link("公示", list=True)
    candidate_id: Mapped[int] = key_to("candidate")
    candidate: Mapped[Candidate] = link("参评人员")
    serial: Mapped[int] = field(Integer, "序号", list=True)
    name: Mapped[str] = field(String(80), "姓名", list=True, search="contains")
    id_number: Mapped[str] = field(
        String(30), "身份证号", list=True, search="exact", sensitive="id_number"
    )
    employer: Mapped[str] = field(String(120), "工作单位", default="")
    occupation: Mapped[str] = field(String(120), "职业", list=True)
    work_type: Mapped[str] = field(String(80), "工种", list=True)
    level: Mapped[str] = field(String(40), "等级", list=True)
    result: Mapped[str] = field(String(10), "公示结果", default="", list=True)
    passed: Mapped[bool] = field(Boolean, "公示为合格", list=True, search="pick")
