"""Which files are attached to a filing?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Integer, LargeBinary, String
from sqlalchemy.orm import mapped_column

from app.core.declarations.base import Attached, Entity
from app.core.declarations.field import Mapped, field, key_to, link
from app.core.declarations.opening import OpenWhile
from app.core.declarations.reach import Via
from app.models.filing.batch import Batch
from app.models.sign_up.candidate import Candidate


class Material(Attached, Entity):
    """报名资料: an attached file of a batch or of one candidate."""

    __tablename__ = "material"
    __label__ = "报名资料"
    __title__ = "filename"
    __area__ = "filing"
    __reach__ = (Via("batch"),)
    __open__ = OpenWhile(
        "batch",
        *("draft", "returned", "filed", "examining", "scored", "publicising", "results_returned"),
    )
    __hidden__ = Entity.__hidden__ | {"content"}
    __file_of__ = "batch"

    batch_id: Mapped[int] = key_to("batch")
    batch: Mapped[Batch] = link("认定批次", list=True)
    candidate_id: Mapped[int | None] = key_to("candidate", nullable=True)
    candidate: Mapped[Candidate | None] = link(
        "参评人员", fixed=True, list=True, help="属于整批的空着"
    )
    kind: Mapped[str] = field(
        String(40), "资料种类", codes="material_kind", list=True, search="pick", bulk=True
    )
    filename: Mapped[str] = field(
        String(200), "文件名", list=True, quick=True, search="contains", form=False
    )
    size: Mapped[int] = field(Integer, "大小（字节）", minimum=0, default=0, list=True, form=False)
    digest: Mapped[str] = field(
        String(64), "文件指纹", default="", form=False, search="exact", export=False
    )
    remark: Mapped[str] = field(String(200), "备注", default="", list=True, bulk=True)
    destroyed_on: Mapped[date | None] = field(
        Date,
        "内容销毁日期",
        nullable=True,
        form=False,
        help="保管期满后按程序销毁的，只留文件名和指纹",
    )
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False, deferred=True)
