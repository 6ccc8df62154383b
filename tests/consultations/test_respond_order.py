"""Putting the list in order over HTTP, with buttons alone."""

import pytest

from consultations.answers import OWN
from consultations.moves import Move
from consultations.present import order
from consultations.queries import respond
from tests import stories
from tests.consultations import sitting
from tests.consultations.sitting import FIVE, Sitting, at, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def form(rowan):
    form = Sitting(rowan)
    form.choose("weight_gain", "tremor", "dry_mouth", own="Behind glass")
    return form


def places(participant):
    return respond.progress(participant).answers.places


def test_a_press_is_saved_said_in_one_sentence_and_keeps_the_focus(form, rowan):
    answer = form.send("order", up="tremor")
    assert answer.headers["Location"] == "/i/order/#up_1"
    page = form.see("order")
    assert "Shaking or tremor is now number 2." in said(page)
    assert 'id="up_1"' in page.text
    assert places(rowan) == (("weight_gain",), ("tremor",), ("dry_mouth",), (OWN,))
    assert "is now number" not in said(form.see("order"))  # said once


def test_at_the_top_the_focus_goes_to_the_button_that_leads_back(form):
    form.send("order", up="tremor")
    answer = form.send("order", up="tremor")
    assert answer.headers["Location"] == "/i/order/#down_0"
    page = form.see("order").text
    assert 'id="down_0"' in page
    assert 'id="up_0"' not in page


def test_two_can_be_equal_and_the_next_number_is_skipped(form, rowan):
    answer = form.send("order", same="weight_gain")
    assert answer.headers["Location"] == "/i/order/#apart_0"
    page = said(form.see("order"))
    assert "Weight gain is now number 1, the same as Dry mouth." in page
    assert "Number 1 same Dry mouth" in page
    assert "Number 3 Shaking or tremor" in page
    form.send("order", apart="weight_gain")
    assert len(places(rowan)) == 4


def test_own_words_can_stand_anywhere_and_say_that_they_cannot_be_compared(form, rowan):
    for _ in range(3):
        form.send("order", up=OWN)
    assert places(rowan)[0] == (OWN,)
    assert "“Behind glass” Your own words. We cannot compare" in said(form.see("order"))


def test_somebody_who_cannot_put_them_in_order_makes_them_equal(form, rowan):
    form.send("order", all_equal="1")
    assert "All 4 are now equal" in said(form.see("order"))
    assert len(places(rowan)) == 1
    assert at(form.send("order", go="on")) == "taking"


def test_every_button_is_named_for_a_screen_reader(form):
    page = said(form.see("order"))
    for name in (
        "Down : move Weight gain down",
        "Up : move Shaking or tremor up",
        "Same as the next one : make Weight gain and Dry mouth equal",
    ):
        assert name in page


@pytest.mark.parametrize(
    "sent", [{"up": "clozapine"}, {"up": ""}, {"up": "\x00"}, {"same": "' OR 1=1"}, {}]
)
def test_a_press_for_something_that_is_not_on_the_list_changes_nothing(form, rowan, sent):
    before = places(rowan)
    page = form.send("order", **sent)
    assert page.status_code == 200
    assert "That is not on your list" in said(page)
    assert places(rowan) == before


def test_a_press_that_leads_nowhere_changes_nothing(form, rowan):
    before = places(rowan)
    assert at(form.send("order", up="weight_gain")) == "order"
    assert places(rowan) == before


@pytest.mark.catalogue("F5")
def test_a_press_in_an_old_window_shows_the_list_as_it_stands(form, rowan):
    old = dict(sitting.HIDDEN.findall(form.see("order").text))["revision"]
    form.send("order", up="tremor")
    page = form.client.post("/i/order/", {"revision": old, "up": "dry_mouth"})
    assert "You changed your list in another window" in said(page)
    assert places(rowan) == (("weight_gain",), ("tremor",), ("dry_mouth",), (OWN,))


def test_no_word_of_the_list_stands_in_an_address_or_the_session(form):
    answer = form.send("order", up="tremor")
    assert "tremor" not in answer.headers["Location"]
    assert "tremor" not in str(dict(form.client.session))


def test_each_of_the_buttons_a_row_has_does_something():
    answers = respond.Answers(places=(("tremor",), ("nausea", "memory"), ("tension",)))
    rows = order.order_rows(stories.the_release(), answers)
    assert [(row.can_go_up, row.can_go_down) for row in rows] == [
        (False, True),
        (True, True),
        (True, True),
        (True, False),
    ]
    assert [row.place for row in rows] == [1, 2, 2, 4]
    assert order.focus_after(stories.the_release(), answers, Move.UP, "gone") == ""


def test_five_with_every_kind_of_press_lose_nothing(form, rowan, rng):
    form.choose(*FIVE)
    for _ in range(25):
        item = rng.choice(FIVE)
        form.send("order", **{rng.choice(["up", "down", "same", "apart"]): item})
    assert sorted(item for place in places(rowan) for item in place) == sorted(FIVE)
