"""Wrong matchers, made by hand: each is the product's own with one thing changed in its source.

`MUTANTS` maps what is wrong to the module and the edit; `wrong(name)` builds the matcher. An edit
whose text is no longer there exactly once is an error, so the list cannot go stale unnoticed.
"""

import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import ModuleType

from consultations import matching, weights

_numbers = count()
M, W = matching, weights

PROFILE_LEVELS = "levels = tuple(profile.get(code) for code in effects)"
ENOUGH_KNOWN = (
    "enough = sorted((r for r in readings if r.coverage >= ENOUGH), key=lambda r: r.standing)"
)
STANDING = "return self.high, -self.helpful"
HOPED = "return self.low, -self.helpful"
SHELVES = "groupby(enough, key=lambda r: r.standing)"
FIRST = "could_be_first=place > 1 and r.hoped <= shelves[0][0].standing"
DIFFERENCES = "[x - y for x, y in zip(a.highs, b.lows, strict=True)]"
COUNTS = "(x >= t) - (y >= t)"
HARDEST = "sorted(differences[place], reverse=True)"
WELCOME = "return all(_low(x) >= _high(y) for x, y in zip(a.welcome, b.welcome, strict=True))"
SWAPPED = "if _weigh(by, a.highs) > _weigh(by, b.highs)"
READINGS = "for medicine in sorted(profiles)\n        if medicine not in set_aside"
MEAN = "sum(by_rank[span], Fraction(0)) / size"

