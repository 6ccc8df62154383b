"""What stands apart from the order, and why, in words."""

from dataclasses import replace

import pytest

from consultations.reasons import WhyAside
from consultations.setting_aside import RuledOutBy, reasons
from tests.consultations import evidence

EVIDENCE = evidence.release()
RELEASE = replace(
    EVIDENCE,
    profiles=tuple(
        replace(profile, needs_two_trials=profile.slug == "clozapine")
        for profile in EVIDENCE.profiles
    ),
)
RULED = (RuledOutBy("amisulpride", "Heart tracing.", "Dr Example"),)


def test_a_prescribers_reason_is_given_in_their_words_with_their_name():
    reason = reasons(RELEASE, RULED, ())["amisulpride"]
    assert (reason.why, reason.words, reason.given_by) == (
        WhyAside.RULED_OUT,
        "Heart tracing.",
        "Dr Example",
    )


@pytest.mark.parametrize(
    "trials, says",
    [
        ((), "None is recorded."),
        (("olanzapine",), "One is recorded: olanzapine."),
        (("olanzapine", "olanzapine"), "One is recorded: olanzapine."),
    ],
)
def test_clozapine_needs_two_fair_trials_and_says_which_are_recorded(trials, says):
    reason = reasons(RELEASE, (), trials)["clozapine"]
    assert reason.why is WhyAside.NEEDS_HISTORY
    assert reason.words.endswith(says)


def test_after_two_fair_trials_nothing_keeps_it_apart():
    assert reasons(RELEASE, (), ("olanzapine", "risperidone")) == {}


def test_a_prescribers_reason_stands_before_the_releases():
    ruled = (RuledOutBy("clozapine", "Blood count.", "Dr Example"),)
    assert reasons(RELEASE, ruled, ())["clozapine"].words == "Blood count."


def test_a_medicine_of_another_release_is_passed_over():
    assert "aspirin" not in reasons(RELEASE, (RuledOutBy("aspirin", "x", "Dr Example"),), ())
