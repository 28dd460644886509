"""Which batches does a weighted draw choose, reproducibly from its seed?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from hashlib import sha256

from app.core.errors import Problem
from app.core.rule import CENTRE, Rule

DRAW_PERIOD = Rule(
    "draw_period",
    "抽查的考试日期起止齐全，止不早于起",
    "draw_problems",
    "流程六",
    CENTRE,
    number="6-18",
)
DRAW_COUNT = Rule(
    "draw_count",
    "抽取批次数至少为1，不超过可抽的批次数",
    "draw_problems",
    "流程六",
    CENTRE,
    number="6-19",
)
DRAW_WEIGHT = Rule(
    "draw_weight",
    "每件举报、每次责令整改的加权为0到100的整数",
    "draw_problems",
    "流程六",
    CENTRE,
    number="6-20",
)
DRAW_SEED = Rule(
    "draw_seed", "随机种子不为空，不超过80个字", "draw_problems", "流程六", CENTRE, number="6-21"
)
DRAW_REPEATED = Rule(
    "draw_repeated",
    "用登记的种子重算，名次和抽中的批次与登记一致",
    "redrawn_problems",
    "流程六",
    CENTRE,
    number="6-22",
)

HEAVIEST = 100
LONGEST_SEED = 80
#: Bits of a lot: 2^64 equally likely values.
_BITS = 64
_EXACT = Context(prec=40)


@dataclass(frozen=True)
class Lot:
    """A batch to draw from, with its body's complaints and orders to rectify in two years."""

    batch_no: str
    complaints: int = 0
    findings: int = 0


@dataclass(frozen=True)
class Weights:
    """How much each complaint and each order adds to the weight of 1 that every batch has."""

    complaint: int = 1
    finding: int = 1

    def of(self, lot: Lot) -> int:
        """Return the weight of a batch."""
        return 1 + self.complaint * lot.complaints + self.finding * lot.findings


@dataclass(frozen=True)
class Drawn:
    """A drawn batch: ``rank`` counts from 1; ``number`` is its lot, below 2^64."""

    lot: Lot
    rank: int
    weight: int
    number: int
    chosen: bool


def draw(lots: Iterable[Lot], seed: str, wanted: int, weights: Weights) -> list[Drawn]:
    """Return all batches in the order of the draw, the first ``wanted`` of them chosen.

    A batch's lot is the first 64 bits of SHA-256 over seed and batch number, taken as a fraction u
    in (0, 1). Sorting by -ln(u) / weight draws without replacement, each time with probabilities
    proportional to the weights of the remaining batches (Efraimidis and Spirakis 2006).
    """
    numbered = [(lot, weights.of(lot), lot_number(seed, lot.batch_no)) for lot in lots]
    numbered.sort(key=lambda one: (_waiting(one[2], one[1]), one[0].batch_no))
    return [
        Drawn(lot, rank, weight, number, rank <= wanted)
        for rank, (lot, weight, number) in enumerate(numbered, start=1)
    ]


def lot_number(seed: str, batch_no: str) -> int:
    """Return the lot of a batch, 0 to 2^64 - 1: the first 8 bytes of a SHA-256 anyone can check."""
    return int.from_bytes(sha256(f"{seed}\n{batch_no}".encode()).digest()[: _BITS // 8])


def _waiting(number: int, weight: int) -> Decimal:
    # Decimal arithmetic is the same on every machine; floating-point logarithms are not.
    fraction = _EXACT.divide(Decimal(2 * number + 1), Decimal(2 ** (_BITS + 1)))
    return _EXACT.divide(-_EXACT.ln(fraction), Decimal(weight))


def draw_problems(
    first: date | None, last: date | None, wanted: int, population: int, seed: str, weights: Weights
) -> list[Problem]:
    """Return all problems with these parameters; ``population`` batches can be drawn."""
    found = []
    if first is None or last is None or last < first:
        found.append(DRAW_PERIOD.broken("请填写考试日期的起止，止不得早于起", field="last_day"))
    elif not 1 <= wanted <= population:
        message = f"这段日期有{population}个批次可抽，抽取批次数请填1到{population}"
        if not population:
            message = "这段日期没有可抽的批次（已备案或正在考评的），请放宽考试日期"
        found.append(DRAW_COUNT.broken(message, field="wanted"))
    for name, weight in (
        ("complaint_weight", weights.complaint),
        ("finding_weight", weights.finding),
    ):
        if not 0 <= weight <= HEAVIEST:
            found.append(DRAW_WEIGHT.broken(f"加权请填0到{HEAVIEST}的整数", field=name))
    if not seed.strip() or len(seed) > LONGEST_SEED:
        message = f"随机种子不能为空，最多{LONGEST_SEED}个字"
        found.append(DRAW_SEED.broken(message, field="seed"))
    return found


def redrawn_problems(
    recorded: Sequence[Drawn], seed: str, wanted: int, weights: Weights
) -> list[Problem]:
    """Return one problem naming the batches whose record differs from the recomputed draw."""
    again = {
        one.lot.batch_no: one for one in draw([one.lot for one in recorded], seed, wanted, weights)
    }
    differing = [one.lot.batch_no for one in recorded if again[one.lot.batch_no] != one]
    if not differing:
        return []
    message = f"重算的结果与登记的不同：{'、'.join(differing)}，登记可能被改动，请核查变更记录"
    return [DRAW_REPEATED.broken(message)]
