"""Who has looked at my answers: everything the audit holds, in words, for the person alone."""

import ast
import pathlib

import pytest
from django.urls import get_resolver

from consultations import looks
from consultations.actions import elsewhere
from consultations.lifecycle import Event
from consultations.models import Participant
from consultations.queries import looks as queries
from sdmtool.models import AuditEvent
from tests import stories
from tests.access.census import addresses
from tests.consultations.clinic import at, the_opener
from tests.consultations.sitting import Sitting, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def test_every_page_of_a_record_has_its_words():
    without = []
    for address in addresses(get_resolver()):
        page = address.view.__name__
        if "<uuid:public_id>" in address.route and page not in looks.WORDS:
            without.append(address.name)
        if address.access == "by invitation" and page not in looks.OWN_PAGES:
            without.append(address.name)
    assert not without


def test_every_step_and_every_act_of_the_actions_has_its_words():
    acts = {event.value for event in Event}
    for path in pathlib.Path("consultations/actions").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call):
                acts |= {
                    word.value
                    for word in [*call.args, *(key.value for key in call.keywords)]
                    if isinstance(word, ast.Constant) and getattr(call.func, "id", "") in NOTES
                    if isinstance(word.value, str)
                }
    assert acts >= {"issue an invitation", "open a consultation", "save answers"}
    assert acts - looks.WORDS.keys() == set()


NOTES = {"note", "_note"}


@pytest.mark.catalogue("G9")
def test_the_page_tells_of_every_row_of_the_audit_and_of_no_other(say):
    consultation = stories.signed()
    browser = the_opener(consultation)
    for page in ("my_list", "compare", "decide", "tool_sheet", "copy_json"):
        browser.get(at(consultation, page))
    other = stories.listed()
    the_opener(other).get(at(other, "my_list"))
    rows = AuditEvent.objects.filter(subject=consultation.public_id)
    told = looks.told(queries.acts(consultation))
    assert sum(look.times for look in told) == rows.count()
    say(f"G9: {rows.count()} rows of the audit, {len(told)} lines, all told")
    assert {look.words for look in told} >= {
        "opened your answers",
        "printed the sheet",
        "made a copy of everything kept about you",
        "sent answers",
    }
    assert any(look.who.endswith(", prescriber") for look in told)


@pytest.mark.catalogue("G9")
def test_control_a_row_more_in_the_audit_is_a_line_more_or_a_time_more():
    consultation = stories.listed()
    before = sum(look.times for look in looks.told(queries.acts(consultation)))
    the_opener(consultation).get(at(consultation, "my_list"))
    assert sum(look.times for look in looks.told(queries.acts(consultation))) == before + 1


def test_the_person_reads_it_after_sending_also_who_came_from_another_clinic_and_why():
    consultation = stories.a_consultation()
    form = Sitting(stories.the_person(consultation))
    form.fill_in()
    form.send_off()
    the_opener(consultation).get(at(consultation, "my_list"))
    elsewhere.break_glass(
        reference=consultation.reference,
        birth_year=consultation.birth_year,
        reason="Called at night by the ward.",
        by=stories.a_prescriber(stories.a_clinic("Sample Lane Clinic")),
    )
    assert "Who has looked" in said(form.see("sent"))
    page = said(form.see("looked"))
    assert "Dr Ada Example, prescriber" in page
    assert "opened your answers" in page
    assert "Called at night by the ward." in page


def test_a_carer_is_not_shown_who_looked_at_the_persons_record():
    consultation = stories.a_consultation()
    form = Sitting(stories.the_carer(consultation))
    assert form.participant.kind == Participant.Kind.CARER
    assert form.see("looked").status_code == 302
    form.fill_in()
    form.send_off()
    assert "Who has looked" not in said(form.see("sent"))
