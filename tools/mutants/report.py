"""What came of the mutants: which live, and how many in each area and for each seed?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tools.mutants.areas import AREAS
from tools.mutants.trial import Trial

LABELS = {area.name: area.label for area in AREAS}
STRICT = {area.name for area in AREAS if area.strict}


def lines_of(trials: Sequence[Trial]) -> Iterator[str]:
    """Yield the survivors, and a table by area and seed."""
    alive = sorted(
        (one for one in trials if one.lives),
        key=lambda one: (one.area not in STRICT, one.area, one.mutant.path, one.mutant.line),
    )
    yield f"存活的变异 {len(alive)} 个："
    for one in alive:
        yield f"  [{LABELS[one.area]}] {one.mutant.text}  {_asked(one)}"
    yield ""
    yield "种子          领域        变异  发现  其中超时  存活"
    for seed in sorted({one.seed for one in trials}):
        for area in dict.fromkeys(one.area for one in trials if one.seed == seed):
            yield _row(str(seed), area, [t for t in trials if (t.seed, t.area) == (seed, area)])
    for area in dict.fromkeys(one.area for one in trials):
        yield _row("合计", area, [one for one in trials if one.area == area])


def _asked(one: Trial) -> str:
    if one.fate == "unreached":
        return "（没有测试运行到这里）"
    return f"（运行了 {one.run} 个测试，共 {one.reaching} 个涉及）"


def _row(seed: str, area: str, trials: Sequence[Trial]) -> str:
    alive = sum(one.lives for one in trials)
    late = sum(one.fate == "timeout" for one in trials)
    label = LABELS[area] + "　" * (4 - len(LABELS[area]))
    return f"{seed:<12}{label:<8}{len(trials):>4}{len(trials) - alive:>6}{late:>8}{alive:>8}"


def is_refused(trials: Sequence[Trial]) -> bool:
    """Whether a survivor stands where none may."""
    return any(one.lives and one.area in STRICT for one in trials)
