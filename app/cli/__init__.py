"""Which services can be used without a browser, by command?

Each command calls a service that screens call too, names the actor, and answers as text or JSON
with the exit codes listed in README. Commands contain no rules of their own.
"""

from __future__ import annotations

from app.cli import (
    batch_status,
    batches,
    calendar,
    checking,
    eligibility,
    packages,
    preflight,
    seeding,
    supervision,
)
from app.core.cli import find, procedure
from app.models import Batch
from app.services.demonstration import stand_ins

COMMANDS = (
    *seeding.COMMANDS,
    *batches.COMMANDS,
    *calendar.COMMANDS,
    *checking.COMMANDS,
    *eligibility.COMMANDS,
    *packages.COMMANDS,
    *preflight.COMMANDS,
    *supervision.COMMANDS,
)

procedure.COUNTS[Batch] = batch_status.counts
find.declare_stand_in(stand_ins.authority)
