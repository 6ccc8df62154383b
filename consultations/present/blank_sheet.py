"""The paper form before anybody has written on it. Standard library only.

The 36 in the paper's order, down two columns; no item numbers, which get mistaken for somebody's
own 1 to 5. Tests: tests/consultations/test_paper.py.
"""

from dataclasses import dataclass
from itertools import zip_longest

from medications.snapshots import Effect, Release

LONG_LABEL = 38  # letters; a longer one is set smaller so that the form keeps to one page


@dataclass(frozen=True)
class Cell:
    """One side effect with its two boxes."""

    label: str
    is_long: bool


@dataclass(frozen=True)
class BlankSheet:
    """Pairs for the A4 page, and the groups for large print."""

    pairs: tuple[tuple[Cell, Cell | None], ...]
    groups: tuple[tuple[str, tuple[Cell, ...]], ...]


def blank_sheet(release: Release) -> BlankSheet:
    half = (len(release.effects) + 1) // 2
    cells = [_cell(effect) for effect in release.effects]
    return BlankSheet(
        pairs=tuple(zip_longest(cells[:half], cells[half:])),
        groups=tuple(
            (title, tuple(_cell(effect) for effect in effects))
            for title, effects in release.groups()
        ),
    )


def _cell(effect: Effect) -> Cell:
    return Cell(effect.label, len(effect.label) > LONG_LABEL)
