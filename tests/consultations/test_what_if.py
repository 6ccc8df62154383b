"""Another order, tried out: what changes and why, and nothing of it is kept."""

import random
import re
from itertools import permutations

import pytest
from django.urls import reverse

from consultations import pinning, what_if
from consultations.answers import Answers, FilledIn
from consultations.models import Comparison, DecisionDraft, Draft, Sheet, StatusChange
from consultations.present.what_if import NO_CHANGE, what_if_page
from consultations.queries import clinic as queries
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations import slow_matching
from tests.consultations.clinic import text_of, the_opener

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
AS_SENT = stories.ROWANS_LIST.places


def address(consultation):
    return reverse("consultations:what_if", args=[consultation.public_id])


def order_on(page):
    return re.search(r'name="order" value="([^"]*)"', page).group(1)


def kept():
    models = (Comparison, DecisionDraft, Draft, Sheet, StatusChange)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_the_page_begins_with_the_list_as_it_was_sent():
    consultation = stories.compared()
    page = text_of(the_opener(consultation).get(address(consultation)))
    assert what_if.read(order_on(page), AS_SENT) == AS_SENT
    assert "nothing on this page is kept" in page


def test_presses_are_answered_with_what_changes_and_nothing_is_written_but_the_read():
    consultation = stories.compared()
    browser, before = the_opener(consultation), kept()
    version = consultation.version
    page = text_of(browser.get(address(consultation)))
    for _ in range(3):
        sent = {"order": order_on(page), "up": "dry_mouth"}
        page = text_of(browser.post(address(consultation), sent))
    assert what_if.read(order_on(page), AS_SENT)[0] == ("dry_mouth",)
    assert re.search(r"medicines change places|changes? places\.", page)
    assert kept() == before
    consultation.refresh_from_db()
    assert consultation.version == version
    assert set(AuditEvent.objects.filter(action="what_if").values_list("kind", flat=True)) == {
        "read"
    }


def test_it_can_be_put_back_as_it_was_sent():
    consultation = stories.compared()
    sent = {"order": "dry_mouth.weight_gain.daytime_sleepiness.low_sex_drive~restlessness"}
    browser = the_opener(consultation)
    page = text_of(browser.post(address(consultation), {**sent, "as_sent": "1"}))
    assert what_if.read(order_on(page), AS_SENT) == AS_SENT


@pytest.mark.parametrize(
    "order",
    ["", "weight_gain", "x" * 500, "constipation.dry_mouth", "weight_gain~~.", "\x00", "..~"],
)
def test_an_order_that_is_not_this_list_begins_again_and_says_so(order):
    consultation = stories.compared()
    answer = the_opener(consultation).post(
        address(consultation), {"order": order, "up": "nonsense"}
    )
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert what_if.read(order_on(text_of(answer)), AS_SENT) == AS_SENT


def test_what_is_tried_agrees_with_the_slow_matching_for_any_order(rng):
    consultation = stories.compared()
    compared = queries.newest_comparison(consultation)
    for _ in range(40):
        places = shuffled(rng)
        found = what_if.tried(compared.inputs, places)
        went_in = compared.inputs
        slow = slow_matching.match(
            places, went_in["levels"], went_in["helpful"], went_in["set_aside"]
        )
        places_of = {placed["medicine"]: placed["place"] for placed in slow["placed"]}
        assert {placed.medicine: placed.place for placed in found.placed} == places_of


def test_the_same_order_changes_nothing_and_what_moves_is_counted_right(rng):
    consultation = stories.compared()
    compared, release = queries.newest_comparison(consultation), stories.the_release()
    before = {p.medicine: p.place for p in pinning.from_json(compared.result).placed}
    same = what_if_page(compared, release, AS_SENT)
    assert same.is_as_sent
    assert all(row.change == "same place" for row in same.medicines)
    places = shuffled(rng)
    after = {p.medicine: p.place for p in what_if.tried(compared.inputs, places).placed}
    page = what_if_page(compared, release, places)
    moved = sum(before.get(slug) != after[slug] for slug in after)
    assert sum(row.has_moved for row in page.medicines) == moved
    gone = sorted(before.keys() - after.keys())
    assert page.without_place.lower().replace(" and ", ", ") == ", ".join(gone)
    assert (page.says == NO_CHANGE) == (not moved and not gone) or page.is_as_sent


def test_a_medicine_may_get_a_place_when_what_is_not_known_of_it_counts_less():
    consultation = stories.compared()
    compared, release = queries.newest_comparison(consultation), stories.the_release()
    before = {row["medicine"] for row in compared.result["placed"]}
    found = {}
    for places in permutations(item for place in AS_SENT for item in place):
        order = tuple((item,) for item in places)
        for placed in what_if.tried(compared.inputs, order).placed:
            if placed.medicine not in before:
                found[placed.medicine] = order
    assert found
    name, order = next(iter(found.items()))
    rows = what_if_page(compared, release, order).medicines
    (row,) = [row for row in rows if row.name.lower() == name]
    assert (row.was, row.change) == ("none", "has a place now")


def test_own_words_may_be_moved_and_change_no_place():
    answers = Answers(
        places=(("weight_gain",), ("own",), ("dry_mouth",)),
        own_words="My voice",
        filled_in=FilledIn.ALONE,
    )
    consultation = stories.compared(answers=answers)
    compared, release = queries.newest_comparison(consultation), stories.the_release()
    page = what_if_page(compared, release, (("own",), ("weight_gain",), ("dry_mouth",)))
    assert page.says == NO_CHANGE


def shuffled(rng: random.Random):
    items = [item for place in AS_SENT for item in place]
    rng.shuffle(items)
    cut = rng.randint(1, len(items))
    return (tuple(items[:cut]), *((item,) for item in items[cut:]))
