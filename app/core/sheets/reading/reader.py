"""What does an uploaded file contain, read as a known form?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import BadSheet
from app.core.sheets.reading.body import DataRows
from app.core.sheets.reading.cell import text_of
from app.core.sheets.reading.delimited import wrong_encoding
from app.core.sheets.reading.fold import match_key
from app.core.sheets.reading.header import Header, best_header, find_header
from app.core.sheets.reading.limits import Limits
from app.core.sheets.reading.raw import RawSheet, Source
from app.core.sheets.reading.source import DEFAULT_LIMITS, open_source
from app.core.sheets.reading.table import Reading, Row, SheetForm, Skipped

_EXAMPLES = ("样例", "示例", "样表", "模板", "说明", "范例")
_HINT = 5
_CLEARLY_AHEAD = 2  # columns that only the other form has
_SHOWN_HEADINGS = 12
_FEWEST_NAMED = 3


@dataclass(frozen=True)
class _Candidate:
    sheet: RawSheet
    header: Header
    has_data: bool


def read(
    data: bytes,
    filename: str,
    form: SheetForm,
    mapping: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    others: Sequence[SheetForm] = (),
) -> Reading:
    """Read a file as a form: sheet, head, rows, and for each cell a value or a problem.

    ``mapping`` assigns headings to fields ("" ignores one) and overrides the form's aliases.
    ``others`` are forms that may have been uploaded by mistake. Raises ``BadSheet`` (with
    ``code``) if the file as a whole cannot be read as this form; problems of single cells never
    raise.
    """
    source = open_source(data, filename, limits)
    candidates = _candidates(source.sheets, form, mapping)
    if not candidates:
        raise _refusal(source, filename, form, others)
    chosen = max(candidates, key=lambda c: _preference(c, form))
    other = _better_form(chosen, form, others)
    if other is not None:
        raise _other_form(form, other)
    rest = tuple(c.sheet.name for c in candidates if c is not chosen and c.has_data)
    return _reading(chosen, form, rest)


def _candidates(
    sheets: Sequence[RawSheet], form: SheetForm, mapping: Mapping[str, str] | None
) -> list[_Candidate]:
    """Return the visible sheets that have the head of the form."""
    found = []
    for sheet in sheets:
        header = None if sheet.hidden else find_header(sheet, form, mapping)
        if header is not None:
            has_data = any(row.count("") < len(row) for row in sheet.rows[header.last + 1 :])
            found.append(_Candidate(sheet, header, has_data))
    return found


def _preference(one: _Candidate, form: SheetForm) -> tuple[bool, int]:
    """Rank sheets with data before blank ones and examples, then by head and title."""
    name = one.sheet.name
    score = one.header.score
    if _has_title(one.sheet, one.header, form):
        score += _HINT
    example = any(word in name for word in _EXAMPLES)
    return one.has_data and not example, score


def _has_title(sheet: RawSheet, header: Header, form: SheetForm) -> bool:
    texts = [sheet.name, *(text for _, row in _preamble(sheet, header) for text in row)]
    keys = [match_key(text) for text in texts]
    return any(match_key(hint) in key for hint in form.title_hints for key in keys)


def _preamble(sheet: RawSheet, header: Header) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the texts above the head, by row number."""
    rows = enumerate(sheet.rows[: header.first], start=1)
    texts = ((number, tuple(text_of(v) for v in row if v != "")) for number, row in rows)
    return tuple((number, row) for number, row in texts if row)


def _reading(chosen: _Candidate, form: SheetForm, other_sheets: tuple[str, ...]) -> Reading:
    header = chosen.header
    rows: list[Row] = []
    skipped: list[Skipped] = []
    for item in DataRows(chosen.sheet, header, form).read():
        (rows if isinstance(item, Row) else skipped).append(item)  # type: ignore[arg-type]
    return Reading(
        sheet=chosen.sheet.name,
        header_rows=(header.first + 1, header.last + 1),
        headings=header.headings,
        rows=tuple(rows),
        missing=header.missing,
        preamble=_preamble(chosen.sheet, header),
        skipped=tuple(skipped),
        other_sheets=other_sheets,
    )


