"""Run mutants over the areas: which do the tests let live? Exit 1 if one stands where none may."""

from __future__ import annotations

import argparse
import queue
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tools.mutants.areas import AREAS, TESTS, choose, population
from tools.mutants.equivalent import read_entries, sift
from tools.mutants.mutant import Mutant, mutants_of
from tools.mutants.reach import Reach, probed, read_reach
from tools.mutants.report import is_refused, lines_of
from tools.mutants.trial import Copy, Trial, Unusable

ROOT = Path(__file__).resolve().parents[2]
Chosen = Sequence[tuple[int, str, Mutant]]


def reach_of(files: Sequence[str], tests: Sequence[str], jobs: int, kept: Path | None) -> Reach:
    """Run the tests once on a copy with probes; ``kept`` spares that while the code stands."""
    if kept is not None and kept.is_dir():
        return read_reach(kept, files)
    copy = Copy()
    with tempfile.TemporaryDirectory() as folder:
        try:
            for at, path in enumerate(files):
                text = (copy.path / path).read_text("utf-8")
                (copy.path / path).write_text(probed(text, at), "utf-8")
            many = ("-n", str(jobs), "--dist", "worksteal", "-m", "not browser")
            copy.pytest(*many, *tests, REACHED=folder)
        finally:
            copy.close()
        if kept is not None:
            shutil.copytree(folder, kept)
        return read_reach(Path(folder), files)


def run(chosen: Chosen, reach: Reach, jobs: int) -> list[Trial]:
    """Try the mutants, ``jobs`` at a time, each worker in its own copy."""
    waiting: queue.SimpleQueue[tuple[int, str, Mutant]] = queue.SimpleQueue()
    for one in chosen:
        waiting.put(one)
    done: list[Trial] = []
    broken: list[BaseException] = []

    def work() -> None:
        copy = Copy()
        try:
            sound(copy, reach)
            copy.warm_up(list(reach.seconds))
            while not broken:
                done.append(tried(copy, reach, *waiting.get_nowait()))
                line = f"{done[-1].fate:<9} {done[-1].mutant.text}"
                print(f"{len(done):>4}/{len(chosen)} {line}", flush=True)
        except queue.Empty:
            pass
        except BaseException as error:
            broken.append(error)
        finally:
            copy.close()

    workers = [threading.Thread(target=work) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if broken:
        raise broken[0]
    return done


def sound(copy: Copy, reach: Reach) -> None:
    """Raise Unusable unless a test that passes with probes passes in the copy."""
    if copy.ask([min(reach.seconds, key=lambda test: (reach.seconds[test], test))]) != 0:
        raise Unusable("没有变异时测试也不通过，请先运行 make test")


def tried(copy: Copy, reach: Reach, seed: int, area: str, mutant: Mutant) -> Trial:
    """Try one mutant with the tests that reach it."""
    own = next((one.tests for one in AREAS if one.name == area), ())
    near, far = reach.tests_for(mutant, own)
    tests = [*reach.within(near), *reach.within(far)]
    if not tests:
        return Trial(seed, area, mutant, "unreached", 0, 0)
    fate = copy.notices(mutant, tests, forked=reach.may_be_forked(mutant))
    return Trial(seed, area, mutant, fate, len(tests), len(near) + len(far))


def chosen_by(options: argparse.Namespace) -> Chosen:
    """Return the mutants to try; exit where the reviewed list names a mutant that is gone."""
    pools, gone = sift(population(ROOT), read_entries())
    for entry in gone:
        print(f"equivalent.toml 中的一条没有对应的变异：{entry}", file=sys.stderr)
    if gone:
        raise SystemExit(2)
    if not options.only:
        return choose(pools, [int(seed) for seed in options.seeds.split(",")], options.count)
    path, _, line = options.only.partition(":")
    known = {one: name for name, pool in pools.items() for one in pool}
    every = mutants_of(path, (ROOT / path).read_text("utf-8"))
    here = [one for one in every if not line or one.line == int(line)]
    return [(0, known.get(one, "rules"), one) for one in here]


def main(arguments: Sequence[str] | None = None) -> int:
    """Choose, run and report."""
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--count", type=int, default=70, help="mutants a seed")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="a file, or file:line")
    parser.add_argument("--reach", type=Path, help="keep which test reaches what, in this folder")
    parser.add_argument("tests", nargs="*", default=TESTS)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    chosen = chosen_by(options)
    files = sorted({one.path for _, _, one in chosen})
    if options.reach is not None:
        files = sorted({one.path for pool in population(ROOT).values() for one in pool})
    reach = reach_of(files, options.tests, options.jobs, options.reach)
    spent = time.monotonic() - began
    print(f"测试 {len(reach.seconds)} 个，{spent:.0f} 秒；不算的 {len(reach.failed)} 个：", end="")
    print("、".join(reach.failed) or "无", flush=True)
    trials = run(chosen, reach, options.jobs)
    print("\n".join(lines_of(trials)))
    print(f"共 {time.monotonic() - began:.0f} 秒")
    return int(is_refused(trials))


if __name__ == "__main__":
    sys.exit(main())
