"""What one participant has answered so far, and its JSON form. Standard library only.

A draft may be untidy: six side effects to avoid, or one that is both to avoid and welcome.
`clashes` and `has_too_many` say so and the pages ask; nothing is refused or dropped on the way. An
item is the code of a side effect, or OWN for the one concern in the participant's own words.
Tests: tests/consultations/test_answers.py.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from consultations.living import NOTHING_SAID, Living

OWN = "own"
MOST = 5
OWN_WORDS_LETTERS = 200

Places = tuple[tuple[str, ...], ...]


class FilledIn(StrEnum):
    """Who sat at the form, as they said themselves."""

    NOT_SAID = ""
    ALONE = "alone"
    ACCOMPANIED = "accompanied"
    SCRIBE = "scribe"


class Way(StrEnum):
    """Which way a side effect counts when it was ticked both ways."""

    AVOID = "avoid"
    HELPFUL = "helpful"
    NEITHER = "neither"


class Line(NamedTuple):
    """One line of a sheet: to avoid in its place, welcome, or also named without a place."""

    kind: str
    item: str
    place: int | None


@dataclass(frozen=True)
class Answers:
    """`places` is the list to avoid, in order; items that share a place stand in one tuple.

    `also` holds what was ticked but taken off the five. `helped_by` says who wrote for somebody on
    paper. `person_may_see` is a carer's word on whether their sheet may be shown to the person.
    `texts_shown` names the edition of the situation's texts that was on the page. `living` is what
    they said beside the list.
    """

    places: Places = ()
    own_words: str = ""
    also: tuple[str, ...] = ()
    helpful: tuple[str, ...] = ()
    filled_in: FilledIn = FilledIn.NOT_SAID
    helped_by: str = ""
    person_may_see: bool = False
    texts_shown: str = ""
    living: Living = NOTHING_SAID

    @property
    def items(self) -> tuple[str, ...]:
        """The list to avoid without its shared places."""
        return tuple(item for place in self.places for item in place)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Everything named as to avoid, on the list or beside it."""
        return self.items + self.also

    @property
    def is_empty(self) -> bool:
        return not self.places

    @property
    def has_too_many(self) -> bool:
        return len(self.items) > MOST

    @property
    def has_words(self) -> bool:
        """Whether anything is in words of their own, which somebody should read."""
        return bool(self.own_words) or self.living.has_words

    @property
    def clashes(self) -> tuple[str, ...]:
        """Side effects that are both to avoid and welcome."""
        return tuple(item for item in self.ticked if item in self.helpful)

    @property
    def is_ready(self) -> bool:
        """Whether this is a list, as `ranking.py` has it."""
        return not (self.is_empty or self.has_too_many or self.clashes)

    def choose(
        self, ticked: Collection[str], own_words: str, helpful: Collection[str]
    ) -> "Answers":
        """After the page with all side effects. What was in order stays in order; new ones come
        last.
        """
        named = (*ticked, OWN) if own_words else tuple(ticked)
        new = tuple(item for item in named if item not in self.ticked)
        places = _only(self.places, named)
        also = tuple(item for item in self.also if item in named)
        listed = (*places, *((item,) for item in new))
        if sum(len(place) for place in listed) + len(also) <= MOST:
            listed, also = (*listed, *((item,) for item in also)), ()
        return replace(self, places=listed, also=also, own_words=own_words, helpful=tuple(helpful))

    def narrow(self, kept: Collection[str]) -> "Answers":
        """After the page that asks which matter most. What is not kept stays under `also`."""
        back = tuple((item,) for item in self.also if item in kept)
        off = tuple(item for item in self.ticked if item not in kept)
        return replace(self, places=(*_only(self.places, kept), *back), also=off)

    def settle(self, item: str, way: Way) -> "Answers":
        """After the question about a side effect that was ticked both ways."""
        helpful = self.helpful
        if way is not Way.HELPFUL:
            helpful = tuple(code for code in helpful if code != item)
        if way is Way.AVOID:
            return replace(self, helpful=helpful)
        rest = [code for code in self.ticked if code != item]
        also = tuple(code for code in self.also if code != item)
        return replace(self, places=_only(self.places, rest), also=also, helpful=helpful)

    def lines(self) -> Iterator[Line]:
        """The lines of the sheet in order: the list with its places, what else was named, what is
        welcome.
        """
        place = 1
        for shared in self.places:
            yield from (Line("avoid", item, place) for item in shared)
            place += len(shared)
        yield from (Line("also", item, None) for item in self.also)
        yield from (Line("helpful", item, None) for item in self.helpful)

    def as_json(self) -> dict[str, Any]:
        return {
            "places": [list(place) for place in self.places],
            "own_words": self.own_words,
            "also": list(self.also),
            "helpful": list(self.helpful),
            "filled_in": self.filled_in.value,
            "helped_by": self.helped_by,
            "person_may_see": self.person_may_see,
            "texts_shown": self.texts_shown,
            "living": self.living.as_json(),
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Answers":
        """`as_json` read back. An empty draft is no answers at all."""
        if not stored:
            return cls()
        return cls(
            places=tuple(tuple(place) for place in stored["places"]),
            own_words=stored["own_words"],
            also=tuple(stored["also"]),
            helpful=tuple(stored["helpful"]),
            filled_in=FilledIn(stored["filled_in"]),
            helped_by=stored["helped_by"],
            person_may_see=stored["person_may_see"],
            texts_shown=stored["texts_shown"],
            living=Living.from_json(stored.get("living", {})),
        )


def _only(places: Places, kept: Collection[str]) -> Places:
    """`places` without the items that are not kept, and without places that are empty then."""
    left = (tuple(item for item in place if item in kept) for place in places)
    return tuple(place for place in left if place)
