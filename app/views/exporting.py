"""How does a list leave as a file: the same rows, the same scope, and a note that it left?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from flask import abort, flash, redirect, request, send_file
from flask_appbuilder import expose, has_access, permission_name
from sqlalchemy import inspect

from app import audit, clock
from app.errors import AppError
from app.models import Entity
from app.models.field import Field, describe
from app.roles import may_write
from app.rules.masking import mask_identity
from app.scope import owns
from app.sheets import listing as sheets
from app.views import controls
from app.views.addresses import address, may
from app.views.cells import text_of
from app.views.columns import column_of, exported, is_many, relations_among, target_of
from app.views.filters import check_conditions
from app.views.listing import Listing
from app.views.selecting import asked_keys

#: Rows read at a time; each portion is one statement, however many relations it shows.
PORTION = 500
#: So many digits make a telephone or an identity number.
SHORTEST_NUMBER = 11
#: What the dialog of the export asks; an address may say it too.
ASKED = ("export_format", "export_columns", "export_column", "export_values", "export_scope")
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
NONE_CHOSEN = "没有选中任何记录，请先勾选再导出"

Context = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What is to leave: kind of file, columns, words or codes, whole numbers or masked ones."""

    kind: str
    fields: list[Field]
    codes: bool
    masked: bool


class ExportRoute:
    """The export routes of an entity view: of all that match, or of the rows that were chosen."""

    datamodel: Any
    label: str

    @expose("/export")
    @has_access
    def export(self) -> Any:
        """All rows that the address asks for, as a file."""
        listing = self._listing_of_export()
        return self._send(listing, listing.keys(), chosen=False)

    @expose("/export", methods=["POST"])
    @has_access
    @permission_name("export")
    def export_chosen(self) -> Any:
        """The ticked or kept rows as a file; with scope=all those that the address asks for."""
        listing = self._listing_of_export()
        if request.form.get("export_scope") == "all":
            return self._send(listing, listing.keys(), chosen=False)
        try:
            keys = asked_keys(self)
        except AppError as refusal:
            keys, told = [], refusal.message
        else:
            told = NONE_CHOSEN
        if not keys:
            flash(told, "danger")
            return redirect(address(self.list_url, request.args, selection=None), 303)
        return self._send(listing, keys, chosen=True)

    def list_buttons(self, listing: Listing) -> list[Context]:
        """Those of the list, and 导出."""
        buttons = super().list_buttons(listing)
        if may("can_export", self):
            url = address(f"{self.route_base}/export", listing.args, page=None, selection=None)
            buttons.append({"label": "导出", "url": url, "icon": "download", "dialog": "export"})
        return buttons

    def bulk_buttons(self, listing: Listing) -> list[Context]:
        """Those of the list, and 导出所选."""
        buttons = super().bulk_buttons(listing)
        if may("can_export", self):
            url, more = f"{self.route_base}/export", {"icon": "download", "dialog": "export"}
            buttons.append({"label": "导出所选", "url": url, "confirm": None, **more})
        return buttons

    def export_context(self, listing: Listing) -> Context | None:
        """What the dialog of the export offers; None where this user exports nothing."""
        if not may("can_export", self):
            return None
        shown = {field.name for field in listing.fields}
        fields = exported(self.datamodel.obj)
        return {
            "url": address(f"{self.route_base}/export", listing.args, page=None, selection=None),
            "fields": [(one.name, one.label, one.name in shown) for one in fields],
            "current": sum(one.name in shown for one in fields),
        }

    def _listing_of_export(self) -> Listing:
        check_conditions(self.datamodel.obj, request.args, ASKED)
        layout = self.layout()
        return self.listing(columns=layout.columns, usual_size=layout.size)

    def _wanted(self, listing: Listing) -> Wanted:
        given, model = request.values, self.datamodel.obj
        kind = given.get("export_format") or given.get("format", "xlsx")
        if kind not in KINDS:
            abort(404)
        return Wanted(
            kind=kind,
            fields=_columns(model, listing, given.get("export_columns", "all")),
            codes=given.get("export_values") == "codes",
            masked=not may_write(self.datamodel.actor, model.__area__),
        )

    def _send(self, listing: Listing, keys: list[int], *, chosen: bool) -> Any:
        wanted = self._wanted(listing)
        headings = [field.label for field in wanted.fields]
        rows = _Counted(self._rows(keys, wanted))
        # Written before it is sent: a fault then is an error page, not half a file.
        out = cast(
            BinaryIO,
            tempfile.SpooledTemporaryFile(max_size=8 * 2**20),  # noqa: SIM115 - sent, then closed
        )
        if wanted.kind == "csv":
            sheets.write_csv(out, headings, rows)
        else:
            sheets.write_xlsx(out, headings, rows, sheet=self.label[:31])
        self._note(listing, rows.count, wanted, chosen=chosen)
        if chosen and rows.count < len(keys):
            gone = len(keys) - rows.count
            flash(f"所选 {len(keys)} 条中有 {gone} 条已不在您的管辖范围内，没有导出", "warning")
        out.seek(0)
        name = f"{self.label}_{clock.now():%Y%m%d_%H%M}.{wanted.kind}"
        return send_file(out, KINDS[wanted.kind], as_attachment=True, download_name=name)

    def _rows(self, keys: list[int], wanted: Wanted) -> Iterator[list[Any]]:
        names, actor = relations_among(wanted.fields), self.datamodel.actor
        private = any(field.sensitive for field in wanted.fields)
        for start in range(0, len(keys), PORTION):
            for item in self.datamodel.get_many(keys[start : start + PORTION], names):
                # Cards of the common pool are seen by all and kept whole by their issuer alone.
                hidden = wanted.masked or (private and not owns(actor, item))
                yield [
                    value_of(item, field, masked=hidden, codes=wanted.codes)
                    for field in wanted.fields
                ]
            self.datamodel.session.expunge_all()

    def _note(self, listing: Listing, count: int, wanted: Wanted, *, chosen: bool) -> None:
        """Who took how many rows under which conditions, in the trail of changes."""
        asked: dict[str, list[Any]] = {}
        for one in () if chosen else listing.search.conditions:
            # The trail is read by more people than the rows.
            text = controls.wording(listing, one, masked=mask_identity)
            before = asked.get(one.field.label, [None, ""])[1]
            asked[one.field.label] = [None, f"{before}，{text}" if before else text]
        if listing.search.words and not chosen:
            words = listing.search.words
            asked["快速查找"] = [None, mask_identity(words) if _numeric(words) else words]
        told = {
            "行数": [None, count],
            "证件号码": [None, "部分隐藏" if wanted.masked else "完整"],
            **({"范围": [None, "所选记录"]} if chosen else asked),
        }
        session, name = self.datamodel.session, describe(self.datamodel.obj).name
        audit.record(session, name, "export", [(0, f"{self.label} {count} 条", told)])
        session.commit()


