"""How long an order takes: 25 medicines x 36 side effects, and the catalogue's larger 40 x 60.

Not a test: figures to read, median and spread, in processor time, so that other work on the machine
counts as little as it can. `--full` also runs the generated and exhaustive cases of the test
catalogue (H1, H2, H3) in full, two medicines at a time. Run it as bin/bench.
"""

import os
import random
import statistics
import sys
import time
from itertools import product

from consultations.matching import match
from consultations.present.comparison import comparison
from consultations.ranking import Ranking
from tests.consultations import evidence
from tests.consultations.matching_trials import (
    SHAPES,
    Trial,
    beside_the_slow_one,
    each_pair_by_itself,
    every_small_profile,
    random_gaps,
    through_the_laws,
)

LIMIT_MS = 5
RUNS = 400
PLACES = (("e0",), ("e1",), ("e2", "e3"), ("e4",))


def out(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def made_up(medicines: int, effects: int, gaps: float, rng: random.Random):
    codes = [f"e{n}" for n in range(effects)]
    return {
        f"medicine {n}": {c: rng.randint(0, 3) for c in codes if rng.random() >= gaps}
        for n in range(medicines)
    }


def milliseconds(work, runs: int = RUNS) -> list[float]:
    work()
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - start))
    return taken


def report(name: str, taken: list[float]) -> float:
    """Median, the middle half and the slowest; returns the median."""
    low, median, high = statistics.quantiles(taken, n=4)
    out(f"  {name:<58}{median:7.2f} ms   {low:.2f} to {high:.2f}, at most {max(taken):.2f}")
    return median


def orders() -> bool:
    rng = random.Random(25)
    welcome = frozenset({"e5", "e6"})
    worst = 0.0
    for gaps in (0.0, 0.1, 0.3):
        release = made_up(25, 36, gaps, rng)
        taken = milliseconds(lambda release=release: match(PLACES, release, helpful=welcome))
        name = f"25 medicines x 36 side effects, {gaps:.0%} not known"
        worst = max(worst, report(name, taken))
    large = made_up(40, 60, 0.1, rng)
    report("40 medicines x 60 side effects", milliseconds(lambda: match(PLACES, large)))
    pages()
    return worst < LIMIT_MS


def pages() -> None:
    release = evidence.release()
    ranking = Ranking(
        (("weight_gain",), ("daytime_sleepiness",), ("low_sex_drive", "restlessness")),
        helpful=frozenset({"evening_sleepiness"}),
    )
    levels = release.levels()
    found = match(ranking.for_matching(), levels, helpful=ranking.helpful)
    report(
        "the demonstration release, 22 medicines",
        milliseconds(lambda: match(ranking.for_matching(), levels, helpful=ranking.helpful)),
    )
    report(
        "the same in words (comparison page)",
        milliseconds(lambda: comparison(release, found, ranking)),
    )


def everything(seed: str) -> bool:
    """The catalogue's cases in full; a seed brings the same ones back."""
    rng = random.Random(seed)
    out(f"\nAll cases of the catalogue, seed {seed}")
    trials = {
        "H2, laws and invariants": lambda: through_the_laws(match, rng, 200_000),
        "H1, random gaps": lambda: random_gaps(match, rng, 100_000),
        "H3, generated, beside the slow implementation": lambda: beside_the_slow_one(
            match, rng, 100_000
        ),
        **{
            f"H1 and H3, two medicines at a time, places {shape}": lambda shape=shape: (
                each_pair_by_itself(match, SHAPES[shape], product(every_small_profile(), repeat=2))
            )
            for shape in SHAPES
        },
    }
    ran = [_ran(name, trial) for name, trial in trials.items()]
    return all(ran)


def _ran(name: str, work) -> bool:
    start = time.perf_counter()
    trial: Trial = work()
    out(f"  {name:<58}{trial} ({time.perf_counter() - start:.0f} s)")
    return not trial.wrong


def main(arguments: list[str]) -> int:
    out(f"Putting medicines in order, {RUNS} runs each: median, middle half, slowest")
    out(f"  (processor time; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f})")
    good = orders()
    out(f"  limit for 25 x 36: median under {LIMIT_MS} ms: {'kept' if good else 'NOT KEPT'}")
    if arguments[:1] == ["--full"]:
        seed = arguments[1] if len(arguments) > 1 else str(random.SystemRandom().randrange(2**32))
        good = everything(seed) and good
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
