"""One worry across the options somebody talks about: large, for a screen that two look at.

A picture is a hundred people. It is drawn only where a trial counted them, always beside the dummy
pill, and with how many people it rests on. Standard library only.
Tests: tests/consultations/test_worry.py.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from consultations.present.compare import ComparePage
from consultations.present.options import slug_of
from consultations.present.sentences import capital
from medications.ratings import Rating
from medications.snapshots import PerHundred, Release

PEOPLE = 100


class Face(StrEnum):
    """What happened to one of the hundred."""

    ALSO_DUMMY = "also"  # on a dummy pill too
    EXTRA = "extra"  # with the medicine only
    SPARED = "spared"  # on a dummy pill only
    WITHOUT = "without"


class Line(Protocol):
    """The words of a trial figure, as the card has them."""

    @property
    def in_100(self) -> str: ...
    @property
    def dummy_in_100(self) -> str: ...
    @property
    def caveat(self) -> str: ...
    @property
    def people(self) -> str: ...


InWords = Callable[[PerHundred], Line]


@dataclass(frozen=True)
class Picture:
    """A hundred people in the order in which they are drawn, and the same in words."""

    people: tuple[Face, ...]
    number: Line
    difference: str


@dataclass(frozen=True)
class Shown:
    """One medicine. `picture` is None where no trial counted this; the rating is always there."""

    name: str
    where: str
    rating: Rating
    picture: Picture | None


@dataclass(frozen=True)
class Spoken:
    """One of the other options, in what its text says about the list."""

    title: str
    words: str


@dataclass(frozen=True)
class Link:
    """Another worry of the same list."""

    number: int
    label: str
    is_current: bool


@dataclass(frozen=True)
class WorryPage:
    """The page. `dummy`: the dummy pill's own picture, where all pictures share it. `measure`: what
    the trials counted, when they all counted the same and call it otherwise than the list does.
    """

    title: str
    sentence: str
    links: tuple[Link, ...]
    medicines: tuple[Shown, ...]
    others: tuple[Spoken, ...]
    dummy: Picture | None
    measure: str
    faces: tuple[Face, ...]
    is_short_list: bool


def worry_page(
    page: ComparePage, release: Release, at: int, ticked: Collection[str], in_words: InWords
) -> WorryPage:
    """The `at`th worry that is compared. IndexError when the list has no such worry."""
    columns = [column for column in page.order.columns if column.is_compared]
    if at < 1:
        raise IndexError(at)
    column = columns[at - 1]
    on_list = [code for code in ticked if slug_of(code)]
    medicines = _medicines(page, on_list)
    found = [_number(release, medicine, column.code) for medicine in medicines]
    numbers = [number for number in found if number]
    shown = tuple(_shown(release, medicine, column.code, in_words) for medicine in medicines)
    return WorryPage(
        title=column.label,
        sentence=release.effect(column.code).sentence,
        links=tuple(
            Link(other.number, f"{other.place} {other.label}", other is column) for other in columns
        ),
        medicines=shown,
        others=_others(page, ticked),
        dummy=_dummy(numbers, in_words),
        measure=_measure(numbers, column.label),
        faces=_faces(shown),
        is_short_list=bool(on_list),
    )


@dataclass(frozen=True)
class _Medicine:
    slug: str
    where: str


def _medicines(page: ComparePage, on_list: Collection[str]) -> list[_Medicine]:
    """What is on the short list, and what is taken now; without a short list, all in the order."""
    found = [
        _Medicine(m.row.slug, _where(m.row.place, m.row.is_current))
        for m in page.medicines
        if not on_list or m.code in on_list or m.row.is_current
    ]
    return found + [
        _Medicine(unranked.slug, "not enough known for a place")
        for gap in page.gaps
        for unranked in gap.medicines
        if unranked.code in on_list
    ]


def _where(place: str, is_current: bool) -> str:
    return f"place {place}, you take this now" if is_current else f"place {place}"


def _shown(release: Release, medicine: _Medicine, code: str, in_words: InWords) -> Shown:
    profile, number = release.profile(medicine.slug), _number(release, medicine, code)
    return Shown(
        name=capital(profile.name),
        where=medicine.where,
        rating=profile.rating(code),
        picture=_picture(number, in_words) if number else None,
    )


def _faces(shown: tuple[Shown, ...]) -> tuple[Face, ...]:
    """Those that are drawn, for the key."""
    drawn = {face for medicine in shown if medicine.picture for face in medicine.picture.people}
    return tuple(face for face in Face if face in drawn)


def _number(release: Release, medicine: _Medicine, code: str) -> PerHundred | None:
    """The figure that rests on most people."""
    rows = [row for row in release.profile(medicine.slug).rows if row.effect.code == code]
    numbers = [number for row in rows for number in row.numbers]
    return max(numbers, key=lambda number: number.people, default=None)


def _picture(number: PerHundred, in_words: InWords) -> Picture:
    with_it, dummy = number.in_100, number.dummy_in_100
    also = min(with_it, dummy)
    people = (
        *([Face.ALSO_DUMMY] * also),
        *([Face.EXTRA] * (with_it - also)),
        *([Face.SPARED] * (dummy - also)),
    )
    rest = (Face.WITHOUT,) * (PEOPLE - len(people))
    return Picture(people + rest, in_words(number), _difference(with_it - dummy))


def _difference(more: int) -> str:
    if more == 0:
        return "as many as on a dummy pill"
    return f"{abs(more)} {'more' if more > 0 else 'fewer'} than on a dummy pill"


def _dummy(numbers: list[PerHundred], in_words: InWords) -> Picture | None:
    """The dummy pill by itself, when the pictures all stand beside the same one."""
    if len({(number.dummy_in_100, number.measure) for number in numbers}) != 1:
        return None
    count = numbers[0].dummy_in_100
    people = (Face.ALSO_DUMMY,) * count + (Face.WITHOUT,) * (PEOPLE - count)
    return Picture(people, in_words(numbers[0]), "")


def _measure(numbers: list[PerHundred], label: str) -> str:
    counted = {number.measure for number in numbers}
    return counted.pop() if len(counted) == 1 and counted != {label.lower()} else ""


def _others(page: ComparePage, ticked: Collection[str]) -> tuple[Spoken, ...]:
    """Those on the short list, or all of them while there is none: in the same words as Compare."""
    chosen = [other for other in page.others if other.code in ticked or not ticked]
    return tuple(Spoken(other.title, other.on_list) for other in chosen)