class _Counted:
    """An iterable that knows how many rows have gone through it."""

    def __init__(self, rows: Iterator[list[Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self.rows:
            self.count += 1
            yield row


def _columns(model: type[Entity], listing: Listing, asked: str) -> list[Field]:
    """全部列, 当前列, or those that were picked; never one that is not to be exported."""
    allowed = {field.name: field for field in exported(model)}
    names = {
        "current": [field.name for field in listing.fields],
        "pick": request.values.getlist("export_column"),
    }.get(asked, list(allowed))
    return [allowed[name] for name in names if name in allowed] or list(allowed.values())


def _numeric(words: str) -> bool:
    """Whether the words are a number of a person rather than a name or our own numbering."""
    return sum(map(str.isdigit, words)) >= SHORTEST_NUMBER


def value_of(item: Any, field: Field, *, masked: bool, codes: bool = False) -> Any:
    """The value as a cell of a sheet keeps it: days and numbers as such, the rest in words.

    With ``codes`` a choice keeps its code, and a related row that has one is told by its code.
    """
    if codes and (code := _code_of(item, field)) is not None:
        return code
    worded = field.relation or field.codes or field.choices or field.sensitive
    if worded or field.name == "state" or column_of(type(item), field) is None:
        return text_of(item, field, masked=masked)
    return getattr(item, field.name)


def _code_of(item: Any, field: Field) -> str | None:
    value = getattr(item, field.name)
    if not field.relation:
        listed = field.codes or field.choices or field.name == "state"
        return str(value) if listed and value is not None else None
    if value is None or is_many(type(item), field):
        return None
    target = inspect(target_of(type(item), field))
    name = next((one for one in ("code", "digit") if one in target.columns), "")
    return str(getattr(value, name)) if name else None
