"""Which medicines fit this person's own list, in what order, and what can honestly be said of it.

Fit with the list and nothing else: not how well a medicine works, and never advice. Standard
library only, whole numbers and fractions only (floats make false ties). Five steps:

1. A medicine set aside moves to its own list with its reason. Nothing is removed silently.
2. Concerns are weighed by rank-order centroid weights (weights.py).
3. Burden is the weighted mean level, 0 to 1. Not known counts as 3 (high) or as 0 (low); the order
   is by the high one, so a gap can never help. With under 3/5 of the weight known, no place.
4. Helpful effects break ties only, by the sum of their known levels.
5. Claims that hold for all weights that fall down the list: with C_j = x_1 + ... + x_j over the
   concerns in order, the burden is the sum of (w_j - w_{j+1}) C_j, so the C_j settle them all.

Dominance under ranked weights: Fishburn 1965; Kmietowicz and Pearman 1981; Athanassopoulos and
Podinovski 1997. How far surrogate weights hold: Danielson and Ekenberg 2016.
Tests: tests/consultations/test_matching*.py, and a second, slow implementation, slow_matching.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from operator import mul
from types import MappingProxyType

from consultations.weights import OTHERS, Sizes, Weighting, spans, weights, whole

RULES_VERSION = "1"  # changes whenever any result could change
MOST_CONCERNS = 5
HIGHEST = 3  # the level of +++, and what a gap is counted as
ENOUGH = Fraction(3, 5)  # of the weight must be known before a medicine gets a place

Profiles = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Swap:
    """Two medicines at neighbouring places that change places under another weighting."""

    weighting: Weighting
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one concern adds to one medicine's burden; `level` is None when not known."""

    effect: str
    weight: Fraction
    level: int | None
    high: Fraction
    low: Fraction


@dataclass(frozen=True, slots=True)
class Placed:
    """One medicine in the order.

    The beaten_ sets name every medicine that does better whatever falling weights are taken: with
    the helpful effects (`beaten_by`), even with unequal steps between the pluses
    (`beaten_by_unequal`), and on the concerns alone (`beaten_on_concerns`). One without a place can
    be among them, because "no medicine does better" must be true of all that are not set aside.
    """

    medicine: str
    place: int
    joint: bool
    burden_high: Fraction
    burden_low: Fraction
    coverage: Fraction
    helpful: int
    beaten_by: frozenset[str]
    beaten_by_unequal: frozenset[str]
    beaten_on_concerns: frozenset[str]
    order_sensitive: bool  # changes places with a neighbour, above or below, under some weighting
    swaps_below: tuple[Swap, ...]  # with whom at the next place, and under which weighting
    could_be_first: (
        bool  # it is not, but would be if its gaps on the list all turned out to be none
    )
    levels: tuple[int | None, ...]  # in the order of Match.effects
    missing: tuple[str, ...]  # concerns not known, in the order of the list
    helpful_missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A medicine of which too little is known about this list: neither worse nor better."""

    medicine: str
    coverage: Fraction
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A medicine kept out of the order, with the reason as it was given to `match`."""

    medicine: str
    reason: object


