"""Changing the order of a list: one up, one down, the same as the next, no longer the same.

Standard library only. A list is a tuple of places; what shares a place stands in one tuple. An item
that is not on the list, or cannot move that way, leaves the list as it is.
Tests: tests/consultations/test_moves.py.
"""

from collections.abc import Callable
from enum import StrEnum

Places = tuple[tuple[str, ...], ...]


class Move(StrEnum):
    """What a button does with one item."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    APART = "apart"


def moved(places: Places, move: Move, item: str) -> Places:
    """`places` after one press of a button."""
    for at, shared in enumerate(places):
        if item in shared:
            return _MOVES[move](places, at, item)
    return places


def all_equal(places: Places) -> Places:
    """Everything in one place: "I cannot put these in order"."""
    together = tuple(item for shared in places for item in shared)
    return (together,) if together else ()


def _up(places: Places, at: int, item: str) -> Places:
    """Out of a shared place it stands just above it; alone, it passes the whole place before."""
    if len(places[at]) > 1:
        return (*places[:at], (item,), _without(places[at], item), *places[at + 1 :])
    if at == 0:
        return places
    return (*places[: at - 1], places[at], places[at - 1], *places[at + 1 :])


def _down(places: Places, at: int, item: str) -> Places:
    if len(places[at]) > 1:
        return (*places[:at], _without(places[at], item), (item,), *places[at + 1 :])
    if at == len(places) - 1:
        return places
    return (*places[:at], places[at + 1], places[at], *places[at + 2 :])


def _same(places: Places, at: int, item: str) -> Places:
    """The last of a place takes it together with the next place."""
    if item != places[at][-1] or at == len(places) - 1:
        return places
    return (*places[:at], places[at] + places[at + 1], *places[at + 2 :])


def _apart(places: Places, at: int, item: str) -> Places:
    """A shared place breaks in two after the item."""
    cut = places[at].index(item) + 1
    parts = (places[at][:cut], places[at][cut:])
    return (*places[:at], *(part for part in parts if part), *places[at + 1 :])


def _without(shared: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(other for other in shared if other != item)


_MOVES: dict[Move, Callable[[Places, int, str], Places]] = {
    Move.UP: _up,
    Move.DOWN: _down,
    Move.SAME: _same,
    Move.APART: _apart,
}
