"""How does long work run beside the pages?

Jobs wait in a table and run in threads of the server. A job survives a restart of the server and
is done once; only the person who asked for it may download the result. What is kept for a limited
time is deleted when that time is over.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, current_app
from sqlalchemy.orm import Session

from app.core.database import db
from app.core.jobs import job_list
from app.core.jobs.worker import Worker

__all__ = ["Worker", "file_of", "install", "put", "start", "stop", "stop_soon"]


def install(app: Flask) -> None:
    """Create the application's worker; its threads are not started yet."""
    lease: int = app.config["JOB_LEASE"]
    app.extensions["jobs"] = Worker(app, lease, at_once=bool(app.config["TESTING"]))


def put(job_id: int) -> None:
    """Have the current application's worker do a job."""
    _worker(current_app).put(job_id)


def file_of(job_id: int) -> Iterator[bytes]:
    """Return the file that a job of the current application made, in portions.

    Uses a session of its own, because the file is still being sent when the request has ended.
    """
    engine = db.engine

    def read() -> Iterator[bytes]:
        with Session(engine) as reading:
            yield from job_list.parts_of(reading, job_id)

    return read()


def start(app: Flask) -> None:
    """Start the worker's threads, which continue with the jobs left waiting."""
    _worker(app).start()


def stop_soon(app: Flask) -> None:
    """Begin no further job; the present one is put back at its next step."""
    _worker(app).stop_soon()


def stop(app: Flask, seconds: float) -> None:
    """Stop the worker within ``seconds``; an unfinished job is put back."""
    _worker(app).stop(seconds)


def _worker(app: Flask) -> Worker:
    worker: Worker = app.extensions["jobs"]
    return worker
