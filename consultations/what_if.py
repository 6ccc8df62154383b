"""What would come out if the list were in another order. Standard library only.

Nothing is kept: the person's sheet and the pinned comparison stay as they are. The same levels, the
same reasons for setting aside and the same rules are used, so whatever changes, changes because of
the order alone. Tests: tests/consultations/test_what_if.py.
"""

from collections.abc import Mapping
from typing import Any

from consultations import pinning
from consultations.answers import OWN, Places
from consultations.matching import Match

PLACE, BESIDE = ".", "~"


class NotTheSameList(ValueError):
    """What was tried is not this list in another order."""


def tried(inputs: Mapping[str, Any], places: Places) -> Match:
    """The match of kept `inputs` with their worries at other `places`."""
    left = [[item for item in place if item != OWN] for place in places]
    kept = {**inputs, "concerns": [place for place in left if place]}
    return pinning.from_json(pinning.replay(kept))


def steps(before: Match, after: Match) -> dict[str, int]:
    """How many places each medicine goes up, negative when it goes down, 0 when it stays.

    Only those with a place both times: with other weights, more or less of a medicine is known.
    """
    was = {placed.medicine: placed.place for placed in before.placed}
    return {
        placed.medicine: was[placed.medicine] - placed.place
        for placed in after.placed
        if placed.medicine in was
    }


def written(places: Places) -> str:
    """Places as one word for a form: "a~b.c" is a and b together, then c."""
    return PLACE.join(BESIDE.join(place) for place in places)


def read(word: str, like: Places) -> Places:
    """What `written` wrote. NotTheSameList unless it holds just what `like` holds."""
    places = tuple(tuple(place.split(BESIDE)) for place in word.split(PLACE))
    if sorted(item for place in places for item in place) != sorted(
        item for place in like for item in place
    ):
        raise NotTheSameList(word[:80])
    return places
