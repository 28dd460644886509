"""How does long work run beside the pages? In threads of the server; what waits is in a table.

Work that is asked for survives a stop of the server and is done once; who asked may fetch what
came of it, and nobody else. What is kept for a while is swept away when the while is over.
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
    """Give the application its worker; nothing runs yet."""
    lease: int = app.config["JOB_LEASE"]
    app.extensions["jobs"] = Worker(app, lease, at_once=bool(app.config["TESTING"]))


def put(job_id: int) -> None:
    """Have a job of the current application worked on."""
    _worker(current_app).put(job_id)


def file_of(job_id: int) -> Iterator[bytes]:
    """What a job of the current application made, in stretches.

    Read through a session of its own: sending goes on when the request has ended.
    """
    engine = db.engine

    def read() -> Iterator[bytes]:
        with Session(engine) as reading:
            yield from job_list.parts_of(reading, job_id)

    return read()


def start(app: Flask) -> None:
    """Go on with what waited when the servers stopped, and mind the clock."""
    _worker(app).start()


def stop_soon(app: Flask) -> None:
    """Begin no further job, and put back at its next step what is being made."""
    _worker(app).stop_soon()


def stop(app: Flask, seconds: float) -> None:
    """Put back what is being made, after no more than ``seconds``."""
    _worker(app).stop(seconds)


def _worker(app: Flask) -> Worker:
    worker: Worker = app.extensions["jobs"]
    return worker