@dataclass(frozen=True, slots=True)
class Match:
    """Every medicine of the release once; joint places, unplaced and set aside go by name."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    set_aside: tuple[SetAside, ...]
    effects: tuple[str, ...]
    weights: tuple[Fraction, ...]
    rules_version: str = RULES_VERSION

    def working(self, placed: Placed) -> tuple[Contribution, ...]:
        """How a burden comes about, concern by concern; the parts add up to it exactly."""
        return tuple(
            Contribution(code, w, x, w * _high(x) / HIGHEST, w * _low(x) / HIGHEST)
            for code, w, x in zip(self.effects, self.weights, placed.levels, strict=True)
        )


def match(
    concerns: Sequence[Sequence[str]],
    profiles: Profiles,
    *,
    helpful: Iterable[str] = frozenset(),
    set_aside: Mapping[str, object] = MappingProxyType({}),
) -> Match:
    """The order of the medicines for one list and one release.

    `concerns` holds a tuple of effect codes for each place; own words are left out by the caller.
    `profiles` is medicine -> effect -> level 0..3; an effect that is absent is not known. A name in
    `set_aside` that is not in `profiles` is no medicine of this release and is passed over.
    ValueError: no concern, more than five, an effect twice or both ways, a level outside 0..3.
    """
    effects, sizes, welcome = _checked_list(concerns, helpful)
    _check_levels(profiles)
    readings = [
        _Reading.of(medicine, profiles[medicine], effects, sizes, welcome)
        for medicine in sorted(profiles)
        if medicine not in set_aside
    ]
    return Match(
        placed=tuple(_placed(readings, sizes)),
        unplaced=tuple(
            Unplaced(r.medicine, r.coverage, r.missing) for r in readings if r.coverage < ENOUGH
        ),
        set_aside=tuple(SetAside(m, set_aside[m]) for m in sorted(profiles) if m in set_aside),
        effects=effects,
        weights=weights(sizes),
    )


def _checked_list(
    concerns: Sequence[Sequence[str]], helpful: Iterable[str]
) -> tuple[tuple[str, ...], Sizes, tuple[str, ...]]:
    """The codes in order, how many share each place, the helpful codes."""
    if any(isinstance(place, str) or not place for place in concerns):
        raise ValueError("Each place holds a tuple of one or more effect codes.")
    effects = tuple(code for place in concerns for code in place)
    welcome = tuple(sorted(frozenset(helpful)))
    if not 1 <= len(effects) <= MOST_CONCERNS:
        raise ValueError(f"A list has 1 to {MOST_CONCERNS} concerns, not {len(effects)}.")
    if len(set(effects)) < len(effects):
        raise ValueError("An effect stands on the list twice.")
    if both := set(effects).intersection(welcome):
        raise ValueError(f"Both a concern and helpful: {', '.join(sorted(both))}.")
    return effects, tuple(len(place) for place in concerns), welcome


def _check_levels(profiles: Profiles) -> None:
    for medicine, levels in profiles.items():
        for code, level in levels.items():
            if type(level) is not int or not 0 <= level <= HIGHEST:
                raise ValueError(f"{medicine}, {code}: {level!r} is no level from 0 to {HIGHEST}.")


def _high(level: int | None) -> int:
    return HIGHEST if level is None else level


def _low(level: int | None) -> int:
    return 0 if level is None else level


def _weigh(by: Sequence[int], levels: Sequence[int]) -> int:
    return sum(map(mul, by, levels))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One medicine read against one list; `high` and `low` are whole numbers over one unit."""

    medicine: str
    levels: tuple[int | None, ...]
    highs: tuple[int, ...]
    lows: tuple[int, ...]
    high: int
    low: int
    coverage: Fraction
    missing: tuple[str, ...]
    welcome: tuple[int | None, ...]
    helpful: int
    helpful_missing: frozenset[str]

    @classmethod
    def of(
        cls,
        medicine: str,
        profile: Mapping[str, int],
        effects: tuple[str, ...],
        sizes: Sizes,
        welcome: tuple[str, ...],
    ) -> "_Reading":
        by, unit = whole(sizes)
        levels = tuple(profile.get(code) for code in effects)
        highs, lows = tuple(map(_high, levels)), tuple(map(_low, levels))
        wanted = tuple(profile.get(code) for code in welcome)
        return cls(
            medicine=medicine,
            levels=levels,
            highs=highs,
            lows=lows,
            high=_weigh(by, highs),
            low=_weigh(by, lows),
            coverage=Fraction(_weigh(by, [x is not None for x in levels]), unit),
            missing=tuple(code for code in effects if code not in profile),
            welcome=wanted,
            helpful=sum(map(_low, wanted)),
            helpful_missing=frozenset(code for code in welcome if code not in profile),
        )

    @property
    def standing(self) -> tuple[int, int]:
        """What decides the place: the smaller, the nearer the top."""
        return self.high, -self.helpful

    @property
    def hoped(self) -> tuple[int, int]:
        """Where it would stand if every concern not known turned out none."""
        return self.low, -self.helpful


