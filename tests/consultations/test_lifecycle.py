"""Every status against every event: what may happen to a consultation, and what may not."""

from itertools import product

import pytest

from consultations.lifecycle import (
    TRANSITIONS,
    Event,
    NotPossible,
    Status,
    after,
    allowed,
    comes_next,
)

# Written from the house rules, not read from the table: what each event leads to; "-" is refused.
EXPECTED = """
status     share_list change_list compare  decide  sign   postpone  reopen abandon
open       listed     -           -        -       -      postponed -      abandoned
listed     listed     listed      compared -       -      postponed -      abandoned
compared   listed     listed      compared decided -      postponed -      abandoned
decided    listed     listed      compared decided signed postponed -      abandoned
signed     -          -           -        -       -      -         -      -
postponed  listed     -           -        -       -      -         open   abandoned
abandoned  -          -           -        -       -      -         -      -
"""


def expected_steps():
    head, *rows = [line.split() for line in EXPECTED.strip().splitlines()]
    for status, *targets in rows:
        for event, target in zip(head[1:], targets, strict=True):
            yield Status(status), Event(event), None if target == "-" else Status(target)


STEPS = list(expected_steps())


def test_the_expectation_covers_every_status_and_every_event_once():
    assert sorted((s, e) for s, e, _ in STEPS) == sorted(product(Status, Event))


@pytest.mark.parametrize(("status", "event", "target"), STEPS)
def test_each_event_leads_where_the_house_rules_say_or_is_refused(status, event, target):
    if target is None:
        assert event not in allowed(status)
        with pytest.raises(NotPossible, match="You cannot"):
            after(status, event)
    else:
        assert event in allowed(status)
        assert after(status, event) is target


@pytest.mark.parametrize("final", [Status.SIGNED, Status.ABANDONED])
def test_nothing_happens_any_more_to_what_is_signed_or_closed(final):
    assert allowed(final) == ()
    assert final.is_final
    assert comes_next(final) is None


@pytest.mark.parametrize("status", [Status.LISTED, Status.COMPARED, Status.DECIDED])
def test_a_changed_list_is_compared_again_before_anything_can_be_decided(status):
    listed = after(status, Event.CHANGE_LIST)
    assert listed is Status.LISTED
    assert Event.DECIDE not in allowed(listed)
    assert Event.SIGN not in allowed(listed)


def test_signing_needs_a_decision_and_a_decision_needs_a_comparison():
    assert [s for s in Status if Event.SIGN in allowed(s)] == [Status.DECIDED]
    assert [s for s in Status if Event.DECIDE in allowed(s)] == [Status.COMPARED, Status.DECIDED]


def test_the_suggested_next_step_is_always_one_that_may_happen():
    for status in Status:
        step = comes_next(status)
        assert step is None or step in allowed(status)


def test_the_suggested_steps_lead_from_an_open_visit_to_a_signed_one():
    status, seen = Status.OPEN, []
    while (step := comes_next(status)) is not None:
        status = after(status, step)
        seen.append(status)
    assert seen == [Status.LISTED, Status.COMPARED, Status.DECIDED, Status.SIGNED]


def test_every_status_is_reached_from_an_open_consultation():
    reached, frontier = {Status.OPEN}, [Status.OPEN]
    while frontier:
        status = frontier.pop()
        for event in allowed(status):
            target = after(status, event)
            if target not in reached:
                reached.add(target)
                frontier.append(target)
    assert reached == set(Status)


def test_words_for_every_status_and_event_are_there_and_differ():
    assert len({status.words for status in Status}) == len(Status)
    assert len({event.words for event in Event}) == len(Event)


def test_a_refusal_says_what_was_tried_and_where_the_consultation_stands():
    with pytest.raises(NotPossible) as refused:
        after(Status.SIGNED, Event.CHANGE_LIST)
    assert str(refused.value) == "You cannot change the list of a consultation that is signed."


def test_the_table_names_no_step_out_of_a_final_status():
    assert not [s for s, _ in TRANSITIONS if s in (Status.SIGNED, Status.ABANDONED)]
