"""Somebody's own answers in words, for the check, the receipt and the sheet on paper.

Standard library only. Tests: tests/consultations/test_respond_pages.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from consultations.answers import OWN, Answers
from consultations.living import LivedWith, Living
from consultations.present.choices import label
from consultations.present.wording import AGAIN, FORM_WORDS, TIME_WORDS, Wording
from medications.snapshots import Release


@dataclass(frozen=True)
class OwnLine:
    """One line of the list. `is_shared`: another line has the same place."""

    place: int
    label: str
    is_shared: bool
    is_own_words: bool


@dataclass(frozen=True)
class Lived:
    """One medicine somebody has had, in words. `code` names it for the button that takes it off."""

    code: str
    name: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Life:
    """What was said beside the list, in words; an empty text was not answered."""

    goals: str
    role: str
    lived: tuple[Lived, ...]
    bothers_now: str
    taking: str


@dataclass(frozen=True)
class OwnList:
    """The list with its places, and the rest; an empty text was not answered."""

    lines: tuple[OwnLine, ...]
    also: tuple[str, ...]
    helpful: tuple[str, ...]
    filled_in: str
    person_may_see: str
    life: "Life"

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
        life=life(medicine_names(release), answers.living, words),
    )


def life(names: Mapping[str, str], living: Living, words: Wording) -> Life:
    """`names`: slug to the medicine's name; one that is none of them stands as it was typed."""
    return Life(
        goals=living.goals,
        role=words.roles.get(living.role, ""),
        lived=lived_lines(names, living),
        bothers_now=living.bothers_now,
        taking=taking(living),
    )


def medicine_names(release: Release) -> dict[str, str]:
    """Slug to name, with a capital."""
    return {profile.slug: profile.name.capitalize() for profile in release.profiles}


def lived_lines(names: Mapping[str, str], living: Living) -> tuple[Lived, ...]:
    """Each medicine with what was said about it."""
    return tuple(
        Lived(m.medicine, names.get(m.medicine, m.medicine), _said(m)) for m in living.medicines
    )


def taking(living: Living) -> str:
    """How somebody would take it, in one sentence."""
    ticked = [FORM_WORDS[form] for form in living.comes_as]
    ticked += [TIME_WORDS[time] for time in living.times]
    listed = "; ".join(words.lower() for words in ticked)
    said = f"{listed[:1].upper()}{listed[1:]}." if listed else ""
    return " ".join(filter(None, (said, living.taking)))


def _said(lived: LivedWith) -> tuple[tuple[str, str], ...]:
    said = (
        ("Helped", lived.helped),
        ("Was bad", lived.harmed),
        ("Stopped", lived.stopped),
        ("Again", AGAIN.get(lived.again, "")),
    )
    return tuple((label, words) for label, words in said if words)


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
