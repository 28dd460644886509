"""What do the roster and the result list of 5,000 people cost as PDF and document, beside xlsx?

``python -m bench.forms [PEOPLE]`` writes each file in a process of its own and prints seconds of
that process, the most memory it held, the ratio to the workbook of the same form, and by how much
the time grew from a fifth of the people: about 5 is in step, 25 would be quadratic.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

FORMS = ("roster", "result-list")
FORMATS = ("xlsx", "pdf", "docx")
PART = 5


def measure(kind: str, number: int, form: str) -> tuple[float, int]:
    """Seconds to compose and write that form in this process, and its peak memory in MB."""
    from app.sheets.forms import write
    from tests.sheets.forms.samples import SAMPLES

    begun = time.process_time()
    write(SAMPLES[kind](number, long=False), form)
    taken = time.process_time() - begun
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def apart(kind: str, number: int, form: str) -> tuple[float, int]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.forms", kind, str(number), form]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    seconds, memory = json.loads(answer.stdout)
    return float(seconds), int(memory)


def say(line: str) -> None:
    """Show a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(number: int) -> None:
    """Print one line for each form and format."""
    say(f"{'form':12} {'format':6} {'seconds':>8} {'MB':>6} {'x xlsx':>7} {'growth':>7}")
    for kind in FORMS:
        floor = 0.0
        for form in FORMATS:
            (small, _), (seconds, memory) = (
                apart(kind, number // PART, form),
                apart(kind, number, form),
            )
            floor = floor or seconds
            line = f"{seconds:8.2f} {memory:6} {seconds / floor:7.1f} {seconds / small:7.1f}"
            say(f"{kind:12} {form:6} {line}")


if __name__ == "__main__":
    if len(sys.argv) == 4:
        say(json.dumps(measure(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