def _better_form(
    chosen: _Candidate, form: SheetForm, others: Sequence[SheetForm]
) -> SheetForm | None:
    """Return the other form that fits the sheet completely and clearly better, or None."""
    known = len(chosen.header.fields)
    badly = bool(chosen.header.missing) or known * 2 < len(chosen.header.headings)
    ahead = 1 if badly else _CLEARLY_AHEAD
    found: list[tuple[int, int, SheetForm]] = []
    for other in others:
        header = find_header(chosen.sheet, other)
        if header is None or header.missing:
            continue
        titled = chosen.header.missing and _has_title(chosen.sheet, header, other)
        if len(header.fields) >= known + ahead or titled:
            found.append((len(header.fields), header.score, other))
    return max(found, key=lambda fit: fit[:2])[2] if found else None


def _other_form(form: SheetForm, other: SheetForm) -> BadSheet:
    return BadSheet(
        f"这个文件看起来是“{other.name}”，不是“{form.name}”。"
        f"请到“{other.name}”的导入处上传，或重新选择文件。",
        "other_form",
    )


def _refusal(
    source: Source, filename: str, form: SheetForm, others: Sequence[SheetForm]
) -> BadSheet:
    """Return the error for a file without the head of the form, as specific as possible."""
    if source.doubtful:
        return wrong_encoding()
    for sheet in source.sheets:
        if sheet.hidden and find_header(sheet, form) is not None:
            return BadSheet(
                f"“{form.name}”在隐藏的工作表“{sheet.name}”里。请取消隐藏该工作表，核对后再上传。",
                "hidden_sheet",
            )
    other = _likeliest(source, others)
    return _other_form(form, other) if other else _no_header(source, filename, form)


def _likeliest(source: Source, forms: Sequence[SheetForm]) -> SheetForm | None:
    """Return the form whose head is most complete in a visible sheet."""
    found = [
        (not header.missing, header.score, form)
        for form in forms
        for sheet in source.sheets
        if not sheet.hidden and (header := find_header(sheet, form)) is not None
    ]
    return max(found, key=lambda item: item[:2])[2] if found else None


def _no_header(source: Source, filename: str, form: SheetForm) -> BadSheet:
    required = [column.heading for column in form.columns if column.required]
    if len(required) < _FEWEST_NAMED:
        required = [column.heading for column in form.columns[:_SHOWN_HEADINGS]]
    expected = "、".join(required)
    nearest = _nearest_row(source, form)
    seen = f"最接近的是{nearest}；" if nearest else ""
    return BadSheet(
        f"在“{filename}”中没有找到“{form.name}”的表头。{seen}需要的栏目有：{expected}。"
        "请核对文件，或把表头改成以上名称后再上传。",
        "no_header",
    )


def _nearest_row(source: Source, form: SheetForm) -> str:
    """Describe the row most similar to a head, else the first row with several texts."""
    best: tuple[int, RawSheet, Header] | None = None
    for sheet in source.sheets:
        header = None if sheet.hidden else best_header(sheet, form)
        if header is not None and (best is None or header.score > best[0]):
            best = (header.score, sheet, header)
    if best is not None:
        _, sheet, header = best
        texts = [heading.text for heading in header.headings]
        return _describe(sheet, header.last + 1, texts)
    for sheet in source.sheets:
        for number, row in enumerate(sheet.rows, start=1):
            texts = [text_of(value) for value in row if value != ""]
            if len(texts) > 1 and not sheet.hidden:
                return _describe(sheet, number, texts)
    return ""


def _describe(sheet: RawSheet, number: int, texts: Sequence[str]) -> str:
    shown = "、".join(text[:_SHOWN_HEADINGS] for text in texts[:_SHOWN_HEADINGS])
    return f"工作表“{sheet.name}”第 {number} 行（{shown}）"
