"""What counts as a list, and what is said when something does not."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.answers import OWN, Answers
from consultations.ranking import (
    BothWays,
    Concern,
    EmptyList,
    NamedTwice,
    NotAList,
    NotAPlace,
    NoWords,
    PlaceGap,
    Ranking,
    TooManyPicks,
    places_from_numbers,
)

FIVE = (
    ("weight_gain",),
    ("daytime_sleepiness",),
    ("low_sex_drive", "restlessness"),
    ("dry_mouth",),
)


def labels(ranking):
    return tuple(concern.label for concern in ranking.concerns)


def test_two_that_share_a_place_are_both_third_and_the_next_is_fifth():
    assert labels(Ranking(FIVE)) == ("1", "2", "3=", "3=", "5")
    assert [concern.place for concern in Ranking(FIVE).concerns] == [1, 2, 3, 3, 5]


def test_one_concern_is_enough():
    assert Ranking((("tremor",),)).concerns == (Concern(1, False, "tremor"),)


def test_all_five_may_share_the_first_place():
    ranking = Ranking((("a", "b", "c", "d", "e"),))
    assert labels(ranking) == ("1=",) * 5
    assert ranking.for_matching() == ranking.places


def test_own_words_keep_their_place_and_are_left_out_of_the_comparison():
    ranking = Ranking((("tremor",), (OWN, "nausea"), ("memory",)), own_words="Behind glass")
    assert ranking.concerns[1] == Concern(2, True, "", "Behind glass")
    assert labels(ranking) == ("1", "2=", "2=", "4")
    assert ranking.for_matching() == (("tremor",), ("nausea",), ("memory",))


def test_a_list_of_own_words_alone_is_a_list_with_nothing_to_compare():
    ranking = Ranking(((OWN,),), own_words="Behind glass")
    assert ranking.for_matching() == ()


def test_own_words_count_as_one_of_the_five():
    five = tuple((code,) for code in "abcde")
    assert Ranking((*five[:4], (OWN,)), own_words="Behind glass")
    with pytest.raises(TooManyPicks):
        Ranking((*five, (OWN,)), own_words="Behind glass")


def test_an_empty_list_is_asked_for_one_side_effect():
    for places in ((), ((),), (("tremor",), ())):
        with pytest.raises(EmptyList, match="One is enough"):
            Ranking(places)


def test_a_sixth_pick_is_said_in_words_and_loses_nothing():
    with pytest.raises(TooManyPicks, match="There are 6 .* Nothing is lost") as said:
        Ranking(tuple((code,) for code in "abcdef"))
    assert said.value.picks == tuple("abcdef")


def test_the_same_side_effect_both_ways_is_one_plain_question():
    with pytest.raises(BothWays, match="Which is it") as said:
        Ranking(FIVE, helpful=frozenset({"restlessness"}))
    assert said.value.item == "restlessness"


def test_what_was_taken_off_the_five_cannot_be_welcome_at_the_same_time():
    with pytest.raises(BothWays):
        Ranking(FIVE, helpful=frozenset({"nausea"}), also_matters=("nausea",))
    assert Ranking(FIVE, helpful=frozenset({"nausea"}), also_matters=("memory",))


@pytest.mark.parametrize("also", [(), ("memory", "memory"), ("weight_gain",)])
def test_the_same_side_effect_stands_in_one_place_only(also):
    places = FIVE if also else (("tremor",), ("nausea", "tremor"))
    with pytest.raises(NamedTwice, match="twice"):
        Ranking(places, also_matters=also)


def test_a_place_for_own_words_needs_words():
    with pytest.raises(NoWords):
        Ranking(((OWN,),), own_words="  ")


def test_answers_become_a_list_when_they_are_tidy():
    answers = Answers(places=FIVE, also=("memory",), helpful=("evening_sleepiness",))
    ranking = Ranking.of(answers)
    assert ranking.places == FIVE
    assert ranking.helpful == {"evening_sleepiness"}
    assert ranking.also_matters == ("memory",)
    with pytest.raises(EmptyList):
        Ranking.of(Answers())


@given(st.permutations("abcdef"), st.integers(0, 6), st.sets(st.sampled_from("abcdef")), st.data())
def test_what_the_answers_call_ready_is_a_list_and_nothing_else_is(codes, k, helpful, data):
    places, rest = [], list(codes[:k])
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        places, rest = [*places, tuple(rest[:size])], rest[size:]
    answers = Answers(places=tuple(places), helpful=tuple(helpful))
    try:
        places = [concern.place for concern in Ranking.of(answers).concerns]
    except NotAList:
        assert not answers.is_ready
    else:
        assert answers.is_ready
        assert places == [line.place for line in answers.lines() if line.kind == "avoid"]


class TestNumbersWrittenOnPaper:
    def test_they_become_places_whatever_order_the_form_has_them_in(self):
        numbers = {"memory": 2, "tremor": 1, "nausea": 3}
        assert places_from_numbers(numbers) == (("tremor",), ("memory",), ("nausea",))

    @pytest.mark.parametrize("after", [3, 4])
    def test_after_two_at_second_place_people_write_three_or_four(self, after):
        numbers = {"a": 1, "b": 2, "c": 2, "d": after}
        assert places_from_numbers(numbers) == (("a",), ("b", "c"), ("d",))

    def test_one_number_for_all_is_one_shared_place(self):
        assert places_from_numbers({"a": 1, "b": 1, "c": 1}) == (("a", "b", "c"),)

    @pytest.mark.parametrize(
        ("numbers", "missing"), [((1, 3), 2), ((2, 3), 1), ((1, 1, 4), 2), ((1, 2, 4, 5), 3)]
    )
    def test_a_place_that_nothing_stands_at_is_named(self, numbers, missing):
        with pytest.raises(PlaceGap, match=f"nothing is number {missing}") as said:
            places_from_numbers(dict(zip("abcd", numbers, strict=False)))
        assert said.value.missing == missing

    @pytest.mark.parametrize("number", [0, 6, -1, 12])
    def test_a_number_that_is_no_place_is_named(self, number):
        with pytest.raises(NotAPlace, match=f"{number} is not a place"):
            places_from_numbers({"a": 1, "b": number})

    def test_nothing_numbered_is_no_place_and_no_list(self):
        assert places_from_numbers({}) == ()
        with pytest.raises(EmptyList):
            Ranking(places_from_numbers({}))

    def test_every_set_of_numbers_is_read_or_said_to_have_a_gap(self):
        for numbers in permutations((1, 1, 2, 2, 3, 3, 4, 5), 3):
            try:
                places = places_from_numbers(dict(zip("abc", numbers, strict=True)))
            except PlaceGap as gap:
                assert gap.missing not in numbers
            else:
                assert sorted(item for place in places for item in place) == ["a", "b", "c"]


def test_every_refusal_is_a_sentence():
    refusals = [
        EmptyList(),
        TooManyPicks(tuple("abcdef")),
        NamedTwice("a"),
        BothWays("a"),
        NoWords(),
        NotAPlace(9),
        PlaceGap((1, 3), 2),
    ]
    assert all(str(refusal)[0].isupper() or str(refusal)[0].isdigit() for refusal in refusals)
    assert all(str(refusal).endswith((".", "?")) for refusal in refusals)
