"""How much each concern of a list weighs. Standard library only, exact fractions.

Rank-order centroid weights (Barron and Barrett 1996): with k concerns the i-th weighs (1/k) times
the sum of 1/j for j = i..k. They are the mean of all weights that fall down the list, so they never
contradict a claim that holds for all of those. Concerns that share a place share the mean of the
weights of the places they cover. `sizes` is the number of concerns in each place, in order.
Tests: tests/consultations/test_matching_examples.py.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from math import lcm

Sizes = tuple[int, ...]


class Weighting(StrEnum):
    """A way to weigh a list. All but the first serve to see whether neighbours change places."""

    CENTROID = "centroid"
    FIRST_ONLY = "first only"  # the first concern alone
    FALLING = "falling"  # k, k-1, ... 1
    EQUAL = "equal"


OTHERS = (Weighting.EQUAL, Weighting.FALLING, Weighting.FIRST_ONLY)


def centroid(k: int) -> tuple[Fraction, ...]:
    """Rank-order centroid weights of k concerns; they fall and add up to 1."""
    return tuple(Fraction(sum(Fraction(1, j) for j in range(i, k + 1)), k) for i in range(1, k + 1))


@lru_cache(maxsize=256)
def weights(sizes: Sizes, weighting: Weighting = Weighting.CENTROID) -> tuple[Fraction, ...]:
    """The weight of each concern in the order of the list."""
    k = sum(sizes)
    if weighting is Weighting.CENTROID:
        return _shared(centroid(k), sizes)
    if weighting is Weighting.FIRST_ONLY:
        return _shared([Fraction(int(i == 0)) for i in range(k)], sizes)
    if weighting is Weighting.FALLING:
        return _shared([Fraction(k - i) for i in range(k)], sizes)
    return (Fraction(1),) * k


@lru_cache(maxsize=256)
def whole(sizes: Sizes, weighting: Weighting = Weighting.CENTROID) -> tuple[tuple[int, ...], int]:
    """The same as whole numbers, with the denominator they are over."""
    exact = weights(sizes, weighting)
    unit = lcm(*(weight.denominator for weight in exact))
    return tuple(int(weight * unit) for weight in exact), unit


def spans(sizes: Sizes) -> Iterator[slice]:
    """Where in the list each place begins and ends."""
    start = 0
    for size in sizes:
        yield slice(start, start + size)
        start += size


def _shared(by_rank: Sequence[Fraction], sizes: Sizes) -> tuple[Fraction, ...]:
    return tuple(
        sum(by_rank[span], Fraction(0)) / size
        for span, size in zip(spans(sizes), sizes, strict=True)
        for _ in range(size)
    )
