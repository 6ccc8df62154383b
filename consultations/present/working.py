"""The working behind the order, for the professional who wants to check it by hand.

Sums and fractions stand here and nowhere else: a percentage looks like a chance of success and is
not one. Standard library only. Tests: tests/consultations/test_comparison_words.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import lcm

from consultations.matching import HIGHEST, Contribution, Match, Placed
from consultations.present.sentences import as_noun, capital, listed
from medications.snapshots import Effect, Profile


@dataclass(frozen=True)
class WorkingRow:
    """One medicine's sum. `parts` has one entry for each compared concern."""

    place: str
    name: str
    parts: tuple["Part", ...]
    sum_high: int
    sum_low: int
    known: str
    helpful: str
    beaten_by: str
    beaten_by_unequal: str
    beaten_on_worries: str


@dataclass(frozen=True)
class Part:
    """One cell: the level ("?" when not known), and what it adds to the high and to the low sum."""

    level: str
    high: int
    low: int


@dataclass(frozen=True)
class Working:
    """Weights are whole numbers of `of`, sums of three times as many."""

    of: int
    heads: tuple[str, ...]
    weights: tuple[int, ...]
    says: str
    rows: tuple[WorkingRow, ...]
    rules_version: str


def working(
    match: Match, effects: Mapping[str, Effect], profiles: Mapping[str, Profile]
) -> Working | None:
    """None when nothing could be compared."""
    if not match.effects:
        return None
    of = lcm(*(weight.denominator for weight in match.weights))
    weights = tuple(int(weight * of) for weight in match.weights)
    heads = tuple(effects[code].label for code in match.effects)
    named = [f"{as_noun(effects[c])} {w}" for c, w in zip(match.effects, weights, strict=True)]
    return Working(
        of=of,
        heads=heads,
        weights=weights,
        says=(
            f"Weights (of {of}): {', '.join(named)}. Sums are of {HIGHEST * of}; less is a closer "
            f"fit. Not known is counted as {HIGHEST} in the first sum and as 0 in the second. "
            "Equal sums are ordered by what would be welcome, as far as it is known."
        ),
        rows=tuple(_row(match, placed, of, profiles) for placed in match.placed),
        rules_version=match.rules_version,
    )


def _row(match: Match, placed: Placed, of: int, profiles: Mapping[str, Profile]) -> WorkingRow:
    unit = HIGHEST * of

    def names(slugs: frozenset[str]) -> str:
        return capital(listed(sorted(profiles[slug].name for slug in slugs))) or "none"

    return WorkingRow(
        place=f"{placed.place}=" if placed.joint else str(placed.place),
        name=capital(profiles[placed.medicine].name),
        parts=tuple(_part(part, unit) for part in match.working(placed)),
        sum_high=int(placed.burden_high * unit),
        sum_low=int(placed.burden_low * unit),
        known=str(placed.coverage),
        helpful=f"{placed.helpful}{' and not known' if placed.helpful_missing else ''}",
        beaten_by=names(placed.beaten_by),
        beaten_by_unequal=names(placed.beaten_by_unequal),
        beaten_on_worries=names(placed.beaten_on_concerns),
    )


def _part(part: Contribution, unit: int) -> Part:
    level = "?" if part.level is None else str(part.level)
    return Part(level, int(part.high * unit), int(part.low * unit))
