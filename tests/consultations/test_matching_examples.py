"""The worked examples and the guard of the matching method, as they are written down."""

from fractions import Fraction as F

import pytest

from consultations.matching import RULES_VERSION, match
from consultations.weights import Weighting, centroid, weights
from tests.consultations.matching_cases import (
    FIVE,
    GUARD,
    JUST_ENOUGH,
    NO_LEVELS,
    NO_LISTS,
    NOT_KNOWN,
    SHARED_PLACE,
    SHARED_PLACE_NO_TICK,
    TIES_AND_CLAIMS,
    Case,
)


def by_name(result):
    return {placed.medicine: placed for placed in result.placed}


def places(result):
    return " ".join(f"{p.medicine}{p.place}{'=' if p.joint else ''}" for p in result.placed)


@pytest.mark.parametrize(
    ("k", "numbers", "parts"),
    [
        (1, (1,), 1),
        (2, (3, 1), 4),
        (3, (11, 5, 2), 18),
        (4, (25, 13, 7, 3), 48),
        (5, (137, 77, 47, 27, 12), 300),
    ],
)
def test_the_weights_of_one_to_five_concerns_are_the_written_ones(k, numbers, parts):
    assert centroid(k) == tuple(F(n, parts) for n in numbers)


def test_concerns_that_share_a_place_share_the_mean_of_its_weights():
    assert weights((1, 2, 1)) == tuple(F(n, 48) for n in (25, 10, 10, 3))
    assert weights((1, 1, 2, 1)) == tuple(F(n, 300) for n in (137, 77, 37, 37, 12))
    assert weights((5,)) == (F(1, 5),) * 5


def test_the_other_weightings_share_in_the_same_way():
    assert weights((2, 1), Weighting.FIRST_ONLY) == (F(1, 2), F(1, 2), 0)
    assert weights((1, 2), Weighting.FALLING) == (3, F(3, 2), F(3, 2))
    assert weights((1, 1), Weighting.EQUAL) == (1, 1)


class TestExampleOneTiesAndClaims:
    @pytest.fixture
    def result(self):
        return TIES_AND_CLAIMS.through(match)

    def test_two_medicines_with_the_same_levels_are_both_first_and_the_next_is_third(self, result):
        assert places(result) == "A1= E1= C3 D4 F5 B6"

    def test_the_sums_are_the_written_ones(self, result):
        sums = {p.medicine: p.burden_high * 900 for p in result.placed}
        assert sums == {"A": 131, "E": 131, "C": 211, "D": 385, "F": 564, "B": 624}

    def test_nothing_is_missing_so_both_sums_agree(self, result):
        assert all(p.burden_high == p.burden_low and p.coverage == 1 for p in result.placed)
        assert not any(p.missing or p.could_be_first for p in result.placed)

    @pytest.mark.parametrize(
        ("medicine", "any_weights", "unequal_steps"),
        [
            ("A", "", ""),
            ("E", "", ""),
            ("C", "AE", ""),
            ("D", "ACE", "ACE"),
            ("F", "ACDE", "ACDE"),
            ("B", "ACDEF", "ACDEF"),
        ],
    )
    def test_who_does_better_is_as_written(self, result, medicine, any_weights, unequal_steps):
        placed = by_name(result)[medicine]
        assert placed.beaten_by == set(any_weights)
        assert placed.beaten_by_unequal == set(unequal_steps)
        assert placed.beaten_on_concerns == set(any_weights)


class TestExampleTwoNotKnown:
    @pytest.fixture
    def result(self):
        return NOT_KNOWN.through(match)

    def test_three_are_placed_in_the_written_order(self, result):
        assert places(result) == "I1 H2 Q3"

    @pytest.mark.parametrize(
        ("medicine", "coverage", "worst", "best"),
        [("I", F(1), 81.8, 81.8), ("H", F(223, 300), 71.3, 97.0), ("Q", F(253, 300), 45.3, 61.0)],
    )
    def test_coverage_and_range_are_the_written_ones(self, result, medicine, coverage, worst, best):
        placed = by_name(result)[medicine]
        assert placed.coverage == coverage
        assert round(float(100 * (1 - placed.burden_high)), 1) == worst
        assert round(float(100 * (1 - placed.burden_low)), 1) == best

    def test_one_could_be_first_if_the_second_concern_were_known(self, result):
        placed = by_name(result)
        assert placed["H"].could_be_first
        assert placed["H"].missing == ("second",)
        assert not placed["I"].could_be_first
        assert not placed["Q"].could_be_first

    def test_one_is_beaten_whatever_the_gap_turns_out_to_be(self, result):
        assert by_name(result)["Q"].beaten_by == {"I"}
        assert by_name(result)["H"].beaten_by == frozenset()

    def test_two_are_not_placed_because_too_little_is_known(self, result):
        unplaced = {u.medicine: (u.coverage, u.missing) for u in result.unplaced}
        assert unplaced == {
            "G": (F(163, 300), ("first",)),
            "P": (F(176, 300), ("second", "third")),
        }

    def test_exactly_three_fifths_known_is_enough_for_a_place(self):
        result = JUST_ENOUGH.through(match)
        assert places(result) == "T1 R2"
        assert by_name(result)["R"].coverage == F(3, 5)
        assert [u.medicine for u in result.unplaced] == ["S"]


