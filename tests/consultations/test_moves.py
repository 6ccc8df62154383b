"""Putting a list in order: each button does what it says, and nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.moves import Move, all_equal, moved

A, B, C, D = "a", "b", "c", "d"
ALONE = ((A,), (B,), (C,))
SHARED = ((A,), (B, C), (D,))


@pytest.mark.parametrize(
    ("before", "move", "item", "after"),
    [
        (ALONE, Move.UP, B, ((B,), (A,), (C,))),
        (ALONE, Move.UP, A, ALONE),
        (ALONE, Move.DOWN, B, ((A,), (C,), (B,))),
        (ALONE, Move.DOWN, C, ALONE),
        (ALONE, Move.SAME, A, ((A, B), (C,))),
        (ALONE, Move.SAME, C, ALONE),
        (ALONE, Move.APART, B, ALONE),
        (SHARED, Move.UP, C, ((A,), (C,), (B,), (D,))),
        (SHARED, Move.UP, B, ((A,), (B,), (C,), (D,))),
        (SHARED, Move.DOWN, B, ((A,), (C,), (B,), (D,))),
        (SHARED, Move.UP, D, ((A,), (D,), (B, C))),
        (SHARED, Move.DOWN, A, ((B, C), (A,), (D,))),
        (SHARED, Move.APART, B, ((A,), (B,), (C,), (D,))),
        (SHARED, Move.SAME, C, ((A,), (B, C, D))),
        (SHARED, Move.SAME, B, SHARED),
        (SHARED, Move.UP, "not on the list", SHARED),
        ((), Move.UP, A, ()),
    ],
)
def test_a_button_does_what_it_says(before, move, item, after):
    assert moved(before, move, item) == after


def test_i_cannot_put_these_in_order_makes_them_all_equal():
    assert all_equal(SHARED) == ((A, B, C, D),)
    assert all_equal(()) == ()


lists = st.permutations([A, B, C, D, "e"]).flatmap(
    lambda items: st.lists(st.booleans(), min_size=4, max_size=4).map(
        lambda joins: _joined(items, joins)
    )
)


def _joined(items, joins):
    places = [[items[0]]]
    for item, joined in zip(items[1:], joins, strict=True):
        if joined:
            places[-1].append(item)
        else:
            places.append([item])
    return tuple(map(tuple, places))


@given(lists, st.sampled_from(list(Move)), st.sampled_from([A, B, C, D, "e", "x"]))
def test_no_press_loses_or_doubles_anything(places, move, item):
    after = moved(places, move, item)
    assert sorted(i for p in after for i in p) == sorted(i for p in places for i in p)
    assert () not in after


@given(lists, st.sampled_from([A, B, C, D, "e"]))
def test_same_then_apart_gives_the_list_back(places, item):
    last = [shared[-1] for shared in places]
    if item in last:
        assert moved(moved(places, Move.SAME, item), Move.APART, item) == places
