"""How does a list leave as a file: the same rows, the same scope, and a note that it left?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from flask import abort, request, send_file
from flask_appbuilder import expose, has_access

from app import audit, clock
from app.models.field import Field, describe
from app.roles import may_write
from app.rules.masking import mask_identity
from app.scope import owns
from app.sheets import listing as sheets
from app.views import controls
from app.views.cells import text_of
from app.views.columns import column_of, exported, relations_among
from app.views.listing import Listing

#: Rows read at a time; each portion is one statement, however many relations it shows.
PORTION = 500
#: So many digits make a telephone or an identity number.
SHORTEST_NUMBER = 11
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class ExportRoute:
    """The export route of an entity view."""

    datamodel: Any
    label: str

    @expose("/export")
    @has_access
    def export(self) -> Any:
        kind = request.args.get("format", "xlsx")
        if kind not in KINDS:
            abort(404)
        listing = self.listing()
        fields = exported(self.datamodel.obj)
        masked = not may_write(self.datamodel.actor, self.datamodel.obj.__area__)
        keys = listing.keys()
        self._note(listing, len(keys), masked=masked)
        headings = [field.label for field in fields]
        rows = self._rows(keys, fields, masked=masked)
        name = f"{self.label}_{clock.now():%Y%m%d_%H%M}.{kind}"
        # Written before it is sent: a fault then is an error page, not half a file.
        out = cast(
            BinaryIO,
            tempfile.SpooledTemporaryFile(max_size=8 * 2**20),  # noqa: SIM115 - sent, then closed
        )
        if kind == "csv":
            sheets.write_csv(out, headings, rows)
        else:
            sheets.write_xlsx(out, headings, rows, sheet=self.label[:31])
        out.seek(0)
        return send_file(out, KINDS[kind], as_attachment=True, download_name=name)

    def _rows(self, keys: list[int], fields: list[Field], *, masked: bool) -> Iterator[list[Any]]:
        names, actor = relations_among(fields), self.datamodel.actor
        private = any(field.sensitive for field in fields)
        for start in range(0, len(keys), PORTION):
            for item in self.datamodel.get_many(keys[start : start + PORTION], names):
                # Cards of the common pool are seen by all and kept whole by their issuer alone.
                hidden = masked or (private and not owns(actor, item))
                yield [value_of(item, field, masked=hidden) for field in fields]
            self.datamodel.session.expunge_all()

    def _note(self, listing: Listing, count: int, *, masked: bool) -> None:
        """Who took how many rows under which conditions, in the trail of changes."""
        asked = {
            one.field.label: [None, _hidden(one.field, controls.text_of(listing, one))]
            for one in listing.search.conditions
        }
        if listing.search.words:
            words = listing.search.words
            asked["快速查找"] = [None, mask_identity(words) if _numeric(words) else words]
        told = {
            "行数": [None, count],
            "证件号码": [None, "部分隐藏" if masked else "完整"],
            **asked,
        }
        session, name = self.datamodel.session, describe(self.datamodel.obj).name
        audit.record(session, name, "export", [(0, f"{self.label} {count} 条", told)])
        session.commit()


def _hidden(field: Field, text: str) -> str:
    """A condition as the trail keeps it: it is read by more people than the rows."""
    return mask_identity(text) if field.sensitive else text


def _numeric(words: str) -> bool:
    """Whether the words are a number of a person rather than a name or our own numbering."""
    return sum(map(str.isdigit, words)) >= SHORTEST_NUMBER


def value_of(item: Any, field: Field, *, masked: bool) -> Any:
    """The value as a cell of a sheet keeps it: days and numbers as such, the rest in words."""
    worded = field.relation or field.codes or field.choices or field.sensitive
    if worded or field.name == "state" or column_of(type(item), field) is None:
        return text_of(item, field, masked=masked)
    return getattr(item, field.name)
