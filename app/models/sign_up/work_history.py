"""Which work and training has a candidate had, by line of the application form?"""

from __future__ import annotations

from sqlalchemy import String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenWhile
from app.core.declarations.reach import Via
from app.models.sign_up.candidate import Candidate


class WorkHistory(Entity):
    """工作经历/培训经历: one line of the application form."""

    __tablename__ = "work_history"
    __label__ = "工作经历"
    __title__ = "place"
    __natural_key__ = ("candidate", "started", "place")
    __area__ = "filing"
    __reach__ = (Via("candidate"),)
    __open__ = OpenWhile("candidate.batch", "draft", "returned")

    candidate_id: Mapped[int] = key_to("candidate", cascade=True)
    candidate: Mapped[Candidate] = link("参评人员", list=True)
    started: Mapped[str] = field(String(20), "起始年月", list=True, help="如 2015-07")
    ended: Mapped[str] = field(String(20), "终止年月", default="", list=True, help="至今的空着")
    place: Mapped[str] = field(
        String(160), "在何单位从事何种职业（工种）或学习", list=True, quick=True
    )
    witness: Mapped[str] = field(String(40), "证明人", default="", list=True)
