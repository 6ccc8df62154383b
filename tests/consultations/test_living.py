"""What is said beside a list, and that lists sent before there was such a part still read."""

import json

from hypothesis import given
from hypothesis import strategies as st

from consultations.answers import Answers
from consultations.living import Again, LivedWith, Living, Role

SAID = st.text(max_size=30)
MEDICINES = st.builds(
    LivedWith, medicine=SAID, helped=SAID, harmed=SAID, stopped=SAID, again=st.sampled_from(Again)
)
LIVINGS = st.builds(
    Living,
    goals=SAID,
    role=st.sampled_from(Role),
    medicines=st.lists(MEDICINES, max_size=3, unique_by=lambda m: m.medicine).map(tuple),
    bothers_now=SAID,
    comes_as=st.lists(st.sampled_from(["tablet", "melts"]), unique=True).map(tuple),
    times=st.lists(st.sampled_from(["morning", "bedtime"]), unique=True).map(tuple),
    taking=SAID,
)


@given(LIVINGS)
def test_what_was_said_comes_back_as_it_was_said(living):
    stored = json.loads(json.dumps(living.as_json()))
    assert stored == living.as_json()
    assert Living.from_json(stored) == living


def test_a_list_sent_before_there_was_such_a_part_says_nothing_beside():
    old = Answers(places=(("tremor",),)).as_json()
    del old["living"]
    assert Answers.from_json(old) == Answers(places=(("tremor",),))


def test_the_same_medicine_said_again_replaces_what_was_said_before():
    once = Living().with_medicine(LivedWith("olanzapine", harmed="Three stone"))
    twice = once.with_medicine(LivedWith("olanzapine", helped="Slept"))
    assert [m.helped for m in twice.medicines] == ["Slept"]
    assert once.without_medicine("olanzapine") == Living()


def test_only_no_means_that_somebody_would_not_take_it_again():
    for again in Again:
        living = Living(medicines=(LivedWith("olanzapine", harmed="Three stone", again=again),))
        assert bool(living.refused()) is (again is Again.NO)


def test_ticks_alone_are_no_words_to_read():
    assert not Living(role=Role.ME, comes_as=("tablet",), times=("morning",)).has_words
    assert Living(bothers_now="The shaking").has_words
    assert Living(medicines=(LivedWith("x", stopped="It ran out"),)).has_words
