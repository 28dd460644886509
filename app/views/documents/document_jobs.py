"""How does a user have a package or a long document made in the background?"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core import jobs
from app.core.database import db
from app.core.errors import NotFound
from app.core.jobs import job_list
from app.core.roles import Power
from app.core.security import current_actor
from app.core.views.addresses import may, view_of
from app.core.views.interface import EntityInterface
from app.models import Batch
from app.services.documents import documents, package, package_stages


class DocumentJobView(BaseView):
    """Starts jobs for packages and long documents."""

    route_base = "/jobs"
    class_permission_name = "Job"
    open_to = Power.ENTER

    @expose("/package/<int:batch_id>/<stage>", methods=["POST"])
    @has_access
    @permission_name("list")
    def package(self, batch_id: int, stage: str) -> Any:
        """Start a job that makes a package of a batch."""
        wanted = package_stages.stage_named(stage)
        return _asked(batch_id, package.why_not(current_actor()), "package", stage, wanted.title)

    @expose("/paper/<int:batch_id>/<kind>/<form>", methods=["POST"])
    @has_access
    @permission_name("list")
    def document(self, batch_id: int, kind: str, form: str) -> Any:
        """Start a job that makes a document with a page for each of many candidates."""
        wanted = documents.kind_named(kind)
        documents.check_format(wanted, form)
        title = f"{wanted.title} {documents.FORMATS[form]}"
        why = documents.why_not(current_actor(), wanted)
        return _asked(batch_id, why, "paper", f"{kind}.{form}", title)


def _asked(batch_id: int, why: str, kind: str, detail: str, title: str) -> Any:
    """Start a job for a batch in the user's scope, and redirect to its progress."""
    batch = EntityInterface(Batch, db.session).one(batch_id)
    if batch is None or not may("can_export", view_of(Batch)):
        raise NotFound("没有这个批次，或不在您的管辖范围内")
    if why:
        flash(why, "danger")
        return redirect(url_for("BatchView.show", pk=batch.id, tab="forms"), 303)
    named = f"{batch.no} {title}"
    job = job_list.ask(db.session, current_actor(), kind, detail, batch.id, named)
    jobs.put(job.id)
    return redirect(url_for("JobView.show", job_id=job.id), 303)