MUTANTS = {
    # not known
    "not known counted as none": (
        M,
        "return HIGHEST if level is None",
        "return 0 if level is None",
    ),
    "not known counted as one plus": (
        M,
        "return HIGHEST if level is None",
        "return 1 if level is None",
    ),
    "a missing row read as none": (
        M,
        PROFILE_LEVELS,
        PROFILE_LEVELS.replace("(code)", "(code, 0)"),
    ),
    "a gap hoped to be three pluses": (M, "return 0 if level is None", "return 3 if level is None"),
    "ordered by the best case": (M, STANDING, "return self.low, -self.helpful"),
    "ordered by the middle of best and worst": (
        M,
        STANDING,
        "return self.high + self.low, -self.helpful",
    ),
    "any gap loses the place": (M, "if r.coverage >= ENOUGH)", "if r.coverage == 1)"),
    "exactly three fifths known is not enough": (
        M,
        "if r.coverage >= ENOUGH)",
        "if r.coverage > ENOUGH)",
    ),
    "half known is enough": (M, "ENOUGH = Fraction(3, 5)", "ENOUGH = Fraction(1, 2)"),
    "two thirds must be known": (M, "ENOUGH = Fraction(3, 5)", "ENOUGH = Fraction(2, 3)"),
    "coverage counts concerns and not their weight": (
        M,
        "coverage=Fraction(_weigh(by, [x is not None for x in levels]), unit)",
        "coverage=Fraction(sum(x is not None for x in levels), len(levels))",
    ),
    "too little known is placed all the same": (
        M,
        "r for r in readings if r.coverage >= ENOUGH",
        "r for r in readings",
    ),
    "too little known vanishes": (M, "for r in readings if r.coverage < ENOUGH", "for r in []"),
    "known effects are called missing": (
        M,
        "missing=tuple(code for code in effects if code not in profile),",
        "missing=effects,",
    ),
    "gaps are not named": (
        M,
        "missing=tuple(code for code in effects if code not in profile),",
        "missing=(),",
    ),
    # weights
    "every concern weighs the same": (
        W,
        "return _shared(centroid(k), sizes)",
        "return (Fraction(1, k),) * k",
    ),
    "priority the wrong way round": (
        W,
        "_shared(centroid(k), sizes)",
        "_shared(centroid(k)[::-1], sizes)",
    ),
    "five four three two one instead of the centroid": (
        W,
        "_shared(centroid(k), sizes)",
        "_shared([Fraction(2 * (k - i), k * (k + 1)) for i in range(k)], sizes)",
    ),
    "only the first concern counts": (
        W,
        "_shared(centroid(k), sizes)",
        "_shared([Fraction(int(i == 0)) for i in range(k)], sizes)",
    ),
    "the last term of the weights is lost": (W, "for j in range(i, k + 1)", "for j in range(i, k)"),
    "a shared place gets its first weight": (W, MEAN, "by_rank[span][0]"),
    "a shared place gets its last weight": (W, MEAN, "by_rank[span][-1]"),
    "a shared place is not divided": (W, MEAN, "sum(by_rank[span], Fraction(0))"),
    # order and places
    "the heaviest burden first": (M, STANDING, "return -self.high, -self.helpful"),
    "burdens rounded to whole percent": (
        M,
        "high=_weigh(by, highs)",
        "high=_weigh(by, highs) * 100 // (3 * unit)",
    ),
    "three pluses read as two": (
        M,
        PROFILE_LEVELS,
        PROFILE_LEVELS.replace(
            "profile.get(code)", "(None if profile.get(code) is None else min(2, profile[code]))"
        ),
    ),
    "ties broken by name": (M, SHELVES, "groupby(enough, key=lambda r: (r.standing, r.medicine))"),
    "ties broken by what is known": (
        M,
        STANDING,
        "return self.high, -self.helpful, -self.coverage",
    ),
    "the next place does not skip": (M, "place += len(shelf)", "place += 1"),
    "places begin at nought": (M, "    place = 1\n", "    place = 0\n"),
    "a tie is not called joint": (M, "joint=len(shelf) > 1", "joint=False"),
    "one by itself is called joint": (M, "joint=len(shelf) > 1", "joint=True"),
    "medicines stand by name": (M, "key=lambda r: r.standing)\n", "key=lambda r: r.medicine)\n"),
    "the order depends on how medicines arrive": (
        M,
        READINGS,
        READINGS.replace("sorted(profiles)", "profiles"),
    ),
    # set aside
    "set aside is ranked all the same": (M, READINGS, READINGS.replace("not in", "is not")),
    "set aside vanishes": (
        M,
        "set_aside=tuple(SetAside(m, set_aside[m]) for m in sorted(profiles) if m in set_aside)",
        "set_aside=()",
    ),
    "the reason is lost": (M, "SetAside(m, set_aside[m])", 'SetAside(m, "")'),
    # helpful effects
    "help outweighs the list": (M, STANDING, "return -self.helpful, self.high"),
    "help is taken off the burden": (M, STANDING, "return self.high - self.helpful, 0"),
    "effects nobody chose break ties": (
        M,
        "helpful=sum(map(_low, wanted))",
        "helpful=sum(map(_low, wanted)) - sum(profile.values())",
    ),
    "help is ignored": (M, STANDING, "return self.high, 0"),
    "help counts against": (M, STANDING, "return self.high, self.helpful"),
    "help that is not known counts in full": (
        M,
        "helpful=sum(map(_low, wanted))",
        "helpful=sum(map(_high, wanted))",
    ),
    "help that is not known is not named": (
        M,
        "helpful_missing=frozenset(code for code in welcome if code not in profile)",
        "helpful_missing=frozenset()",
    ),
    # claims
    "one that is the same is called better": (
        M,
        "if a.high < b.low and",
        "if a.high <= b.low and",
    ),
    "better on the sum alone": (
        M,
        "            if total > 0:\n                return False\n    return True",
        "            pass\n    return total <= 0",
    ),
    "better only where no concern is worse": (M, "total += difference", "total = difference"),
    "the claim asks one order inside a shared place": (M, HARDEST, "differences[place]"),
    "the claim asks the easiest order": (M, HARDEST, "sorted(differences[place])"),
    "the claim forgets the gaps of the better": (
        M,
        DIFFERENCES,
        DIFFERENCES.replace("a.highs", "a.lows"),
    ),
    "the claim counts the gaps of the worse as three": (
        M,
        DIFFERENCES,
        DIFFERENCES.replace("b.lows", "b.highs"),
    ),
    "the claim forgets the helpful effects": (M, WELCOME, "return True"),
    "the claim adds helpful effects up": (
        M,
        WELCOME,
        "return sum(map(_low, a.welcome)) >= sum(map(_high, b.welcome))",
    ),
    "help not known of the worse counts as none": (
        M,
        WELCOME,
        WELCOME.replace("_high(y)", "_low(y)"),
    ),
    "more help is demanded than there is": (M, WELCOME, WELCOME.replace(">=", ">")),
    "the worries alone are not alone": (
        M,
        '"beaten_on_concerns": frozenset(a.medicine for a in on_concerns)',
        '"beaten_on_concerns": frozenset(a.medicine for a in by)',
    ),
    "those without a place cannot do better": (
        M,
        "for a in readings if a.high",
        "for a in readings if a.coverage >= ENOUGH and a.high",
    ),
    "unequal steps leave out three pluses": (M, "range(1, HIGHEST + 1)", "range(1, HIGHEST)"),
    "unequal steps leave out one plus": (M, "range(1, HIGHEST + 1)", "range(2, HIGHEST + 1)"),
    "unequal steps count the exact level": (M, COUNTS, "(x == t) - (y == t)"),
    "unequal steps are not asked": (
        M,
        "unequal = [a for a in by if _does_better_whatever_the_steps(a, b, places)]",
        "unequal = by",
    ),
    # what depends
    "order depends on a draw": (M, SWAPPED, SWAPPED.replace(" > ", " >= ")),
    "order depends the wrong way round": (M, SWAPPED, SWAPPED.replace(" > ", " < ")),
    "order depends on the best case": (M, SWAPPED, SWAPPED.replace("highs", "lows")),
    "all equal is not asked": (W, "OTHERS = (Weighting.EQUAL, ", "OTHERS = ("),
    "five four three two one is not asked": (
        W,
        "Weighting.FALLING, Weighting.FIRST_ONLY)",
        "Weighting.FIRST_ONLY)",
    ),
    "the first alone is not asked": (
        W,
        "Weighting.FALLING, Weighting.FIRST_ONLY)",
        "Weighting.FALLING)",
    ),
    "the lower of two neighbours is not marked": (
        M,
        "for name in (swap.above, swap.below)",
        "for name in (swap.above,)",
    ),
    "first could be first": (M, FIRST, FIRST.replace("place > 1 and ", "")),
    "could be first only without a draw": (M, FIRST, FIRST.replace("<=", "<")),
    "nobody could be first": (M, FIRST, "could_be_first=False"),
    "hope leaves the helpful effects out": (M, HOPED, "return self.low, 0"),
    # what is refused
    "six concerns are taken": (M, "MOST_CONCERNS = 5", "MOST_CONCERNS = 6"),
    "a list without a concern is taken": (
        M,
        "if not 1 <= len(effects)",
        "if not 0 <= len(effects)",
    ),
    "the same effect twice is taken": (M, "if len(set(effects)) < len(effects):", "if False:"),
    "the same effect both ways is taken": (
        M,
        "if both := set(effects).intersection(welcome):",
        "if both := set():",
    ),
    "level four is taken": (M, "not 0 <= level <= HIGHEST:", "level < 0:"),
}


