"""Somebody's own answers in words, for the check, the receipt and the sheet on paper.

Standard library only. Tests: tests/consultations/test_respond_pages.py.
"""

from dataclasses import dataclass

from consultations.answers import OWN, Answers
from consultations.present.choices import label
from consultations.present.wording import Wording
from medications.snapshots import Release


@dataclass(frozen=True)
class OwnLine:
    """One line of the list. `is_shared`: another line has the same place."""

    place: int
    label: str
    is_shared: bool
    is_own_words: bool


@dataclass(frozen=True)
class OwnList:
    """The list with its places, and the rest; an empty text was not answered."""

    lines: tuple[OwnLine, ...]
    also: tuple[str, ...]
    helpful: tuple[str, ...]
    filled_in: str
    person_may_see: str

    @property
    def has_own_words(self) -> bool:
        return any(line.is_own_words for line in self.lines)


def own_list(release: Release, answers: Answers, words: Wording) -> OwnList:
    return OwnList(
        lines=own_lines(release, answers),
        also=tuple(label(release, answers, item) for item in answers.also),
        helpful=tuple(label(release, answers, item) for item in answers.helpful),
        filled_in=words.filled_in.get(answers.filled_in, ""),
        person_may_see="Yes" if answers.person_may_see else "No",
    )


def own_lines(release: Release, answers: Answers) -> tuple[OwnLine, ...]:
    """The places with their numbers; after a shared place the next number is skipped."""
    sizes = {item: len(place) for place in answers.places for item in place}
    return tuple(
        OwnLine(
            place=line.place,
            label=label(release, answers, line.item),
            is_shared=sizes[line.item] > 1,
            is_own_words=line.item == OWN,
        )
        for line in answers.lines()
        if line.place is not None
    )
