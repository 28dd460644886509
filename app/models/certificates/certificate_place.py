"""Where on a certificate is each value printed, in millimetres from the paper's corner?"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Boolean, Integer, Numeric, String

from app.core.declarations.base import Entity
from app.core.declarations.field import Mapped, field

PAGE, TEXT, PHOTO = "page", "text", "photo"
KEYS = (
    (PAGE, "纸张与整体偏移"),
    ("number", "证书编号"),
    ("holder", "姓名"),
    ("gender", "性别"),
    ("birth_date", "出生日期"),
    ("document_kind", "证件类型"),
    ("id_number", "证件号码"),
    ("occupation", "职业名称"),
    ("work_type", "工种名称"),
    ("level", "职业技能等级"),
    ("body", "评价机构"),
    ("issued_on", "发证日期"),
    (PHOTO, "照片"),
    (TEXT, "固定文字"),
)
FONTS = tuple((name, name) for name in ("宋体", "仿宋", "黑体", "楷体"))
ALIGNMENTS = (("left", "左对齐"), ("center", "居中"), ("right", "右对齐"))
POSITION, DRESS = "位置（毫米）", "字体"


class CertificatePlace(Entity):
    """证书打印位置: one value of the certificate, or the paper that all of them stand on.

    A row whose key is ``page`` gives the paper's size, and by how much everything is moved.
    """

    __tablename__ = "certificate_place"
    __label__ = "证书打印位置"

    order: Mapped[int] = field(Integer, "顺序", default=0, list=True, width=60)
    name: Mapped[str] = field(String(40), "名称", unique=True, list=True, quick=True)
    key: Mapped[str] = field(
        String(20),
        "打印内容",
        choices=KEYS,
        list=True,
        search="pick",
        help="“纸张与整体偏移”只登记一条：左、上为整体偏移，宽、高为纸张大小",
    )
    text: Mapped[str] = field(
        String(120),
        "文字",
        default="",
        list=True,
        help="固定文字的内容；其他内容打在值之前，如“姓名：”",
    )
    left: Mapped[Decimal] = field(
        Numeric(5, 1), "距左边", default=Decimal(0), group=POSITION, list=True, bulk=True
    )
    top: Mapped[Decimal] = field(
        Numeric(5, 1), "距上边", default=Decimal(0), group=POSITION, list=True, bulk=True
    )
    width: Mapped[Decimal] = field(
        Numeric(5, 1),
        "宽",
        minimum=1,
        maximum=500,
        group=POSITION,
        list=True,
        bulk=True,
        help="放不下时先缩小字号再折行",
    )
    height: Mapped[Decimal] = field(
        Numeric(5, 1),
        "高",
        minimum=1,
        maximum=500,
        group=POSITION,
        list=True,
        bulk=True,
        help="文字在其中上下居中",
    )
    font: Mapped[str] = field(
        String(10), "字体", default="宋体", choices=FONTS, group=DRESS, list=True, bulk=True
    )
    size: Mapped[Decimal] = field(
        Numeric(4, 1),
        "字号（磅）",
        minimum=5,
        maximum=120,
        default=Decimal(14),
        group=DRESS,
        list=True,
        bulk=True,
    )
    bold: Mapped[bool] = field(Boolean, "加粗", default=False, group=DRESS, list=True, bulk=True)
    align: Mapped[str] = field(
        String(10), "对齐", default="left", choices=ALIGNMENTS, group=DRESS, list=True, bulk=True
    )
    active: Mapped[bool] = field(
        Boolean,
        "打印",
        default=True,
        list=True,
        search="pick",
        bulk=True,
        help="预印纸上已有的内容不勾选",
    )
