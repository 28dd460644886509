"""Which rows below a head are data, and which are only printed around them?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.core.sheets.reading.cell import coerce, text_of
from app.core.sheets.reading.fold import bare_heading_key, match_key
from app.core.sheets.reading.header import Header
from app.core.sheets.reading.merged import Fills, rows_of_wide_ranges
from app.core.sheets.reading.raw import RawSheet
from app.core.sheets.reading.table import Cell, Row, SheetForm, Skipped

_ORDINALS = frozenset({"序号", "序", "顺序号", "行号", "no"})
_FOOTER = re.compile(
    r"(填报|填表|制表|打印|经办|审核|审批|复核|监制|负责|联系|评价机构|委托企业|鉴定机构|日期"
    r"|备注|说明|附注|注)[^:]{0,12}:"
    r"|注[.、]|.{0,16}(审核意见|审批意见|机构意见|单位意见|企业意见|盖章|公章|签章|签字)"
    r"|(初级工|中级工|高级工|技师|高级技师)\d*人|第\d+页|共\d+[页人名]|本页"
    r"|.{0,4}年月日(\([^()]{0,3}章\))?$|\d{4}年\d{1,2}月\d{1,2}日\([^()]{0,3}章\)$"
)
_TOTAL = re.compile(r"(合计|总计|小计|共计|累计|平均分?|最高分|最低分|合格率|及格率).{0,12}")
_SENTENCE = re.compile(r".*[。；;：:，,].*")
_NUMBER = re.compile(r"\d*")
_LONG = 20  # characters; a name or work type is never a sentence of this length
_FEW = 2
_LEAST_NUMBERED = 4


class DataRows:
    """The part of a sheet below its head."""

    def __init__(self, sheet: RawSheet, header: Header, form: SheetForm) -> None:
        columns = {column.field: column for column in form.columns}
        self._sheet = sheet
        self._first = header.last + 1
        self._columns = [(at, columns[field]) for at, field in header.fields.items()]
        self._ordinals = {
            heading.column
            for heading in header.headings
            if bare_heading_key(heading.text) in _ORDINALS
        }
        self._counted = [(at, c.field) for at, c in self._columns if at not in self._ordinals]
        self._required = {c.field for _, c in self._columns if c.required}
        self._heads = {field: frozenset(header.lines[at]) for at, field in header.fields.items()}
        self._titles = _titles(sheet, header.first)
        self._wide = rows_of_wide_ranges(sheet, least=max(3, len(self._columns) // 2))
        self._fills = Fills(sheet, self._first, [at for at, _ in self._columns])

    def read(self) -> Iterator[Row | Skipped]:
        """Yield all rows with content in order: data, or skipped with a reason."""
        for index in range(self._first, len(self._sheet.rows)):
            raw = self._sheet.rows[index]
            if raw.count("") == len(raw):
                continue
            cells = self._cells(index, raw)
            filled = [at for at, field in self._counted if cells[field].text]
            reason = self._reason(index, raw, cells, filled)
            if reason is None:
                self._fill(index, raw, cells)
                yield Row(index + 1, cells, tuple(raw))
            elif reason:
                yield Skipped(index + 1, _first_text(raw), reason)

    def _cells(self, index: int, raw: Sequence[object]) -> dict[str, Cell]:
        formulas = self._sheet.formulas
        width = len(raw)
        return {
            column.field: coerce(
                raw[at] if at < width else "",
                column,
                index + 1,
                formula=bool(formulas) and (index, at) in formulas,
            )
            for at, column in self._columns
        }

    def _fill(self, index: int, raw: Sequence[object], cells: dict[str, Cell]) -> None:
        """Give the cells covered by a vertically merged range its value."""
        for at, column in self._columns:
            place = self._fills.place(index, at)
            # What is written in the cell itself wins over the range.
            if place is not None and (at >= len(raw) or raw[at] == ""):
                computed = place in self._sheet.formulas
                value = self._sheet.at(*place)
                cells[column.field] = coerce(value, column, index + 1, formula=computed)

    def _reason(
        self, index: int, raw: Sequence[object], cells: dict[str, Cell], filled: list[int]
    ) -> str | None:
        """Return why a row is not data; None if it is, "" if that needs no explanation."""
        if not filled:
            return self._reason_without_content(raw)
        if self._only_prepared(index, cells, filled):
            return "只有预设的公式，没有填写内容"
        if self._repeats_head(cells, len(filled)):
            return "重复的表头"
        # Official forms number their columns right below the head; further down such numbers are
        # data.
        if index <= self._first + 1 and _numbers_columns(raw):
            return "栏目序号行"
        first = match_key(_first_text(raw))
        if _TOTAL.fullmatch(first) and any(not cells[field].text for field in self._required):
            return "合计行"
        if len(filled) <= max(_FEW, len(self._counted) // 2) and _FOOTER.match(first):
            return "填报、签字或说明栏"
        return self._reason_of_single_text(index, first) if len(filled) == 1 else None

    def _reason_without_content(self, raw: Sequence[object]) -> str:
        """Return the reason; a row with only its serial number counts as blank."""
        others = any(v != "" for at, v in enumerate(raw) if at not in self._ordinals)
        if not others and _NUMBER.fullmatch(_first_text(raw)):
            return ""
        return "没有任何已识别栏目的内容"

    def _only_prepared(self, index: int, cells: dict[str, Cell], filled: list[int]) -> bool:
        """Return whether the row has only formulas that were filled down in advance."""
        formulas = self._sheet.formulas
        if not formulas or any(cells[field].text for field in self._required):
            return False
        return all((index, at) in formulas for at in filled)

    def _repeats_head(self, cells: dict[str, Cell], filled: int) -> bool:
        """Return whether the row is the head, printed again on a new page."""
        same = sum(1 for field, heads in self._heads.items() if cells[field].text in heads)
        return same >= max(_FEW, filled // 2)

    def _reason_of_single_text(self, index: int, text: str) -> str | None:
        if text in self._titles:
            return "重复的表题"
        if index in self._wide:
            return "跨列合并的说明"
        if len(text) >= _LONG and _SENTENCE.fullmatch(text):
            return "说明文字"
        return None


def _titles(sheet: RawSheet, end: int) -> frozenset[str]:
    """Return the keys of all texts above the head."""
    return frozenset(
        match_key(text_of(value)) for row in sheet.rows[:end] for value in row if value != ""
    )


def _first_text(raw: Sequence[object]) -> str:
    return next((text_of(value) for value in raw if value != ""), "")


def _numbers_columns(raw: Sequence[object]) -> bool:
    """Return whether the row only numbers the columns: 1, 2, 3 and so on."""
    texts = [text_of(value) for value in raw if value != ""]
    if len(texts) < _LEAST_NUMBERED or not all(re.fullmatch(r"\d{1,3}", text) for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