class TestExampleThreeSharedPlaceAndHelpfulEffect:
    @pytest.fixture
    def result(self):
        return SHARED_PLACE.through(match)

    def test_the_order_is_the_written_one(self, result):
        assert places(result) == "L1 J2 K3 M4 N5 O6"

    def test_the_sums_are_the_written_ones(self, result):
        sums = {p.medicine: p.burden_high * 144 for p in result.placed}
        assert sums == {"L": 30, "J": 35, "K": 35, "M": 35, "N": 45, "O": 73}

    def test_help_that_is_not_known_is_named_and_does_not_count(self, result):
        placed = by_name(result)
        assert placed["M"].helpful_missing == {"sleepy_at_night"}
        assert placed["M"].helpful == 0
        assert not any(p.helpful_missing for p in result.placed if p.medicine != "M")

    def test_a_helpful_effect_protects_from_being_called_worse(self, result):
        placed = by_name(result)
        assert placed["N"].beaten_by == {"J"}
        assert placed["O"].beaten_by == {"J", "K", "N"}
        assert placed["N"].beaten_on_concerns == {"J", "K", "L", "M"}

    def test_without_the_tick_three_share_the_second_place(self):
        result = SHARED_PLACE_NO_TICK.through(match)
        assert places(result) == "L1 J2= K2= M2= N5 O6"
        assert by_name(result)["N"].beaten_by == {"J", "K", "L", "M"}


class TestTheGuard:
    def test_the_notice_that_the_order_depends_must_show(self):
        result = GUARD.through(match)
        assert places(result) == "Y1 X2"
        assert {p.medicine: p.burden_high * 900 for p in result.placed} == {"Y": 210, "X": 274}
        assert all(p.order_sensitive for p in result.placed)
        assert all(p.beaten_on_concerns == frozenset() for p in result.placed)

    def test_five_four_three_two_one_puts_the_other_first(self):
        first, last = GUARD.through(match).placed
        swaps = {(swap.weighting, swap.above, swap.below) for swap in first.swaps_below}
        assert (Weighting.FALLING, "Y", "X") in swaps
        assert (Weighting.FIRST_ONLY, "Y", "X") not in swaps
        assert last.swaps_below == ()

    def test_no_notice_shows_where_one_does_better_for_any_weights(self):
        """The control: the notice is not simply always there."""
        assert not any(p.order_sensitive for p in TIES_AND_CLAIMS.through(match).placed[2:])

    def test_a_joint_place_has_no_order_that_could_depend_on_anything(self):
        case = Case(
            (("a",), ("b", "c")), {"m": {"a": 1, "b": 0, "c": 1}, "n": {"a": 1, "b": 1, "c": 0}}
        )
        assert [(p.place, p.joint, p.order_sensitive) for p in case.through(match).placed] == [
            (1, True, False),
            (1, True, False),
        ]


class TestTheWorking:
    def test_the_parts_of_a_burden_add_up_to_it_exactly(self):
        result = NOT_KNOWN.through(match)
        for placed in result.placed:
            parts = result.working(placed)
            assert sum(part.high for part in parts) == placed.burden_high
            assert sum(part.low for part in parts) == placed.burden_low
            assert [part.effect for part in parts] == list(result.effects)

    def test_a_gap_shows_as_a_gap_and_not_as_a_level(self):
        result = NOT_KNOWN.through(match)
        gap = result.working(by_name(result)["H"])[1]
        assert (gap.level, gap.high, gap.low) == (None, F(77, 300), 0)

    def test_the_result_says_which_rules_made_it(self):
        assert GUARD.through(match).rules_version == RULES_VERSION == "1"


class TestWhatIsRefused:
    @pytest.mark.parametrize(("concerns", "helpful", "says"), NO_LISTS)
    def test_a_list_that_is_no_list_is_refused(self, concerns, helpful, says):
        with pytest.raises(ValueError, match=says):
            match(concerns, {"m": {"a": 1}}, helpful=helpful)

    @pytest.mark.parametrize("level", NO_LEVELS)
    @pytest.mark.parametrize("effect", ["first", "not on the list"])
    def test_a_level_outside_none_to_three_pluses_is_refused(self, effect, level):
        with pytest.raises(ValueError, match="level"):
            match(FIVE, {"m": {effect: level}})

    def test_a_name_set_aside_that_this_release_does_not_hold_is_passed_over(self):
        result = match((("a",),), {"m": {"a": 1}}, set_aside={"another": "not again"})
        assert [p.medicine for p in result.placed] == ["m"]
        assert result.set_aside == ()

    def test_a_release_without_medicines_has_no_order_and_no_error(self):
        assert match((("a",),), {}).placed == ()