def wrong(name: str):
    """The matcher with this one thing wrong."""
    return WRAPPERS[name](matching.match) if name in WRAPPERS else _edited(name)


def every_wrong_matcher():
    """name -> matcher."""
    return {name: wrong(name) for name in (*MUTANTS, *WRAPPERS)}


def _edited(name: str):
    module, right, changed = MUTANTS[name]
    number = next(_numbers)
    sources = {each: Path(each.__file__).read_text() for each in (weights, matching)}
    if sources[module].count(right) != 1:
        raise LookupError(f"{name}: {right!r} is not once in {module.__name__}")
    sources[module] = sources[module].replace(right, changed)
    weights_name = f"wrong_weights_{number}"
    own_import = "from consultations.weights import"
    sources[matching] = sources[matching].replace(own_import, f"from {weights_name} import")
    try:
        _load(weights_name, sources[weights])
        return _load(f"wrong_matching_{number}", sources[matching]).match
    finally:
        sys.modules.pop(weights_name, None)
        sys.modules.pop(f"wrong_matching_{number}", None)


def _load(name: str, source: str) -> ModuleType:
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(source, f"<{name}>", "exec"), module.__dict__)
    return module


def remembers_the_last_release(match):
    """A wrapper: one answer for each list, whatever the profiles have become since."""
    kept = {}

    def cached(concerns, profiles, **rest):
        key = (concerns, rest["helpful"], tuple(sorted(profiles)), tuple(sorted(rest["set_aside"])))
        if key not in kept:
            kept[key] = match(concerns, profiles, **rest)
        return kept[key]

    return cached


def grades_on_the_curve(match):
    """A wrapper: a level counts by how many lower ones are present, not for what it means."""

    def curved(concerns, profiles, **rest):
        seen = {}
        for levels in profiles.values():
            for code, level in levels.items():
                seen.setdefault(code, set()).add(level)
        relative = {
            name: {code: sorted(seen[code]).index(level) for code, level in levels.items()}
            for name, levels in profiles.items()
        }
        return match(concerns, relative, **rest)

    return curved


def says_something_else_every_second_time(match):
    """A wrapper: the order of joint places wobbles."""
    turn = count()

    def wobbling(concerns, profiles, **rest):
        result = match(concerns, profiles, **rest)
        return replace(result, placed=result.placed[:: -1 if next(turn) % 2 else 1])

    return wobbling


def leaves_out_the_last(match):
    """A wrapper: a long order is cut off, silently."""

    def cut(concerns, profiles, **rest):
        kept = dict(list(profiles.items())[:3])
        return match(concerns, kept, **rest)

    return cut


WRAPPERS = {
    "the last release is remembered": remembers_the_last_release,
    "levels are relative to the others": grades_on_the_curve,
    "a long order is cut off": leaves_out_the_last,
    "every second answer is another": says_something_else_every_second_time,
}
