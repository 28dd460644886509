"""Which steps may follow, and by whom, in the words of the notice? Read from it, not from the code.

Sources: 冀职鉴字〔2021〕7号, 流程一 to 流程八, and the centre's own practice where it is silent.
One line per move: name, the states it leaves, the state it reaches, who may make it, and then

``note``  a reason must be given,
``@city`` it belongs to the centre of the place, ``@own`` to the one that approved the body
          (the province may stand in for either),
``≠m``    whoever ever made move m (or one of ``SEVERAL`` moves) may not make this one,
``↶m``    it takes back move m, once, while nobody has acted on it,
``rare``  it stands apart from the usual moves.

``-`` in place of people: nobody's own act, the step follows from one of another record.

People: P provincial administrator, p provincial clerk, C city administrator, c city clerk,
B clerk of a body. The system administrator and the auditor take part in nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.roles import (
    AUDITOR,
    BODY_CLERK,
    CITY_ADMIN,
    CITY_CLERK,
    PROVINCE_ADMIN,
    PROVINCE_CLERK,
    SYSTEM_ADMIN,
)

LETTERS = {
    "P": PROVINCE_ADMIN,
    "p": PROVINCE_CLERK,
    "C": CITY_ADMIN,
    "c": CITY_CLERK,
    "B": BODY_CLERK,
    "S": SYSTEM_ADMIN,
    "A": AUDITOR,
}

#: Who entered, published or sent in results; and who examined what a registration stands on.
RESULTS = ("score", "publicise", "submit_results")
SEVERAL = {"RESULTS": RESULTS, "EXAMINED": ("submit", "file", *RESULTS, "review_results")}

CENTRES = {"@city": "city_centre_id", "@own": "centre_id"}

PROCEDURES = {
    "Batch": """
submit         draft returned                     > submitted          PpCcB
allow_late     draft returned                     > =                  PC note @city ≠submit
revoke_late    draft returned                     > =                  PC note @city
return         submitted                          > returned           PC note @city ≠submit
file           submitted                          > filed              PC @city ≠submit
recall         submitted                          > draft              PpCcB ↶submit
begin_exam     filed                              > examining          PpCcB
score          examining                          > scored             PpCcB
publicise      scored                             > publicising        PpCcB
publicise_again results_returned                  > publicising        PpCcB
reopen_scores  publicising                        > examining          PC note @city
submit_results publicising results_returned       > results_submitted  PpCcB
return_results results_submitted                  > results_returned   PC note @city ≠RESULTS
review_results results_submitted                  > results_reviewed   PC @city ≠RESULTS
register       results_reviewed                   > registered         PC @own ≠EXAMINED
certify        registered                         > certified          PpCB
archive        certified                          > archived           PpCcB
withdraw       draft submitted returned           > withdrawn          PpCcB note rare
reinstate      withdrawn                          > draft              PC note @city rare
suspend        filed examining scored publicising > suspended          PpCc note
resume         suspended                          > *                  PC note
""",
    "Body": """
submit    draft returned       > submitted   PpCcB
return    submitted            > returned    PC note @own ≠submit
recall    submitted            > draft       PpCcB ↶submit
register  submitted            > registered  PC @own ≠submit
suspend   registered           > suspended   PC note @own
resume    suspended            > registered  PC note @own
cancel    registered suspended > cancelled   PC note @own
""",
    "Commission": """
submit      draft returned                        > submitted     PpCcB
return      submitted                             > returned      PC note @own ≠submit
commission  submitted                             > commissioned  PC @own ≠submit
recall      submitted                             > draft         PpCcB ↶submit
withdraw    draft submitted returned commissioned > withdrawn     PpCcB note rare
reinstate   withdrawn                             > draft         PC note @own rare
""",
    "Plan": """
publish   draft           > published  PpCcB
close     published       > closed     PpCcB
withdraw  draft published > withdrawn  PpCcB note rare
reinstate withdrawn       > draft      PC note rare
""",
    "Publicity": """
open    draft      > open       PpCcB
close   open       > closed     PpCcB
cancel  draft open > cancelled  PpCc note
""",
    "Objection": """
uphold  received > upheld    PpCc note
reject  received > rejected  PpCc note
correct upheld   > corrected PpCc
keep    upheld   > kept      PpCc note
""",
    "Complaint": """
investigate  received               > investigating  PpCc
close        received investigating > closed         PpCc note
""",
    "Inspection": """
finish  planned      > done        PpCc @own
order   planned done > rectifying  PpCc note @own
report  rectifying   > =           PpCcB note
close   rectifying   > closed      PpCc note @own
suspend_batch  rectifying  > =     PC note
suspend_body   rectifying  > =     PC note
""",
    "Certificate": """
issue    reserved                          > valid      PpCcB
correct  valid corrected reissued          > corrected  - note
reissue  valid corrected reissued          > reissued   - note
void     reserved valid corrected reissued > void       - note
""",
    "CertificateChange": """
submit   draft     > submitted  PpCcB
recall   submitted > draft      PpCcB ↶submit
approve  submitted > approved   PC @own ≠submit
refuse   submitted > refused    PC note @own ≠submit
""",
    "ArchiveFile": """
destroy  kept > destroyed  - note
""",
    "Destruction": """
submit   draft     > submitted  PpCcB
recall   submitted > draft      PpCcB ↶submit
approve  submitted > approved   PC @own ≠submit
refuse   submitted > refused    PC note @own ≠submit
execute  approved  > executed   PpCcB
""",
}


@dataclass(frozen=True)
class Expected:
    """One move as the procedure wants it."""

    name: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    note: bool = False
    at: str = ""
    apart: tuple[str, ...] = ()
    takes_back: tuple[str, ...] = ()
    rare: bool = False


def moves_of(entity: str) -> dict[str, Expected]:
    """The expected moves of an entity by name."""
    lines = (line for line in PROCEDURES[entity].splitlines() if line.strip())
    return {move.name: move for move in map(_read, lines)}


def _apart(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from SEVERAL.get(name, (name,))


def _read(line: str) -> Expected:
    left, right = line.split(">")
    name, *sources = left.split()
    target, people, *marks = right.split()
    return Expected(
        name,
        frozenset(sources),
        target,
        frozenset(LETTERS[letter] for letter in people.strip("-")),
        note="note" in marks,
        at=next((CENTRES[mark] for mark in marks if mark in CENTRES), ""),
        apart=tuple(_apart(mark[1:] for mark in marks if mark.startswith("≠"))),
        takes_back=tuple(mark[1:] for mark in marks if mark.startswith("↶")),
        rare="rare" in marks,
    )
