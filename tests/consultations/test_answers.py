"""A draft of somebody's answers: what is ticked, kept beside, asked about, and makes a sheet."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.answers import MOST, OWN, Answers, FilledIn, Line, Way

CODES = ("weight_gain", "tiredness", "restlessness", "dry_mouth", "tremor", "nausea", "sweating")
FIVE = CODES[:5]
SIX = CODES[:6]
codes = st.lists(st.sampled_from(CODES), unique=True).map(tuple)


NOTHING = Answers()


def chosen(*items, own="", helpful=(), before=NOTHING):
    return before.choose(items, own, helpful)


def in_places(*places):
    return Answers(places=tuple((p,) if isinstance(p, str) else p for p in places))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_one_to_five_picks_are_a_list(count):
    assert chosen(*FIVE[:count]).is_ready


def test_an_empty_list_is_no_sheet():
    assert not chosen().is_ready
    assert not chosen(helpful=["tiredness"]).is_ready


def test_a_sixth_pick_is_kept_and_asked_about():
    six = chosen(*SIX)
    assert six.items == SIX
    assert six.has_too_many
    assert not six.is_ready


def test_own_words_take_one_of_the_five_places():
    assert chosen(*FIVE[:4], own="The drums").is_ready
    assert chosen(*FIVE, own="The drums").has_too_many


def test_what_is_taken_off_stays_under_also():
    kept = chosen(*SIX).narrow(FIVE)
    assert (kept.items, kept.also) == (FIVE, ("nausea",))
    assert kept.is_ready


def test_coming_back_with_the_same_ticks_changes_nothing():
    kept = chosen(*SIX).narrow(SIX[1:])
    assert chosen(*SIX, before=kept) == kept


def test_a_free_place_goes_to_what_stood_beside_the_list():
    kept = chosen(*SIX).narrow(FIVE)
    again = chosen(*SIX[1:], before=kept)
    assert (again.items, again.also) == (SIX[1:], ())


def test_the_order_and_shared_places_survive_another_look_at_the_list():
    ordered = in_places("tremor", ("tiredness", "weight_gain"))
    again = chosen("weight_gain", "tiredness", "tremor", "nausea", before=ordered)
    assert again.places == (("tremor",), ("tiredness", "weight_gain"), ("nausea",))


def test_taking_a_tick_off_leaves_no_empty_place():
    ordered = in_places("tremor", ("tiredness", "weight_gain"), "nausea")
    assert chosen("nausea", before=ordered).places == (("nausea",),)


def test_emptied_own_words_leave_the_list():
    with_words = chosen("tremor", own="The drums")
    assert chosen("tremor", before=with_words).items == ("tremor",)


@pytest.mark.catalogue("H10")
def test_a_side_effect_ticked_both_ways_is_asked_about_not_dropped():
    both = chosen("weight_gain", "tremor", helpful=["weight_gain"])
    assert both.clashes == ("weight_gain",)
    assert not both.is_ready


@pytest.mark.parametrize(
    ("way", "items", "helpful"),
    [
        (Way.AVOID, ("weight_gain", "tremor"), ()),
        (Way.HELPFUL, ("tremor",), ("weight_gain",)),
        (Way.NEITHER, ("tremor",), ()),
    ],
)
def test_the_answer_to_both_ways_settles_it(way, items, helpful):
    settled = chosen("weight_gain", "tremor", helpful=["weight_gain"]).settle("weight_gain", way)
    assert (settled.items, settled.helpful, settled.clashes) == (items, helpful, ())


def test_the_lines_of_a_sheet_skip_a_number_after_a_shared_place():
    answers = Answers(
        places=(("tremor",), ("tiredness", OWN), ("nausea",)),
        own_words="The drums",
        also=("sweating",),
        helpful=("weight_gain",),
    )
    assert list(answers.lines()) == [
        Line("avoid", "tremor", 1),
        Line("avoid", "tiredness", 2),
        Line("avoid", OWN, 2),
        Line("avoid", "nausea", 4),
        Line("also", "sweating", None),
        Line("helpful", "weight_gain", None),
    ]


def test_an_empty_draft_reads_as_no_answers():
    assert Answers.from_json({}) == Answers()


drafts = st.builds(
    lambda ticked, own, helpful, then, kept: (
        Answers(filled_in=FilledIn.ALONE).choose(ticked, own, helpful).narrow(kept)
        if then
        else Answers().choose(ticked, own, helpful)
    ),
    codes,
    st.sampled_from(["", "The drums"]),
    codes,
    st.booleans(),
    codes,
)


@given(drafts)
def test_a_draft_survives_being_stored(answers):
    assert Answers.from_json(json.loads(json.dumps(answers.as_json()))) == answers


@given(drafts, codes, st.sampled_from(["", "The drums"]), codes)
def test_no_tick_is_ever_lost_or_doubled(before, ticked, own, helpful):
    after = before.choose(ticked, own, helpful)
    named = set(ticked) | ({OWN} if own else set())
    assert set(after.ticked) == named
    assert len(after.ticked) == len(named)
    assert not after.also or len(after.items) + len(after.also) > MOST


@given(drafts, st.sampled_from(list(Way)))
def test_settling_every_clash_leaves_none(answers, way):
    for item in answers.clashes:
        answers = answers.settle(item, way)
    assert answers.clashes == ()
    assert () not in answers.places
