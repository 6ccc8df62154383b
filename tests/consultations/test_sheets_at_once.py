"""Several windows at the same moment: one sheet for one key, one winner for one revision."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from consultations.actions import sheets, tries
from consultations.actions.sheets import ChangedElsewhere
from consultations.answers import Answers
from consultations.models import Attempt, Draft, Sheet
from consultations.queries.respond import respondent
from tests import stories

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def at_once(act):
    """What `act` gives, or raises, in each of several threads that begin together."""
    gate = Barrier(AT_ONCE)

    def begun(number):
        gate.wait()
        try:
            return act(number)
        except (ChangedElsewhere, tries.TooManyTries) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(begun, range(AT_ONCE)))


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.mark.catalogue("F5")
def test_a_button_pressed_in_six_windows_at_once_sends_one_sheet(rowan):
    draft = stories.a_draft(rowan)

    def send(number):
        return sheets.send_sheet(
            participant=rowan,
            answers=stories.ROWANS_LIST,
            sending_key=draft.sending_key,
            by=respondent(rowan),
        ).pk

    assert len(set(at_once(send))) == 1
    assert Sheet.objects.count() == 1


@pytest.mark.catalogue("F5")
def test_of_six_windows_that_save_at_once_one_wins_and_five_are_told(rowan):
    first = stories.a_draft(rowan)

    def save(number):
        return sheets.save_draft(
            participant=rowan,
            answers=Answers(places=(("tremor",),), own_words=str(number)),
            revision=first.revision,
            by=respondent(rowan),
        ).revision

    told = at_once(save)
    assert sum(isinstance(one, ChangedElsewhere) for one in told) == AT_ONCE - 1
    assert Draft.objects.get().revision == first.revision + 1


@pytest.mark.catalogue("B4")
def test_tries_made_at_the_same_moment_count_each_other(rowan):
    for _ in range(tries.WRONG_TRIES - 1):
        tries.begin("192.0.2.1")
    made = at_once(lambda number: tries.begin("192.0.2.1"))
    assert sum(isinstance(one, Attempt) for one in made) <= 1
    assert Attempt.objects.count() <= tries.WRONG_TRIES
