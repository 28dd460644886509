"""Which acts can be asked for without a browser? The same services, by exact command names.

Each command asks a service that screens ask too, names who acts, and answers as text or JSON
with the exit codes of README. A command never knows a rule of its own.
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
