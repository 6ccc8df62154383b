"""Two windows, a button pressed twice, a page from before: what is sent is what was on the page."""

import pytest

from consultations.models import Draft, Sheet
from consultations.queries import respond
from tests import stories
from tests.consultations import sitting
from tests.consultations.sitting import Sitting, at, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def form(rowan):
    return Sitting(rowan)


def kept(participant):
    return respond.progress(participant).answers


# --- Two windows ---------------------------------------------------------------------------------


@pytest.mark.catalogue("F5")
def test_two_windows_lose_neither_ones_ticks(form, rowan):
    form.choose("tremor", own="Behind glass")
    old = dict(sitting.HIDDEN.findall(form.see("choose").text))
    form.choose("nausea", own="Behind glass")
    page = form.client.post(
        "/i/choose/", {"revision": old["revision"], "avoid": ["memory"], "own": "The drums"}
    )
    assert "You changed your answers in another window" in said(page)
    assert "“Behind glass”" in said(page)
    assert ">The drums</textarea>" in page.text
    for code in ("nausea", "memory"):
        assert f'value="{code}" checked' in page.text
    assert kept(rowan).items == ("own", "nausea")  # nothing was overwritten
    hidden = dict(sitting.HIDDEN.findall(page.text))
    both = {"revision": hidden["revision"], "avoid": ["nausea", "memory"], "own": "The drums"}
    assert at(form.client.post("/i/choose/", both)) == "order"


def test_control_with_the_newest_page_the_same_is_simply_saved(form, rowan):
    form.choose("tremor")
    assert at(form.choose("memory")) == "taking"
    assert kept(rowan).items == ("memory",)


def test_pressing_back_and_saving_the_same_again_is_no_conflict(form):
    old = dict(sitting.HIDDEN.findall(form.see("choose").text))
    form.choose("tremor", "nausea")
    again = {"revision": old["revision"], "avoid": ["tremor", "nausea"]}
    assert at(form.client.post("/i/choose/", again)) == "order"


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 30, "1\x00"])
def test_a_page_without_a_proper_revision_overwrites_nothing(form, rowan, revision):
    form.choose("tremor")
    page = form.client.post("/i/choose/", {"revision": revision, "avoid": ["nausea"]})
    assert page.status_code == 200
    assert kept(rowan).items == ("tremor",)
    assert 'value="nausea" checked' in page.text


# --- Sending -------------------------------------------------------------------------------------


def hidden_of(page):
    hidden = dict(sitting.HIDDEN.findall(page.text))
    return {name: hidden[name] for name in ("revision", "sending_key")}


@pytest.mark.catalogue("F5")
def test_a_double_click_and_a_replay_give_the_same_receipt(form):
    form.choose("tremor")
    sending = hidden_of(form.see("check"))
    answers = [form.client.post("/i/check/send/", sending) for _ in range(3)]
    assert [at(answer) for answer in answers] == ["sent"] * 3
    assert Sheet.objects.count() == 1


@pytest.mark.catalogue("F5")
def test_the_same_key_with_other_answers_is_refused_in_words(form, rowan):
    form.choose("tremor")
    sending = hidden_of(form.see("check"))
    form.client.post("/i/check/send/", sending)
    form.choose("nausea")
    page = form.client.post("/i/check/send/", sending)
    assert page.status_code == 409
    assert "This is how they stand now" in said(page)
    assert "Feeling sick" in said(page)
    assert Sheet.objects.count() == 1
    assert kept(rowan).items == ("nausea",)


def test_what_is_sent_is_what_was_on_the_page(form):
    form.choose("tremor")
    old_page = hidden_of(form.see("check"))
    form.choose("nausea")
    assert form.client.post("/i/check/send/", old_page).status_code == 409
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_a_sending_key_of_ones_own_making_sends_nothing(form, key):
    form.choose("tremor")
    revision = hidden_of(form.see("check"))["revision"]
    page = form.client.post("/i/check/send/", {"revision": revision, "sending_key": key})
    assert page.status_code == 409
    assert not Sheet.objects.exists()


def test_answers_can_be_changed_until_the_page_is_left(form):
    form.choose("tremor")
    form.send_off()
    form.choose("nausea")
    assert "You have changed something since" in said(form.see("sent"))
    assert "This one will be number 2" in said(form.see("check"))
    assert at(form.send_off()) == "sent"
    assert list(Sheet.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_after_the_decision_is_signed_a_list_is_refused_in_words_and_kept(form, rowan):
    form.choose("tremor")
    type(rowan.consultation).objects.update(status="signed")
    page = form.send_off()
    assert page.status_code == 409
    assert "The decision this was for has been made and signed" in said(page)
    assert Draft.objects.get().answers["places"] == [["tremor"]]


def test_the_sheet_can_be_had_on_paper_only_after_it_was_sent(form):
    form.choose("tremor")
    assert at(form.see("own-sheet")) == "taking"
    form.send_off()
    paper = form.see("own-sheet")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "Rowan" not in paper.headers["Content-Disposition"]
