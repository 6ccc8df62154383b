"""A draft as a grid of its 36 side effects, and one cell in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from medications import completeness
from medications.entries import EffectEntry, RatingEntry
from medications.ratings import Rating


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
        found.setdefault(effect.group, []).append(_cell(effect, entry))
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
    """One cell in words, for the side by side of two."""
    yes = {True: "yes", False: "no"}
    return (
        ("Rating", f"{entry.rating.symbol} {entry.rating.words}"),
        ("How far it can be trusted", entry.confidence.words),
        ("Sources", ", ".join(entry.sources) or "none named"),
        ("What none means here", entry.zero_means),
        ("The sources do not agree", yes[entry.sources_disagree]),
        ("Serious, act on it", yes[entry.serious]),
        ("Stands on the short card", yes[entry.on_card]),
        ("Wording on the card", entry.card_wording),
    )


def _cell(effect: EffectEntry, entry: RatingEntry) -> Cell:
    marks = {
        "serious, act on it": entry.serious,
        "on the card": entry.on_card,
        "sources disagree": entry.sources_disagree,
        "borrowed": entry.borrowed,
    }
    return Cell(
        code=effect.code,
        label=f"{effect.number} {effect.label}",
        rating=entry.rating,
        confidence=entry.confidence.words if entry.rating.is_known else "",
        sources=len(entry.sources),
        marks=tuple(words for words, is_so in marks.items() if is_so),
    )
