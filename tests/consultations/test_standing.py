"""The situation changed in the middle, and the question whether a list is still right."""

import pytest
from django.urls import reverse

from consultations import situations
from consultations.actions import meeting, standing
from consultations.models import Comparison, Decision, StillRight
from consultations.queries import clinic as queries
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.clinic import a_colleague, a_decision, at, text_of, the_opener
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
CLOSED = "Leaving the ward without an escort"


def detained(consultation):
    stories.act(
        consultation, standing.change_situation, situation="detained", not_up_for_choice=CLOSED
    )


def the_form(consultation, **changes):
    consultation.refresh_from_db()
    said = {"situation": "detained", "not_up_for_choice": CLOSED}
    return {"version": consultation.version, **said, **changes}


def test_the_page_shows_the_texts_and_rights_of_the_new_situation():
    consultation = stories.listed()
    browser = the_opener(consultation)
    came = browser.post(at(consultation, "situation"), the_form(consultation), follow=True)
    page = text_of(came)
    assert "You are in hospital under a section" in page
    assert CLOSED in page
    assert "An advocate" in page
    assert "This clinic has not named anybody yet." in page


def test_the_clinics_own_contact_stands_beside_what_can_be_asked_for():
    consultation = stories.listed(situation="detained")
    consultation.clinic.contacts = {"advocate": "Made-up Advocacy, 01632 960321"}
    consultation.clinic.save()
    assert "Made-up Advocacy, 01632 960321" in text_of(
        the_opener(consultation).get(at(consultation, "my_list"))
    )


@pytest.mark.catalogue("H9")
def test_after_a_change_nothing_is_compared_until_somebody_has_asked():
    consultation = stories.listed()
    detained(consultation)
    browser = the_opener(consultation)
    press = {"version": consultation.version}
    told = text_of(browser.post(at(consultation, "compare_now"), press, follow=True))
    assert "Ask Rowan first whether this list is still right. Nothing has been compared." in told
    assert not Comparison.objects.exists()
    consultation.refresh_from_db()
    assert consultation.status == "listed"
    told = text_of(
        browser.post(at(consultation, "keep_list"), {"version": consultation.version}, follow=True)
    )
    assert "Rowan said so today." in told
    stories.act(consultation, meeting.compare)
    assert Comparison.objects.count() == 1


def test_control_without_the_question_it_is_compared_unasked(monkeypatch):
    monkeypatch.setattr(meeting.freshness, "must_ask", lambda *about: "")
    consultation = stories.listed()
    detained(consultation)
    stories.act(consultation, meeting.compare)
    assert Comparison.objects.exists()


def test_a_new_list_after_the_change_needs_no_question():
    consultation = stories.listed()
    detained(consultation)
    stories.a_sent_sheet(stories.the_person(consultation), stories.JOS_LIST)
    stories.act(consultation, meeting.compare)
    assert Comparison.objects.count() == 1


def test_a_decision_page_open_during_the_change_writes_nothing_and_says_so():
    consultation = stories.compared()
    form = a_decision(consultation)
    detained(consultation)
    answer = the_opener(consultation).post(at(consultation, "sign"), form)
    assert answer.status_code == 409
    assert "Somebody else wrote to this record while your page was open" in text_of(answer)
    assert not Decision.objects.exists()


def test_the_sheet_keeps_the_edition_the_consultation_was_opened_with(monkeypatch):
    monkeypatch.setattr(situations, "current_edition", lambda: situations.edition_of("2026-11-23"))
    consultation = stories.decided()
    monkeypatch.undo()
    assert situations.current_edition().edition != "2026-11-23"
    stories.act(
        consultation, meeting.sign, deciding=stories.THE_DECISION, words=stories.record.record
    )
    assert "23 November 2026" in Decision.objects.get().record["limits"]["source"]


def test_the_signed_record_says_whom_to_ask():
    consultation = stories.compared(situation="detained")
    consultation.clinic.contacts = {"advocate": "Made-up Advocacy"}
    consultation.clinic.save()
    said = queries.meeting(queries.Record.objects.get(pk=consultation.pk))
    record = stories.record.record(said, stories.the_release())
    assert {"title": "An advocate", "contact": "Made-up Advocacy"} in record["limits"]["asks"]


def test_an_unknown_situation_is_refused_and_what_was_typed_stays():
    consultation = stories.listed()
    answer = the_opener(consultation).post(
        at(consultation, "situation"), the_form(consultation, situation="holiday")
    )
    assert answer.status_code == 422
    assert CLOSED in text_of(answer)


def test_a_page_that_has_gone_stale_changes_nothing():
    consultation = stories.listed()
    form = the_form(consultation)
    stories.act(consultation, meeting.compare)
    answer = the_opener(consultation).post(at(consultation, "situation"), form)
    assert answer.status_code == 409
    assert CLOSED in text_of(answer)
    consultation.refresh_from_db()
    assert consultation.situation == "informal"


def test_who_asked_and_who_changed_it_is_in_the_audit():
    consultation = stories.listed()
    detained(consultation)
    stories.act(consultation, standing.keep_list)
    acts = set(
        AuditEvent.objects.filter(subject=consultation.public_id).values_list("action", flat=True)
    )
    assert {"change the situation", "ask whether the list is still right"} <= acts
    assert StillRight.objects.get().asked_by == consultation.opened_by


def test_a_peer_worker_changes_no_situation():
    consultation = stories.listed()
    browser = signed_in(a_colleague(consultation, Role.PEER_WORKER))
    assert browser.post(at(consultation, "situation"), the_form(consultation)).status_code == 403


def test_the_person_reads_what_they_can_ask_for_before_they_start(client):
    consultation = stories.a_consultation(situation="detained")
    issued = stories.invited(stories.the_person(consultation))
    client.post(reverse("respond:exchange"), {"secret": issued.link_secret})
    page = text_of(client.get(reverse("respond:before")))
    assert "An interpreter, or papers you can read" in page
    assert "Sections 30(2), 32, 35" in page
