"""The clinic's tablet, from a member of staff to somebody with a form to fill in, and back."""

import time

import pytest
from django.test import Client

from consultations.loading import SESSION_KEY
from consultations.models import Consultation, Invitation
from consultations.views.respond import sitting as sitting_views
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.sitting import at, said
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]
CLEARED = '"cache", "storage"'


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def tablet(rowan):
    """Signed in as the nurse, with the page of who takes part on it."""
    return signed_in(rowan.consultation.opened_by)


def hand_over(tablet, participant):
    one = f"/consultations/{participant.consultation.public_id}/invitations/"
    assert "Hand over the tablet" in tablet.get(one).text
    return tablet.post(f"{one}{participant.pk}/hand-over/")


@pytest.mark.catalogue("C7")
def test_staff_are_signed_out_and_that_one_form_is_open(tablet, rowan):
    old = tablet.session.session_key
    answer = hand_over(tablet, rowan)
    assert at(answer) == "welcome"
    assert answer.headers["Clear-Site-Data"] == CLEARED
    assert not tablet.session.exists(old)
    assert "_auth_user_id" not in tablet.session
    assert tablet.get("/consultations/").status_code == 302
    welcome = tablet.get("/i/welcome/")
    assert "This is for Rowan" in said(welcome)
    assert tablet.get("/i/before-you-start/").status_code == 200


def test_while_it_goes_from_hand_to_hand_it_says_nothing_of_what_it_is_about(tablet, rowan):
    hand_over(tablet, rowan)
    for page in (tablet.get("/i/welcome/").text, Client().get("/i/give-back/").text):
        shown = page.replace("No pharmacist has checked these ratings.", "")
        for word in ("medicine", "clinic", "side effect", "health", "Choosing together", "Sample"):
            assert word not in shown
    assert "Rowan" not in Client().get("/i/give-back/").text


def test_a_carer_gets_their_own_form(tablet, rowan):
    jo = stories.the_carer(rowan.consultation)
    hand_over(tablet, jo)
    assert "This is for Jo Sample" in said(tablet.get("/i/welcome/"))
    assert "May Rowan see your sheet?" in said(tablet.get("/i/before-you-start/"))


@pytest.mark.catalogue("C7", "C3")
@pytest.mark.parametrize("way", ["leave", "stop"])
def test_every_way_out_ends_with_giving_the_tablet_back(tablet, rowan, way):
    hand_over(tablet, rowan)
    old = tablet.session.session_key
    answer = tablet.post(f"/i/{way}/")
    assert at(answer) == "give-back"
    assert answer.headers["Clear-Site-Data"] == CLEARED
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.cookies["session"]["max-age"] == 0
    assert not tablet.session.exists(old)
    assert "Please give the tablet back" in said(tablet.get("/i/give-back/"))
    assert at(tablet.get("/i/choose/")) == "start"


def test_twenty_quiet_minutes_end_with_giving_the_tablet_back(tablet, rowan, monkeypatch):
    hand_over(tablet, rowan)
    now = time.time()
    monkeypatch.setattr(sitting_views.time, "time", lambda: now + 20 * 60 + 5)
    assert at(tablet.get("/i/choose/")) == "give-back"


def test_control_on_somebodys_own_phone_nothing_is_given_back(rowan):
    phone = Client()
    phone.post("/i/", {"code": stories.invited(rowan).code})
    assert at(phone.post("/i/leave/")) == "left"


def test_nobody_learns_the_secrets_and_the_earlier_code_is_dead(tablet, rowan, client):
    earlier = stories.invited(rowan)
    answer = hand_over(tablet, rowan)
    assert answer.content == b""
    assert SESSION_KEY in tablet.session
    assert "does not open anything" in said(client.post("/i/", {"code": earlier.code}))
    live = Invitation.objects.get(participant=rowan, revoked_at=None)
    assert tablet.session[SESSION_KEY] == str(live.public_id)


def test_who_handed_it_over_is_in_the_audit(tablet, rowan):
    hand_over(tablet, rowan)
    last = AuditEvent.objects.filter(action="hand the tablet over").get()
    assert last.by == rowan.consultation.opened_by
    assert last.subject == rowan.consultation.public_id


def test_nobody_is_handed_a_form_for_a_decision_that_is_closed(tablet, rowan):
    Consultation.objects.update(status="abandoned")
    one = f"/consultations/{rowan.consultation.public_id}/invitations/"
    answer = tablet.post(f"{one}{rowan.pk}/hand-over/", follow=True)
    assert "takes no list any more" in said(answer)
    assert tablet.get("/consultations/").status_code == 200
