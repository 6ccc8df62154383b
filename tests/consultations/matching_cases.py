"""Made-up lists and medicines: the worked examples, and a fast generator of others."""

import random
from dataclasses import dataclass, field, replace

FIVE = (("first",), ("second",), ("third",), ("fourth",), ("fifth",))


@dataclass(frozen=True)
class Case:
    """One list against one made-up release; everything a matcher is given."""

    concerns: tuple[tuple[str, ...], ...]
    profiles: dict[str, dict[str, int]]
    helpful: frozenset[str] = frozenset()
    set_aside: dict[str, str] = field(default_factory=dict)

    def through(self, match):
        return match(self.concerns, self.profiles, helpful=self.helpful, set_aside=self.set_aside)

    def with_profile(self, medicine, profile):
        return replace(self, profiles={**self.profiles, medicine: profile})

    def with_level(self, medicine, effect, level):
        """The same with one level changed; None makes it not known."""
        profile = {code: x for code, x in self.profiles[medicine].items() if code != effect}
        if level is not None:
            profile[effect] = level
        return self.with_profile(medicine, profile)

    @property
    def effects(self):
        return [code for place in self.concerns for code in place]

    @property
    def ranked(self):
        return [name for name in self.profiles if name not in self.set_aside]


def medicine(effects, levels):
    """ "0 ? 2" beside three effects: a profile in which the second is not known."""
    pairs = zip(effects, levels.split(), strict=True)
    return {effect: int(level) for effect, level in pairs if level != "?"}


def _five(**levels):
    effects = [code for place in FIVE for code in place]
    return {name: medicine(effects, line) for name, line in levels.items()}


TIES_AND_CLAIMS = Case(
    FIVE,
    _five(A="0 1 0 2 0", B="3 2 1 0 1", C="1 0 1 1 0", D="1 2 2 0 0", E="0 1 0 2 0", F="2 3 1 0 1"),
)
NOT_KNOWN = Case(
    FIVE, _five(G="? 0 0 1 0", H="0 ? 0 1 0", I="1 0 0 1 0", P="0 ? ? 0 0", Q="2 1 ? 0 0")
)
GUARD = Case(FIVE, _five(X="2 0 0 0 0", Y="0 1 2 1 1"))

_SHARED = (("weight_gain",), ("restlessness", "low_sex_drive"), ("dry_mouth",))
_SHARED_EFFECTS = ["weight_gain", "restlessness", "low_sex_drive", "dry_mouth", "sleepy_at_night"]
SHARED_PLACE = Case(
    _SHARED,
    {
        name: medicine(_SHARED_EFFECTS, line)
        for name, line in {
            "J": "1 0 1 0 3",
            "K": "1 1 0 0 1",
            "L": "0 2 1 0 0",
            "M": "1 1 0 0 ?",
            "N": "1 1 1 0 3",
            "O": "2 1 1 1 1",
        }.items()
    },
    helpful=frozenset({"sleepy_at_night"}),
)
SHARED_PLACE_NO_TICK = replace(SHARED_PLACE, helpful=frozenset())

# Five concerns that share one place weigh 1/5 each: three known ones are exactly three fifths.
JUST_ENOUGH = Case(
    (("first", "second", "third", "fourth", "fifth"),),
    _five(R="0 1 0 ? ?", S="0 ? ? ? 0", T="1 1 1 1 1"),
)

# (concerns, helpful, a word of what is said): lists that are no lists.
NO_LISTS = [
    ((), (), "1 to 5"),
    (tuple((str(n),) for n in range(6)), (), "1 to 5"),
    ((("a", "b", "c"), ("d", "e", "f")), (), "1 to 5"),
    ((("a",), ("a",)), (), "twice"),
    ((("a", "a"),), (), "twice"),
    ((("a",), ("b",)), ("b",), "helpful"),
    ((("a",), ()), (), "place"),
    (("abc",), (), "place"),
]
NO_LEVELS = [-1, 4, 1.5, 1.0, True, "2", None]

CODES = [f"effect_{n}" for n in range(8)]


def generate(rng: random.Random, most: int = 4) -> Case:
    """A list of 1 to 5 with shared places, gaps, helpful ticks, twins and near twins.

    Few levels and near twins make the edges common: equal burdens, one step apart, one gap apart.
    """
    codes = rng.sample(CODES, len(CODES))
    k = rng.choice((1, 2, 3, 3, 4, 4, 5, 5, 5))
    concerns = _places(rng, codes[:k])
    helpful = frozenset(codes[k : k + rng.choice((0, 0, 1, 1, 2, 3))])
    gaps, top = rng.choice((0, 0.1, 0.3)), rng.choice((1, 2, 3, 3))
    names = [f"medicine {n}" for n in range(rng.randint(2, most))]
    rng.shuffle(names)
    profiles: dict[str, dict[str, int]] = {}
    for name in names:
        if profiles and rng.random() < 0.4:
            profiles[name] = _near_twin(rng, rng.choice(list(profiles.values())), codes)
        else:
            profiles[name] = {c: rng.randint(0, top) for c in codes if rng.random() >= gaps}
    set_aside = {rng.choice(names): "not stocked here"} if rng.random() < 0.15 else {}
    return Case(concerns, profiles, helpful, set_aside)


def _places(rng, codes):
    places: list[list[str]] = []
    sharing = rng.choice((0, 0.2, 0.6))
    for code in codes:
        if places and rng.random() < sharing:
            places[-1].append(code)
        else:
            places.append([code])
    return tuple(map(tuple, places))


def _near_twin(rng, profile, codes):
    twin = dict(profile)
    for code in rng.sample(codes, rng.choice((0, 1, 2))):
        level = rng.choice((None, 0, 1, 2, 3))
        twin.pop(code, None)
        if level is not None:
            twin[code] = level
    return twin
