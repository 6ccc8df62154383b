"""What counts as a list: one to five places, ties, own words, and what would be welcome.

Standard library only. A list that breaks a rule cannot be made; the exception says what is wrong
in words for the page, and nothing of what was given is lost with it. Drafts may be untidy and live
in answers.py; moving things up and down is moves.py. Places are counted as in a race: two at 3 are
"3=" and the next is 5. Own words take one of the five places and are left out of the comparison.
Tests: tests/consultations/test_ranking.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from consultations.answers import MOST, OWN, Answers, Places


class NotAList(ValueError):
    """What was given is no list yet. `str()` is a sentence for the page."""


class EmptyList(NotAList):
    """Nothing is on it."""

    def __init__(self) -> None:
        super().__init__("Choose at least one side effect to avoid. One is enough.")


class TooManyPicks(NotAList):
    """More than five. `picks` holds every one of them."""

    def __init__(self, picks: tuple[str, ...]) -> None:
        self.picks = picks
        super().__init__(
            f"There are {len(picks)} on the list. Which {MOST} matter most? Nothing is lost."
        )


class NamedTwice(NotAList):
    """The same side effect at two places."""

    def __init__(self, item: str) -> None:
        self.item = item
        super().__init__("The same side effect is on the list twice. Where does it belong?")


class BothWays(NotAList):
    """The same side effect as one to avoid and as welcome."""

    def __init__(self, item: str) -> None:
        self.item = item
        super().__init__("The same side effect is to be avoided and would be welcome. Which is it?")


class NoWords(NotAList):
    """A place for own words, and no words; or words that have no place."""

    def __init__(self) -> None:
        super().__init__("Write the concern in own words, or take it off the list.")


class NotAPlace(NotAList):
    """A number that is no place from 1 to 5."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"{number} is not a place. Number the list from 1 to {MOST}.")


class PlaceGap(NotAList):
    """A place that nothing stands at, before one that something does."""

    def __init__(self, numbers: tuple[int, ...], missing: int) -> None:
        self.numbers, self.missing = numbers, missing
        given = ", ".join(map(str, numbers))
        super().__init__(f"The numbers are {given}, and nothing is number {missing}.")


@dataclass(frozen=True)
class Concern:
    """One line of a list. `effect` is empty for own words, `words` for one of the 36."""

    place: int
    is_shared: bool
    effect: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        """The place as it is printed: "1", "3="."""
        return f"{self.place}=" if self.is_shared else str(self.place)


@dataclass(frozen=True)
class Ranking:
    """A list that can be sent and compared. NotAList when it is none.

    `places` holds what shares a place in one tuple; an item is an effect code, or OWN for the one
    concern in own words. `also_matters` was ticked and taken off the five; it carries no place.
    """

    places: Places
    own_words: str = ""
    helpful: frozenset[str] = frozenset()
    also_matters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        items = self.items
        if not items or not all(self.places):
            raise EmptyList
        if len(items) > MOST:
            raise TooManyPicks(items)
        for item in (*items, *self.also_matters):
            if (*items, *self.also_matters).count(item) > 1:
                raise NamedTwice(item)
            if item in self.helpful:
                raise BothWays(item)
        if OWN in items and not self.own_words.strip():
            raise NoWords

    @classmethod
    def of(cls, answers: Answers) -> "Ranking":
        """What somebody answered, as a list. NotAList while it is still a draft."""
        helpful = frozenset(answers.helpful)
        return cls(answers.places, answers.own_words, helpful, answers.also)

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item for place in self.places for item in place)

    @property
    def concerns(self) -> tuple[Concern, ...]:
        """The lines of the list in order, each with its place."""
        lines, number = [], 1
        for place in self.places:
            for item in place:
                own = item == OWN
                effect, words = ("", self.own_words) if own else (item, "")
                lines.append(Concern(number, len(place) > 1, effect, words))
            number += len(place)
        return tuple(lines)

    def for_matching(self) -> Places:
        """The places without own words, on which no medicine is rated. Empty when none is left."""
        left = (tuple(item for item in place if item != OWN) for place in self.places)
        return tuple(place for place in left if place)


def places_from_numbers(numbers: Mapping[str, int]) -> Places:
    """Places from the numbers somebody wrote beside the items, as on the paper form.

    After two at 2 the next may be called 3 or 4: people count both ways and mean the same.
    NotAPlace and PlaceGap for anything else; items at one number stay in the order given.
    """
    for number in numbers.values():
        if not 1 <= number <= MOST:
            raise NotAPlace(number)
    written = sorted(set(numbers.values()))
    places = tuple(tuple(item for item, n in numbers.items() if n == place) for place in written)
    may_be = {1}
    for number, place in zip(written, places, strict=True):
        if number not in may_be:
            raise PlaceGap(tuple(sorted(numbers.values())), min(may_be))
        may_be = {number + 1, number + len(place)}
    return places
