"""Several people at the same page at the same moment: one is faster, and nobody is written over."""

import threading

import pytest
from django.db import connections

from consultations.actions import meeting, steps
from consultations.models import Consultation, Decision, DecisionDraft
from consultations.present import record
from consultations.snapshots import Deciding
from tests import stories

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 12


def all_at_once(act):
    """What each of the threads came back with: its answer, or the exception it met."""
    came_back, start = [], threading.Barrier(AT_ONCE)

    def one(number):
        start.wait()
        try:
            came_back.append(act(number))
        except steps.StalePage as stale:
            came_back.append(stale)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_back


def save(consultation, version, plan):
    meeting.save_decision(
        consultation=Consultation.objects.get(pk=consultation.pk),
        version=version,
        deciding=Deciding(options=("stay", "wait"), plan=plan),
        by=consultation.opened_by,
    )
    return plan


@pytest.mark.catalogue("F7")
def test_of_many_who_save_the_same_page_one_wins_and_the_rest_are_told():
    consultation = stories.compared()
    version = consultation.version
    came_back = all_at_once(lambda number: save(consultation, version, f"plan {number}"))
    winners = [answer for answer in came_back if isinstance(answer, str)]
    assert len(came_back) == AT_ONCE
    assert [DecisionDraft.objects.get().plan] == winners


def test_without_the_version_the_last_one_would_win_unseen(monkeypatch):
    """The control: it is the version that refuses the others."""
    consultation = stories.compared()
    monkeypatch.setattr(steps, "expect", lambda **words: None)
    version = consultation.version
    came_back = all_at_once(lambda number: save(consultation, version, f"plan {number}"))
    assert len([answer for answer in came_back if isinstance(answer, str)]) > 1


@pytest.mark.catalogue("F5")
def test_a_button_pressed_many_times_at_once_signs_once_and_gives_one_answer():
    consultation = stories.decided()
    version = consultation.version

    def sign(number):
        return meeting.sign(
            consultation=Consultation.objects.get(pk=consultation.pk),
            version=version,
            deciding=stories.THE_DECISION,
            words=record.record,
            by=consultation.opened_by,
        ).pk

    assert set(all_at_once(sign)) == {Decision.objects.get().pk}
