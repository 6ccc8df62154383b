"""My list, and the staff's page of who takes part."""

from datetime import timedelta

import pytest

from consultations import freshness
from consultations.answers import OWN, Answers
from consultations.models import Invitation, Sheet
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.clinic import a_colleague, at, text_of, the_opener
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def page_of(consultation, name="my_list"):
    return the_opener(consultation).get(at(consultation, name))


def test_the_list_stands_in_its_order_with_shared_places():
    page = text_of(page_of(stories.listed()))
    order = [
        page.index(label)
        for label in (
            "Weight gain",
            "Difficulty staying awake during the day",
            "Less sex drive",
            "Restlessness",
            "Dry mouth",
        )
    ]
    assert order == sorted(order)
    assert page.count('<b class="place">3=</b>') == 2
    assert '<b class="place">5</b>' in page
    assert "Sleepy in the evening or at night" in page


def test_own_words_stand_at_their_place_and_are_marked():
    answers = Answers(places=(("weight_gain",), (OWN,)), own_words="Behind <b>glass</b>")
    page = page_of(stories.listed(answers=answers)).content.decode()
    assert '<span class="own-words">Behind &lt;b&gt;glass&lt;/b&gt;</span>' in page
    assert "could not be compared" in page


def test_what_is_and_is_not_up_for_choice_is_said_before_the_list():
    consultation = stories.listed(
        situation="detained", not_up_for_choice="Taking no medicine at all."
    )
    page = text_of(page_of(consultation))
    assert page.index("Taking no medicine at all.") < page.index("What I most want to avoid")
    assert "You can have free help from an advocate" in page


@pytest.mark.catalogue("H12")
def test_a_carers_sheet_is_not_on_the_page_that_is_looked_at_together():
    consultation = stories.listed()
    assert "Jo Sample" not in text_of(page_of(consultation))
    staff_page = text_of(page_of(consultation, "invitations"))
    assert "For staff only. Jo Sample did not say that Rowan may see it." in staff_page


@pytest.mark.catalogue("H12")
def test_a_carer_who_said_so_has_a_frame_of_their_own_on_it():
    consultation = stories.a_consultation()
    stories.a_sent_sheet(stories.the_person(consultation))
    shared = Answers(places=(("tremor",),), person_may_see=True)
    stories.a_sent_sheet(stories.the_carer(consultation), shared)
    page = text_of(page_of(consultation))
    frame = page[page.index("voice--carer") :]
    assert "Shaking or tremor" in frame
    assert "It does not change the order." in frame
    assert "Shaking or tremor" not in page[: page.index("voice--carer")]


def test_an_old_list_asks_whether_it_is_still_right(monkeypatch):
    consultation = stories.listed()
    monkeypatch.setattr(freshness, "STILL_RIGHT_AFTER", timedelta(days=-1))
    page = text_of(page_of(consultation))
    assert "Ask Rowan: is it still right?" in page
    assert "Rowan says it is still right" in page
    assert "Go on to compare" not in page


def test_without_a_list_the_page_says_how_to_get_one():
    page = text_of(page_of(stories.a_consultation()))
    assert "No list yet" in page
    assert "Invite Rowan, or type paper" in page


def test_a_peer_worker_reads_it_and_can_go_no_further():
    consultation = stories.listed()
    page = text_of(
        signed_in(a_colleague(consultation, Role.PEER_WORKER)).get(at(consultation, "my_list"))
    )
    assert "Weight gain" in page
    assert "Go on to compare" not in page


def test_reading_it_is_audited_with_the_record():
    consultation = stories.listed()
    page_of(consultation)
    event = AuditEvent.objects.get(action="my_list")
    assert (event.kind, event.subject) == ("read", consultation.public_id)


# --- who takes part -----------------------------------------------------------------------------


def issued(consultation, participant):
    url = at(consultation, "issue", participant.pk)
    return the_opener(consultation).post(url)


def test_a_link_and_a_code_are_shown_once_and_never_again():
    consultation = stories.a_consultation()
    page = text_of(issued(consultation, stories.the_person(consultation)))
    invitation = Invitation.objects.get()
    assert "Shown once" in page
    assert "/i/#" in page
    code = page[page.index('class="reference"') :][:400]
    assert invitation.selector in code
    assert invitation.selector not in text_of(page_of(consultation, "invitations"))


def test_a_new_one_ends_the_one_before():
    consultation = stories.a_consultation()
    person = stories.the_person(consultation)
    issued(consultation, person)
    issued(consultation, person)
    assert Invitation.objects.filter(revoked_at__isnull=True).count() == 1
    the_opener(consultation).post(at(consultation, "revoke", person.pk))
    assert not Invitation.objects.filter(revoked_at__isnull=True).exists()


def test_the_professional_is_not_invited_nor_anybody_of_another_consultation():
    consultation, other = stories.a_consultation(), stories.a_consultation()
    professional = consultation.participants.get(kind="professional")
    assert issued(consultation, professional).status_code == 404
    assert issued(consultation, stories.the_person(other)).status_code == 404
    assert not Invitation.objects.exists()


def test_nobody_is_invited_once_it_is_signed():
    consultation = stories.signed()
    browser, person = the_opener(consultation), stories.the_person(consultation)
    assert "Make a link and code" not in text_of(browser.get(at(consultation, "invitations")))
    answer = browser.post(at(consultation, "issue", person.pk), follow=True)
    assert "nobody can be invited" in text_of(answer)


def test_a_paper_sheet_is_typed_back_and_says_who_typed_it():
    consultation = stories.a_consultation()
    person = stories.the_person(consultation)
    url = at(consultation, "paper_sheet", person.pk)
    worker = a_colleague(consultation, Role.PEER_WORKER, "Kit Demo")
    sent = {"place_weight_gain": "1", "place_restlessness": "2", "helped_by": "Joy"}
    assert signed_in(worker).post(url, sent).status_code == 302
    page = text_of(page_of(consultation))
    assert "typed from paper by Kit Demo" in page
    assert "Joy helped" in page


def test_a_paper_sheet_that_is_no_list_says_where_and_keeps_what_was_typed():
    consultation = stories.a_consultation()
    url = at(consultation, "paper_sheet", stories.the_person(consultation).pk)
    wrong = {"place_weight_gain": "1", "place_restlessness": "4", "own_words": "Glass"}
    answer = the_opener(consultation).post(url, wrong)
    assert answer.status_code == 422
    assert 'value="4"' in answer.content.decode()
    assert "Glass" in text_of(answer)
    assert not Sheet.objects.exists()
