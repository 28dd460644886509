"""How does a program export a list, at once or by a background job?"""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Any, ClassVar

from flask import request, url_for
from flask_appbuilder import permission_name
from flask_appbuilder.api import expose
from flask_appbuilder.security.decorators import protect
from werkzeug.wrappers import Response

from app.core import jobs
from app.core.api.asking import check_asked, check_whole
from app.core.database import db
from app.core.declarations.base import Entity
from app.core.errors import RulesBroken
from app.core.jobs import exports
from app.core.jobs.exports import KINDS, Wanted
from app.core.refusals.asking import UNKNOWN_COLUMN, UNKNOWN_FORMAT, UNKNOWN_VALUES
from app.core.scope import actor_of
from app.core.views.addresses import query
from app.core.views.columns import exported
from app.core.views.downloads import sends_file, sent
from app.core.views.lists.exported_rows import listing_of, read_rows

#: Parameters of this route besides the list's conditions.
ASKED = ("format", "columns", "values", "whole")
VALUES = ("labels", "codes")


class ExportRoute:
    """The export route of a table's resource: the rows that match the list's conditions."""

    model: ClassVar[type[Entity]]
    response: Any

    @expose("/export", methods=["GET"])
    @protect()
    @permission_name("export")
    @sends_file
    def export(self) -> Any:
        """Return all matching rows as a file, or 202 with a job's address if there are many."""
        wanted = _wanted(self.model)
        listing = listing_of(db.session, wanted)
        check_asked(listing, request.args, ASKED)
        if wanted.whole:
            check_whole(actor_of(db.session), self.model)
        if listing.total > exports.AT_ONCE:
            return self._leave_to_job(wanted, listing.total)
        out = TemporaryFile()  # noqa: SIM115 - sent, then closed
        found = read_rows(db.session, wanted)
        name = exports.write(db.session, actor_of(db.session), wanted, found, out)
        out.seek(0)
        return sent(out, name, KINDS[wanted.kind])

    def _leave_to_job(self, wanted: Wanted, count: int) -> Response:
        job = exports.ask(db.session, actor_of(db.session), wanted, count)
        jobs.put(job.id)
        where = url_for("JobApi.one", job_id=job.id)
        said = f"有 {count} 条，超过 {exports.AT_ONCE} 条的在后台生成，请按 job 的地址查看进度"
        answer: Response = self.response(202, message=said, count=count, job=where)
        answer.headers["Location"] = where
        return answer


def _wanted(model: type[Entity]) -> Wanted:
    """Return the requested export; raises RulesBroken for unknown formats, columns or values."""
    args, declared = request.args, [field.name for field in exported(model)]
    kind, values = args.get("format", "xlsx"), args.get("values", "labels")
    columns = [name for name in args.get("columns", "").split(",") if name]
    problems = [
        UNKNOWN_COLUMN.of(field="columns", name=name) for name in columns if name not in declared
    ]
    if kind not in KINDS:
        problems.append(UNKNOWN_FORMAT.of(field="format"))
    if values not in VALUES:
        problems.append(UNKNOWN_VALUES.of(field="values"))
    if problems:
        raise RulesBroken(problems)
    return Wanted(
        entity=model.__name__,
        query=query(args, **dict.fromkeys((*ASKED, "page", "size"))),
        columns=tuple(columns or declared),
        kind=kind,
        codes=values == "codes",
        whole=args.get("whole") == "1",
    )
