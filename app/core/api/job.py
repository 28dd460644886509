"""How far is a job that a program asked for, and where is its file?"""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_appbuilder import permission_name
from flask_appbuilder.api import expose
from flask_appbuilder.security.decorators import protect

from app.core import jobs
from app.core.api.gate import KeyedApi
from app.core.database import db
from app.core.errors import WrongState
from app.core.jobs import job_list
from app.core.roles import Power
from app.core.security import current_actor
from app.core.tables import Job
from app.core.views.downloads import sends_file, sent_in_parts


class JobApi(KeyedApi):
    """生成任务: the jobs of the key's owner, as on the screen."""

    resource_name = "job"
    class_permission_name = "Job"
    open_to = Power.ENTER

    @expose("/<int:job_id>", methods=["GET"])
    @protect()
    @permission_name("list")
    def one(self, job_id: int) -> Any:
        """Return the job's progress and, once it is done, the address of its file."""
        job = job_list.find(db.session, current_actor(), job_id)
        return self.response(200, result=_as_json(job))

    @expose("/<int:job_id>/file", methods=["GET"])
    @protect()
    @permission_name("list")
    @sends_file
    def file(self, job_id: int) -> Any:
        """Return the job's file; raises WrongState if there is none yet."""
        job = job_list.find(db.session, current_actor(), job_id)
        if job.state != "done":
            raise WrongState(job.message or "还没有生成好，请稍候再取")
        return sent_in_parts(jobs.file_of(job.id), job.filename, job.size)


def _as_json(job: Job) -> dict[str, Any]:
    done = job.state == "done"
    return {
        "id": job.id,
        "title": job.title,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "file": url_for("JobApi.file", job_id=job.id) if done else None,
    }
