"""Trying a matcher many times: against the slow implementation, and every small case there is.

Each trial returns how many cases it tried and the first few that went wrong, so that a test can
demand none, a control can demand some, and bin/bench can run the same with larger numbers.
"""

import random
from dataclasses import dataclass, field
from itertools import product

from tests.consultations import slow_matching
from tests.consultations.matching_cases import Case, generate
from tests.consultations.matching_laws import INVARIANTS, LAWS, NO_PLACE, relation

FOUR = ("first", "second", "third", "fourth")
SHAPES = {
    "1 2 3 4": (("first",), ("second",), ("third",), ("fourth",)),
    "1 2= 2= 4": (("first",), ("second", "third"), ("fourth",)),
}
VALUES = (None, 0, 1, 2, 3)


@dataclass
class Trial:
    """How many cases were tried, and what went wrong in the first few that did."""

    cases: int = 0
    wrong: list = field(default_factory=list)

    def note(self, problem):
        if len(self.wrong) < 5:
            self.wrong.append(problem)

    def __str__(self):
        return f"{self.cases:,} cases, {'none' if not self.wrong else len(self.wrong)} wrong"


def slowly(case: Case):
    return slow_matching.match(case.concerns, case.profiles, case.helpful, case.set_aside)


def answer(match, case: Case):
    """What a matcher says, in the slow shape; an exception is an answer too, and a wrong one."""
    try:
        return slow_matching.read(case.through(match))
    except Exception as raised:
        return repr(raised)


def beside_the_slow_one(match, rng: random.Random, cases: int) -> Trial:
    """H3: generated cases, compared field by field."""
    trial = Trial(cases)
    for _ in range(cases):
        case = generate(rng, most=3)
        if answer(match, case) != slowly(case):
            trial.note(case)
    return trial


def through_the_laws(match, rng: random.Random, cases: int) -> Trial:
    """H2: the laws and invariants taken in turn, each with a generated case."""
    trial = Trial(cases)
    laws = (*LAWS, *INVARIANTS)
    for number in range(cases):
        law, case = laws[number % len(laws)], generate(rng)
        try:
            law(match, case, rng)
        except AssertionError as broken:
            trial.note((law.__name__, case, broken))
    return trial


def every_small_profile() -> dict[str, dict[str, int]]:
    """All 625 medicines with four effects at five values; named by them, as "U021"."""
    found = {}
    for values in product(VALUES, repeat=len(FOUR)):
        name = "".join("U" if value is None else str(value) for value in values)
        found[name] = {c: v for c, v in zip(FOUR, values, strict=True) if v is not None}
    return found


def every_pair_at_once(match, concerns) -> Trial:
    """H3: all 625 x 625 pairs of small medicines in one order, beside the slow implementation."""
    case = Case(concerns, every_small_profile())
    trial = Trial(len(case.profiles) ** 2)
    ours, theirs = answer(match, case), slowly(case)
    if isinstance(ours, str) or ours["unplaced"] != theirs["unplaced"]:
        trial.note(ours)
        return trial
    for mine, other in zip(ours["placed"], theirs["placed"], strict=True):
        if mine != other:
            trial.note((mine, other))
    return trial


def every_gap_beside_every_medicine(match, concerns) -> Trial:
    """H1 a, b, c over all 625 x 625 pairs.

    Against any other medicine a gap never stands better than none or one plus in its stead, and it
    stands below its own twin with none or one plus.
    """
    profiles = every_small_profile()
    result = Case(concerns, profiles).through(match)
    places = dict.fromkeys(profiles, NO_PLACE) | {p.medicine: p.place for p in result.placed}
    trial = Trial()
    for name in profiles:
        known = [i for i, value in enumerate(name) if value in "01"]
        gaps = [f"{name[:i]}U{name[i + 1 :]}" for i in known]
        for gap in gaps:
            if places[name] != NO_PLACE and places[gap] <= places[name]:
                trial.note((name, gap))
        for other in profiles:
            trial.cases += 1
            for gap in gaps:
                if relation(places, gap, other) < relation(places, name, other):
                    trial.note((name, gap, other))
    return trial


def each_pair_by_itself(match, concerns, pairs) -> Trial:
    """H1 and H3, literally: two medicines at a time, four effects, five values."""
    profiles, trial = every_small_profile(), Trial()
    for a, b in pairs:
        trial.cases += 1
        case = Case(concerns, {"a": profiles[a], "b": profiles[b]})
        if answer(match, case) != slowly(case):
            trial.note(case)
    return trial


def random_gaps(match, rng: random.Random, comparisons: int) -> Trial:
    """H1: random lists; each medicine stands beside its twins with a gap, none and one plus."""
    trial = Trial()
    while trial.cases < comparisons:
        seed = generate(rng, most=6)
        effect, crowd = rng.choice(seed.effects), {}
        for name in seed.profiles:
            for twin, level in (("gap", None), ("none", 0), ("one plus", 1)):
                crowd[f"{name} {twin}"] = seed.with_level(name, effect, level).profiles[name]
        result = Case(seed.concerns, crowd, seed.helpful).through(match)
        places = dict.fromkeys(crowd, NO_PLACE) | {p.medicine: p.place for p in result.placed}
        for name in seed.profiles:
            gap = places[f"{name} gap"]
            for twin in ("none", "one plus"):
                trial.cases += 1
                if gap != NO_PLACE and gap <= places[f"{name} {twin}"]:
                    trial.note((seed, name, twin))
    return trial
