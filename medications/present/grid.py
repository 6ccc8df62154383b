"""A draft as a grid of its 36 side effects, and one cell in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from medications import completeness
from medications.entries import EffectEntry, RatingEntry, SourceEntry, values
from medications.present.numbers import NumberLine, number_line
from medications.ratings import Confidence, Rating
from medications.snapshots import PerHundred, SourceRef


@dataclass(frozen=True)
class Cell:
    """One line of the grid."""

    code: str
    label: str
    rating: Rating
    confidence: str
    sources: int
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    name: str
    cells: tuple[Cell, ...]


def address(profile_id: int) -> str:
    return reverse("medications:draft", args=[profile_id])


def groups(effects: Sequence[EffectEntry], entries: Sequence[RatingEntry]) -> tuple[Group, ...]:
    """The effects in their groups, groups and effects in the order of the paper form."""
    by_code = {entry.effect: entry for entry in entries}
    found: dict[str, list[Cell]] = {}
    for effect in effects:
        entry = by_code.get(effect.code, RatingEntry(effect.code))
        label = f"{effect.number} {effect.label}"
        found.setdefault(effect.group, []).append(cell(entry, label))
    return tuple(Group(name, tuple(cells)) for name, cells in found.items())


def lacking(
    effects: Sequence[EffectEntry], entries: Sequence[RatingEntry]
) -> tuple[tuple[str, str], ...]:
    """What the draft lacks: the effect's code, and a sentence with its label."""
    labels = {effect.code: effect.label for effect in effects}
    told = completeness.lacks(entries, labels)
    return tuple((code, f"{labels[code]}: {rest}") for code, _, rest in
                 (sentence.partition(": ") for sentence in told))  # fmt: skip


def told(entry: RatingEntry) -> tuple[tuple[str, str], ...]:
    """One cell in words. The sources are in order of code, as their order says nothing."""
    yes = {True: "yes", False: "no"}
    return (
        ("Rating", f"{entry.rating.symbol} {entry.rating.words}"),
        ("How far it can be trusted", entry.confidence.words),
        ("Sources", ", ".join(sorted(entry.sources)) or "none named"),
        ("What none means here", entry.zero_means),
        ("The sources do not agree", yes[entry.sources_disagree]),
        ("Borrowed", yes[entry.borrowed]),
        ("Serious, act on it", yes[entry.serious]),
        ("Stands on the short card", yes[entry.on_card]),
        ("Wording on the card", entry.card_wording),
    )


@dataclass(frozen=True)
class Beside:
    """One thing a cell says in two texts of it."""

    label: str
    now: str
    sent: str


def beside(now: RatingEntry, sent: RatingEntry) -> tuple[Beside, ...]:
    """Where two texts of one cell differ, line by line."""
    pairs = zip(told(now), told(sent), strict=True)
    return tuple(
        Beside(label, theirs, mine) for (label, theirs), (_, mine) in pairs if theirs != mine
    )


def changes(was: Mapping[str, Any], became: Mapping[str, Any]) -> tuple[Beside, ...]:
    """What one change in a cell's history changed; none when only a reason was given."""
    return beside(_entry(was), _entry(became))


@dataclass(frozen=True)
class Figure:
    """A trial figure in words, and the source it is from."""

    line: NumberLine
    source: str


def figures(entry: RatingEntry, sources: Sequence[SourceEntry]) -> tuple[Figure, ...]:
    """What trials counted for this cell, as of 100 people."""
    by_code = {source.code: source for source in sources}
    found = []
    for number in entry.numbers:
        source = by_code[number.source]
        ref = SourceRef(**{name: getattr(source, name) for name in SourceRef.__dataclass_fields__})
        line = number_line(PerHundred(**values(number, "source"), source=ref))
        found.append(Figure(line, source.citation))
    return tuple(found)


def _entry(kept: Mapping[str, Any]) -> RatingEntry:
    """A cell as its history keeps it."""
    own = {
        "rating": Rating(kept["rating"]),
        "confidence": Confidence(kept["confidence"]),
        "sources": tuple(kept["sources"]),
    }
    return RatingEntry(**{**kept, **own})


def cell(entry: RatingEntry, label: str = "") -> Cell:
    """One line of the grid; without its label where only what follows the label is drawn."""
    marks = {
        "serious, act on it": entry.serious,
        "on the card": entry.on_card,
        "sources disagree": entry.sources_disagree,
        "borrowed": entry.borrowed,
    }
    return Cell(
        code=entry.effect,
        label=label,
        rating=entry.rating,
        confidence=entry.confidence.words if entry.rating.is_known else "",
        sources=len(entry.sources),
        marks=tuple(words for words, is_so in marks.items() if is_so),
    )
