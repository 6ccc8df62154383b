"""A card laid out for A4: what stands beside what. Standard library only.

The front is for the meeting: main side effects, serious signs, every other side effect. The back
says how to take it, the numbers, and where each line comes from. One sheet of paper, both sides.
Both columns of the front are made about equally long by counting lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from medications.present.card import CardPage, Group, Row
from medications.ratings import Rating

LONG_LABEL = 34  # letters of a label that fit one line of half the page
HEADING_LINES = 1.4


@dataclass(frozen=True)
class Pairs:
    """The main side effects of one rating, two to a line; the last line may hold one."""

    rating: Rating
    lines: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class PaperCard:
    """A card page with its layout: the other effects in two columns, and all by how sure we are."""

    card: CardPage
    is_large: bool
    main: tuple[Pairs, ...]
    columns: tuple[tuple[Group, ...], ...]
    evidence: tuple[tuple[str, tuple[Row, ...]], ...]


def paper(card: CardPage, *, is_large: bool) -> PaperCard:
    """The layout of one card. Large print is one column throughout."""
    return PaperCard(
        card=card,
        is_large=is_large,
        main=tuple(_pairs(group, is_large) for group in card.main.groups if group.rating),
        columns=_columns(card.others),
        evidence=_by_certainty(card.groups),
    )


def _pairs(group: Group, is_large: bool) -> Pairs:
    rows = group.rows
    half = len(rows) if is_large else (len(rows) + 1) // 2
    lines = tuple(
        (left, *rows[half + place : half + place + 1]) for place, left in enumerate(rows[:half])
    )
    return Pairs(group.rating or Rating.NOT_KNOWN, lines)


def _by_certainty(groups: Sequence[Group]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """How sure we are, surest first, and the side effects for which that holds."""
    found: dict[str, list[Row]] = {}
    rows = [row for group in groups for row in group.rows if row.certainty]
    for row in sorted(rows, key=lambda row: (row.surest, len(row.certainty))):
        found.setdefault(row.certainty, []).append(row)
    return tuple((certainty, tuple(rows)) for certainty, rows in found.items())


def _columns(groups: Sequence[Group]) -> tuple[tuple[Group, ...], ...]:
    """The groups in their order, cut in two where the halves are most alike."""

    def difference(cut: int) -> float:
        return abs(_lines(groups[:cut]) - _lines(groups[cut:]))

    cut = min(range(len(groups) + 1), key=difference)
    return tuple(groups[:cut]), tuple(groups[cut:])


def _lines(groups: Sequence[Group]) -> float:
    return sum(HEADING_LINES + sum(_height(row) for row in group.rows) for group in groups)


def _height(row: Row) -> int:
    is_long = len(row.label) > LONG_LABEL or row.rating in (Rating.TWO, Rating.THREE)
    return 2 if is_long else 1
