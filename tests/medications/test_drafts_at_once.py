"""Several people save one draft at the same moment: one winner per version, the others are told."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection

from medications.actions import drafts
from medications.models import CellChange
from tests import stories
from tests.medications import curating

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, ROUNDS = 6, 10


def at_once(act):
    """What `act` gives, or that it was refused, in each of several threads that begin together."""
    gate = Barrier(AT_ONCE)

    def begun(number):
        gate.wait()
        try:
            return act(number)
        except drafts.ChangedMeanwhile as told:
            return told
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(begun, range(AT_ONCE)))


@pytest.mark.catalogue("F7")
def test_of_six_people_who_save_one_version_one_wins_and_five_are_told(say):
    stories.the_release()
    cura = curating.a_curator()
    draft = curating.a_draft(cura)
    effects = ["weight_gain", "restlessness", "dry_mouth", "tremor", "nausea", "constipation"]
    for turn in range(ROUNDS):
        entries = {one: replace(curating.cell(draft, one), numbers=()) for one in effects}

        def write(number, turn=turn, entries=entries):
            effect = effects[0] if turn % 2 else effects[number]
            entry = replace(entries[effect], card_wording=f"{turn} {number}")
            drafts.rate_cell(profile_id=draft.pk, entry=entry, version=turn, why="", by=cura)

        told = at_once(write)
        assert sum(isinstance(one, drafts.ChangedMeanwhile) for one in told) == AT_ONCE - 1, told
        assert drafts.version_of(draft) == turn + 1
    numbers = list(CellChange.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, ROUNDS + 1))
    say(f"F7: {ROUNDS} rounds of {AT_ONCE} at once, one winner each, no number left out or twice")


@pytest.mark.catalogue("F7")
def test_control_without_the_version_of_the_page_the_last_one_wins_and_nobody_is_told():
    stories.the_release()
    cura = curating.a_curator()
    draft = curating.a_draft(cura)
    entry = replace(curating.cell(draft), numbers=())
    for number in range(AT_ONCE):
        late = replace(entry, card_wording=str(number))
        now = drafts.version_of(draft)
        drafts.rate_cell(profile_id=draft.pk, entry=late, version=now, why="", by=cura)
    assert curating.cell(draft).card_wording == str(AT_ONCE - 1)
