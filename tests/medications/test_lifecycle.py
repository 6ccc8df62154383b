"""What may happen to a profile next: every status with every event."""

from itertools import product

import pytest

from medications.lifecycle import TRANSITIONS, Event, NotPossible, Status, after, allowed

STEPS = {
    ("draft", "submit"): "in_review",
    ("draft", "discard"): "discarded",
    ("in_review", "send_back"): "draft",
    ("in_review", "approve"): "approved",
}


@pytest.mark.parametrize(("status", "event"), list(product(Status, Event)))
def test_every_status_takes_or_refuses_every_event(status: Status, event: Event) -> None:
    expected = STEPS.get((status.value, event.value))
    if expected is None:
        with pytest.raises(NotPossible, match=status.words):
            after(status, event)
    else:
        assert after(status, event) == expected
    assert (event in allowed(status)) == (expected is not None)


def test_the_table_holds_these_steps_and_no_others() -> None:
    assert {(s.value, e.value): to.value for (s, e), to in TRANSITIONS.items()} == STEPS


@pytest.mark.parametrize("status", [Status.APPROVED, Status.DISCARDED])
def test_what_is_approved_or_discarded_stays_so(status: Status) -> None:
    assert allowed(status) == ()
