"""Opening a consultation, and what is set aside for it."""

import pytest
from django.urls import reverse

from consultations import lifecycle
from consultations.actions import opening, steps
from consultations.models import Consultation, RuledOut
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.clinic import a_colleague, text_of
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

FORM = {
    "reference": "ct-0412",
    "person_name": "Rowan Sample",
    "name_to_use": "Rowan",
    "birth_year": "1991",
    "question": "Stay on risperidone, or change?",
    "situation": "informal",
    "day_day": "",
    "day_month": "",
    "day_year": "",
    "time": "",
    "not_up_for_choice": "",
    "current_medicine": "risperidone",
    "current_dose": "tablets, 4 mg",
    "needs": "",
    "carers": "Jo Sample, sister\nSol Imaginary",
}


def sent(user=None, **changes):
    user = user or stories.a_prescriber()
    clinic = user.memberships.get().clinic
    form = {"clinic": str(clinic.public_id), **FORM, **changes}
    return signed_in(user).post(reverse("consultations:open"), form)


def test_a_consultation_is_opened_with_everybody_who_takes_part():
    assert sent().status_code == 302
    opened = Consultation.objects.get()
    assert opened.reference == "CT-0412"
    told = [(p.kind, p.name, p.relation) for p in opened.participants.order_by("pk")]
    assert told == [
        ("person", "Rowan Sample", ""),
        ("carer", "Jo Sample", "sister"),
        ("carer", "Sol Imaginary", ""),
        ("professional", "Dr Ada Example", ""),
    ]


def test_opening_is_audited_with_who_did_it():
    user = stories.a_prescriber()
    sent(user)
    event = AuditEvent.objects.get(action="open a consultation")
    assert (event.by, event.subject) == (user, Consultation.objects.get().public_id)


def test_an_appointment_is_kept_in_the_clinics_own_time():
    sent(day_day="3", day_month="July", day_year="2027", time="10.30")
    assert Consultation.objects.get().appointment.isoformat() == "2027-07-03T09:30:00+00:00"


@pytest.mark.parametrize(
    "field, wrong, says",
    [
        ("reference", "943 476 5918", "Check the NHS number"),
        ("reference", "<b>", "Use letters, numbers"),
        ("reference", "", "Fill this in"),
        ("person_name", "  \u200b ", "Fill this in"),
        ("birth_year", "91", "Put in a year with 4 numbers"),
        ("birth_year", "2999", "Put in a year with 4 numbers"),
        ("situation", "on the moon", "Choose from those shown"),
        ("question", "x" * 201, "There is room for 200"),
        ("question", "x" * 200_000, "There is room for 200"),
        ("time", "25:99", "Put in a time"),
        ("time", "10:30", "Put in the date as well"),
        ("carers", "\n".join("abcde"), "There is room for 4"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_still_there(field, wrong, says):
    answer = sent(**{field: wrong})
    page = text_of(answer)
    assert says in page
    assert "Stay on risperidone" in page or field == "question"
    assert "Jo Sample, sister" in answer.content.decode() or field == "carers"
    assert not Consultation.objects.exists()


def test_a_right_nhs_number_is_taken_with_or_without_spaces():
    sent(reference="943 476 5919")
    assert Consultation.objects.get().reference == "9434765919"


def test_a_nul_byte_and_hidden_letters_do_not_reach_the_record():
    sent(person_name="Ro\x00wan\u202e Sample")
    assert Consultation.objects.get().person_name == "Rowan Sample"


def test_nobody_opens_a_consultation_in_a_clinic_that_is_not_theirs():
    other = stories.a_clinic("Sample Lane Clinic")
    assert "Choose from those shown" in text_of(sent(clinic=str(other.public_id)))
    assert not Consultation.objects.exists()


def test_a_peer_worker_opens_nothing():
    assert sent(stories.a_member(stories.a_clinic(), Role.PEER_WORKER)).status_code == 403


def test_a_medicine_is_ruled_out_with_a_reason_and_put_back_and_both_stay_on_record():
    consultation = stories.a_consultation()
    stories.act(consultation, opening.rule_out, medicine="amisulpride", reason="heart tracing")
    with pytest.raises(opening.AlreadySetAside):
        stories.act(consultation, opening.rule_out, medicine="amisulpride", reason="again")
    stories.act(consultation, opening.put_back, medicine="amisulpride")
    with pytest.raises(opening.NotSetAside):
        stories.act(consultation, opening.put_back, medicine="amisulpride")
    row = RuledOut.objects.get()
    assert (row.reason, row.put_back_by) == ("heart tracing", consultation.opened_by)


def test_setting_aside_from_an_old_page_changes_nothing():
    consultation = stories.a_consultation()
    old = consultation.version
    stories.act(consultation, opening.record_trials, medicines=["olanzapine"])
    with pytest.raises(steps.StalePage):
        opening.rule_out(
            consultation=consultation,
            medicine="amisulpride",
            reason="late",
            version=old,
            by=consultation.opened_by,
        )
    assert not RuledOut.objects.exists()


def test_nothing_is_set_aside_in_a_closed_consultation():
    from consultations.actions import meeting

    consultation = stories.a_consultation()
    stories.act(consultation, meeting.abandon, reason="moved away")
    with pytest.raises(lifecycle.NotPossible, match="Nothing on it can change"):
        stories.act(consultation, opening.rule_out, medicine="amisulpride", reason="late")


def test_a_ruling_of_one_clinic_cannot_be_reached_from_another():
    consultation = stories.a_consultation()
    stranger = stories.a_prescriber(stories.a_clinic("Sample Lane Clinic"))
    url = reverse("consultations:rule_out", args=[consultation.public_id])
    assert signed_in(stranger).post(url, {}).status_code == 404
    assert signed_in(a_colleague(consultation, Role.TEAM_MEMBER)).post(url, {}).status_code == 403
