"""Where does a person see background jobs and download their results?"""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, url_for
from flask_appbuilder import BaseView, expose, has_access, permission_name

from app.core import jobs
from app.core.database import db
from app.core.errors import NotFound, WrongState
from app.core.jobs import job_list
from app.core.roles import Power
from app.core.security import current_actor
from app.core.tables import Job
from app.core.views.downloads import sends_file, sent_in_parts

Context = dict[str, Any]

WORDS = {
    "waiting": ("blue", "等待"),
    "running": ("teal", "正在生成"),
    "done": ("green", "已完成"),
    "failed": ("red", "没有完成"),
    "cancelled": ("grey", "已取消"),
}


class JobView(BaseView):
    """生成任务: one's own jobs with their progress."""

    route_base = "/jobs"
    class_permission_name = "Job"
    open_to = Power.ENTER
    default_view = "list"

    @expose("/")
    @has_access
    @permission_name("list")
    def list(self) -> str:
        """Show the jobs that I asked for, newest first."""
        found = job_list.of_actor(db.session, current_actor())
        columns = ("任务", "状态", "提出时间", "说明")
        return self.render_template(
            "entity/show.html",
            title="生成任务",
            breadcrumbs=[("生成任务", None)],
            head={
                "title": "生成任务",
                "subtitle": f"做好的文件保留 {job_list.KEPT_DAYS} 天，过期后重新生成即可",
            },
            tabs=[
                {
                    "key": "jobs",
                    "label": "我的任务",
                    "table": {
                        "columns": [{"name": one, "label": one} for one in columns],
                        "rows": [_row(one) for one in found],
                        "empty": {
                            "title": "还没有生成任务",
                            "text": "材料包、逐人的表格、大的导出在各自的页面上提出。",
                        },
                    },
                }
            ],
        )

    @expose("/<int:job_id>")
    @has_access
    @permission_name("list")
    def show(self, job_id: int) -> str:
        """Show the progress of a job; the page refreshes itself until it is done."""
        job = job_list.find(db.session, current_actor(), job_id)
        return self.render_template(
            "jobs/show.html",
            title=job.title,
            breadcrumbs=[("生成任务", url_for("JobView.list")), (job.title, None)],
            job=_job_context(job),
        )

    @expose("/<int:job_id>/state")
    @has_access
    @permission_name("list")
    def state(self, job_id: int) -> Any:
        """Return the same as JSON."""
        return jsonify(_job_context(job_list.find(db.session, current_actor(), job_id)))

    @expose("/<int:job_id>/file")
    @has_access
    @permission_name("list")
    @sends_file
    def file(self, job_id: int) -> Any:
        """Send the job's file."""
        job = job_list.find(db.session, current_actor(), job_id)
        if job.state != "done":
            raise NotFound("还没有生成好，请稍候")
        return sent_in_parts(jobs.file_of(job.id), job.filename, job.size)

    @expose("/<int:job_id>/cancel", methods=["POST"])
    @has_access
    @permission_name("list")
    def cancel(self, job_id: int) -> Any:
        """Cancel the job before it is done."""
        try:
            job_list.cancel(db.session, current_actor(), job_id)
            flash("已取消，需要时可以重新生成", "success")
        except WrongState as refusal:
            flash(refusal.message, "warning")
        return redirect(url_for("JobView.show", job_id=job_id), 303)


def _job_context(job: Job) -> Context:
    colour, word = WORDS[job.state]
    share = 100 if job.state == "done" else 100 * job.done // job.total if job.total else 0
    return {
        "title": job.title,
        "state": job.state,
        "word": word,
        "colour": colour,
        "share": min(share, 100),
        "message": job.message,
        "open": job.state in job_list.OPEN,
        "state_url": url_for("JobView.state", job_id=job.id),
        "file_url": url_for("JobView.file", job_id=job.id) if job.state == "done" else "",
        "filename": job.filename,
        "cancel": _cancel_button(job) if job.state in job_list.OPEN else None,
    }


def _cancel_button(job: Job) -> Context:
    return {
        "label": "取消生成",
        "url": url_for("JobView.cancel", job_id=job.id),
        "confirm": f"确定取消“{job.title}”？已经生成的部分不保留，需要时重新生成。",
        "method": "post",
    }


def _row(job: Job) -> Context:
    context = _job_context(job)
    text = job.message or job.filename or f"{context['share']}%"
    return {
        "pk": job.id,
        "url": url_for("JobView.show", job_id=job.id),
        "cells": [
            {"text": job.title},
            {"text": context["word"], "kind": "badge", "colour": context["colour"]},
            {"text": f"{job.asked_at:%Y-%m-%d %H:%M}"},
            {"text": text, "url": context["file_url"]},
        ],
    }