def _placed(readings: Sequence[_Reading], sizes: Sizes) -> Iterator[Placed]:
    enough = sorted((r for r in readings if r.coverage >= ENOUGH), key=lambda r: r.standing)
    shelves = [tuple(shelf) for _, shelf in groupby(enough, key=lambda r: r.standing)]
    swaps = [_swaps(above, below, sizes) for above, below in pairwise([*shelves, ()])]
    moved = {name for found in swaps for swap in found for name in (swap.above, swap.below)}
    unit = HIGHEST * whole(sizes)[1]
    place = 1
    for shelf, found in zip(shelves, swaps, strict=True):
        for r in shelf:
            yield Placed(
                medicine=r.medicine,
                place=place,
                joint=len(shelf) > 1,
                burden_high=Fraction(r.high, unit),
                burden_low=Fraction(r.low, unit),
                coverage=r.coverage,
                helpful=r.helpful,
                **_beaten(r, readings, sizes),
                order_sensitive=r.medicine in moved,
                swaps_below=tuple(swap for swap in found if swap.above == r.medicine),
                could_be_first=place > 1 and r.hoped <= shelves[0][0].standing,
                levels=r.levels,
                missing=r.missing,
                helpful_missing=r.helpful_missing,
            )
        place += len(shelf)


def _swaps(above: Sequence[_Reading], below: Sequence[_Reading], sizes: Sizes) -> tuple[Swap, ...]:
    """Pairs from two neighbouring places whose burdens stand strictly the other way round."""
    return tuple(
        Swap(weighting, a.medicine, b.medicine)
        for weighting in OTHERS
        for by, _ in (whole(sizes, weighting),)
        for a in above
        for b in below
        if _weigh(by, a.highs) > _weigh(by, b.highs)
    )


def _beaten(b: _Reading, readings: Sequence[_Reading], sizes: Sizes) -> dict[str, frozenset[str]]:
    places = tuple(spans(sizes))
    on_concerns = [a for a in readings if a.high < b.low and _does_better(a, b, places)]
    by = [a for a in on_concerns if _is_as_welcome(a, b)]
    unequal = [a for a in by if _does_better_whatever_the_steps(a, b, places)]
    return {
        "beaten_by": frozenset(a.medicine for a in by),
        "beaten_by_unequal": frozenset(a.medicine for a in unequal),
        "beaten_on_concerns": frozenset(a.medicine for a in on_concerns),
    }


def _does_better(a: _Reading, b: _Reading, places: Sequence[slice]) -> bool:
    """Whether C_j(a, gaps 3) <= C_j(b, gaps 0) for every j.

    Asked only where a's burden is smaller, which spares most pairs: centroid weights fall strictly
    from place to place, so where no C_j is larger, one is smaller exactly when the burden is.
    """
    return _never_above([x - y for x, y in zip(a.highs, b.lows, strict=True)], places)


def _does_better_whatever_the_steps(a: _Reading, b: _Reading, places: Sequence[slice]) -> bool:
    """The same with counts: how many of the first j concerns are at level t or above, t = 1..3.

    Asked only of pairs that `_does_better` found. The counts over t add up to C_j: where no count
    is larger no C_j is, and one count is strict because one C_j is.
    """
    return all(
        _never_above([(x >= t) - (y >= t) for x, y in zip(a.highs, b.lows, strict=True)], places)
        for t in range(1, HIGHEST + 1)
    )


def _never_above(differences: Sequence[int], places: Sequence[slice]) -> bool:
    """Whether no running sum is positive, in every order inside the shared places.

    The largest first is the hardest order inside a place, so that one order settles them all.
    """
    total = 0
    for place in places:
        for difference in sorted(differences[place], reverse=True):
            total += difference
            if total > 0:
                return False
    return True


def _is_as_welcome(a: _Reading, b: _Reading) -> bool:
    """Whether none of a's helpful levels is lower than b's, gaps counted against a."""
    return all(_low(x) >= _high(y) for x, y in zip(a.welcome, b.welcome, strict=True))
