"""What can be said of one medicine beside the others, with its sign. Standard library only.

◇ none does better · ▲ does better than · ▽ others do better · ⇅ the order depends. A line names up
to five medicines and counts more; `medicines` always holds them all. Nothing here is advice.
Tests: tests/consultations/test_comparison_words.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.matching import Match, Placed, Swap
from consultations.present.sentences import (
    all_of,
    as_noun,
    capital,
    listed,
    medicines,
    number,
    worries,
)
from consultations.weights import OTHERS, Weighting
from medications.snapshots import Effect, Profile

NAMED = 5  # so many medicines are named in one line
NONE_BETTER, BETTER, BEATEN, DEPENDS = "◇", "▲", "▽", "⇅"


@dataclass(frozen=True)
class Claim:
    """One line under a medicine. `medicines`: every slug it speaks of, in order of name."""

    sign: str
    words: str
    medicines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Circle:
    """What every claim of one comparison refers to.

    `profiles` by slug, `welcome` the ticked effects, `help` their known levels by slug. `first` is
    how the first compared worries are called, "your first worry" unless own words stand before or
    beside them; `firsts` is how many share that place. `partly`: the list also holds own words.
    """

    match: Match
    profiles: Mapping[str, Profile]
    welcome: tuple[Effect, ...]
    help: Mapping[str, Mapping[str, int]]
    first: str
    firsts: int
    partly: bool

    @property
    def size(self) -> int:
        return len(self.match.effects)

    def beaten_by(self, medicine: str) -> list[str]:
        """Those with a place that `medicine` does better than."""
        return [p.medicine for p in self.match.placed if medicine in p.beaten_by]

    def names(self, slugs: Sequence[str]) -> tuple[str, ...]:
        """The slugs in order of name."""
        return tuple(sorted(slugs, key=lambda slug: self.profiles[slug].name))


def claims(placed: Placed, circle: Circle) -> tuple[Claim, ...]:
    """At most two lines: how others stand to it, then how it stands to others."""
    found = [_others(placed, circle)]
    if beaten := circle.names(circle.beaten_by(placed.medicine)):
        than = _named(beaten, circle) if len(beaten) <= NAMED else f"{number(len(beaten))} others"
        found.append(Claim(BETTER, f"Does better than {than}{_however(circle)}.", beaten))
    return tuple(found)


def notice(swaps: Sequence[Swap], circle: Circle) -> str:
    """The line between two neighbouring places whose order depends; empty when it does not."""
    for weighting in OTHERS:
        pairs = [swap for swap in swaps if swap.weighting is weighting]
        if pairs:
            return f"{_depends(circle)} {_if(weighting, circle)}, {_moves(pairs, circle)}."
    return ""


def _others(placed: Placed, circle: Circle) -> Claim:
    on_list = circle.names(list(placed.beaten_on_concerns))
    if not on_list:
        return Claim(NONE_BETTER, "No medicine does better on your list.")
    if not placed.beaten_by:
        do = "does" if len(on_list) == 1 else "do"
        better = f"{capital(medicines(len(on_list)))} {do} better"
        on = worries(circle.size, partly=circle.partly)
        return Claim(NONE_BETTER, f"{better} on {on}, {_but(placed, on_list, circle)}.", on_list)
    by = circle.names(list(placed.beaten_by))
    who = _named(by, circle) if len(by) <= NAMED else medicines(len(by))
    do = "does" if len(by) == 1 else "do"
    return Claim(BEATEN, f"{capital(who)} {do} better{_however(circle)}.", by)


def _but(placed: Placed, better: Sequence[str], circle: Circle) -> str:
    """What keeps those who do better on the worries from doing better on the whole wish."""
    mine = circle.help[placed.medicine]
    theirs = [circle.help[slug] for slug in better]
    none, one = "none of them", len(better) == 1
    for effect in circle.welcome:
        code = effect.code
        if code in mine and all(code in other and other[code] < mine[code] for other in theirs):
            if code == "evening_sleepiness":
                return f"but {'it is not' if one else f'{none} is'} as sleepy at night"
            has = "it does not have" if one else f"{none} has"
            return f"but {has} as many pluses for {as_noun(effect)}"
    fewer = [
        any(e.code in other and other[e.code] < mine.get(e.code, 0) for e in circle.welcome)
        for other in theirs
    ]
    if all(fewer):
        who = "it" if one else "each of them"
        return f"but {who} has fewer pluses for something you would welcome"
    return "but too little is known of what you would welcome to say more"


def _however(circle: Circle) -> str:
    """What the claim holds for, whatever the weights."""
    if circle.size == 1:
        return f" on {worries(1, partly=circle.partly)}"
    if circle.firsts == circle.size:
        return ", whichever of these worries matters most"
    return f", however much more {circle.first} {_matter(circle)}"


def _matter(circle: Circle) -> str:
    return "matters" if circle.firsts == 1 else "matter"


def _depends(circle: Circle) -> str:
    return f"The order here depends on how much more {circle.first} {_matter(circle)}."


def _if(weighting: Weighting, circle: Circle) -> str:
    if weighting is Weighting.EQUAL:
        return f"If {all_of(circle.size, partly=circle.partly)} mattered the same"
    if weighting is Weighting.FALLING:
        return "If each worry counted one step less than the one before"
    return f"If only {circle.first} counted"


def _moves(pairs: Sequence[Swap], circle: Circle) -> str:
    """Who would stand where: two change places, more is said for each that moves up."""
    if len(pairs) == 1:
        return f"{_named([pairs[0].above, pairs[0].below], circle)} would change places"
    below = circle.names(list({swap.below for swap in pairs}))
    moves = []
    for slug in below:
        above = circle.names([swap.above for swap in pairs if swap.below == slug])
        moves.append(f"{circle.profiles[slug].name} would stand above {_named(above, circle)}")
    return listed(moves)


def _named(slugs: Sequence[str], circle: Circle) -> str:
    has_place = {placed.medicine for placed in circle.match.placed}
    return listed(
        [
            circle.profiles[slug].name + ("" if slug in has_place else " (no place)")
            for slug in slugs
        ]
    )
