"""What does a package of a batch of 1,000 cost, in seconds and in memory?

``python -m bench.package [CANDIDATES]`` makes a database in a temporary folder with one batch,
each candidate with a photograph, packs it for filing and for the archive twice, and prints seconds,
megabytes of the file, the most memory this process took, and whether the bytes were the same.
"""

from __future__ import annotations

import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from bench.preflight import prepare


def photographs(key: int) -> bytes:
    """An archive with a picture of usual size for each candidate of the batch."""
    from PIL import Image
    from sqlalchemy import select

    from app.core.database import db
    from app.models import Candidate

    picture, packed = BytesIO(), BytesIO()
    Image.effect_noise((480, 672), 40).convert("RGB").save(picture, "JPEG", quality=70)
    numbers = db.session.scalars(select(Candidate.id_number).where(Candidate.batch_id == key))
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for place, number in enumerate(numbers):
            # What follows the end of a picture is not looked at, and makes each file its own.
            archive.writestr(f"{number}.jpg", picture.getvalue() + str(place).encode())
    return packed.getvalue()


def memory() -> float:
    """The most that this process has taken, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made(batch: Any, stage: str) -> tuple[bytes, int]:
    """The digest of a package that is written to a nameless file, and then its size."""
    from app.core.database import db
    from app.core.roles import SYSTEM
    from app.services.documents import package

    with tempfile.TemporaryFile() as out:
        package.make(db.session, SYSTEM, batch, stage, out)
        size = out.tell()
        out.seek(0)
        return hashlib.file_digest(out, "sha256").digest(), size


def measure(key: int) -> Iterator[str]:
    """A line for each act: photographs taken in, then each package, made twice."""
    from app.core import scope
    from app.core.database import db
    from app.core.roles import SYSTEM
    from app.models import Batch
    from app.services.documents import package_stages
    from app.services.sign_up import photos

    batch, archive = db.session.get_one(Batch, key), photographs(key)
    with scope.acting(db.session, SYSTEM):
        yield f"before                     {memory():5.0f} MB memory"
        start = time.perf_counter()
        kept = photos.accept(db.session, SYSTEM, batch, archive)
        new, took = sum(one.status == "new" for one in kept), time.perf_counter() - start
        yield f"photos   {took:6.1f} s {new:8} new {memory():5.0f} MB memory"
        for stage in package_stages.STAGES:
            start = time.perf_counter()
            first = made(batch, stage)
            took, size = time.perf_counter() - start, first[1] / 2**20
            same = first == made(batch, stage)
            told = f"{stage:8} {took:6.1f} s {size:6.1f} MB file {memory():5.0f} MB memory"
            yield f"{told}, same bytes: {same}"


def main(count: int) -> None:
    """Print the lines."""
    from flask_migrate import upgrade

    from app import create_app
    from app.core import clock
    from app.core.accounts.bootstrap import bootstrap
    from app.core.database import db
    from config import read_settings
    from seed import reference
    from tests import factories

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        app = create_app({**read_settings({"DATABASE_URL": url}), "TESTING": True})
        with app.app_context():
            upgrade()
            bootstrap()
            reference.load()
            key = prepare(count)
            with clock.set_to(factories.FILED):
                for line in measure(key):
                    sys.stdout.write(f"{line}\n")
                    sys.stdout.flush()
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
