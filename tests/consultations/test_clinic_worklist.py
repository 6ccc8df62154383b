"""The worklist: whose visit is next, with the same number of queries for three and for sixty."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions import meeting
from consultations.answers import OWN, Answers
from consultations.present import worklist as present
from consultations.queries import worklist as queries
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.clinic import at, text_of
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
URL = "/consultations/"
NOW = timezone.now()
QUERIES = {"sqlite": 19, "postgresql": 20}[connection.vendor]  # with the audit's lock


@pytest.fixture
def prescriber():
    return stories.a_prescriber()


def names_in(user, section):
    found = queries.sections(user, timezone.now())
    return [row.person_name for row in found[section]]


def test_everybody_stands_in_the_section_of_their_next_step(prescriber):
    day = timedelta(days=1)
    for name, when in (
        ("Today Sample", NOW),
        ("Soon Sample", NOW + 5 * day),
        ("Later Sample", NOW + 40 * day),
        ("Undated Sample", None),
        ("Past Sample", NOW - 3 * day),
    ):
        stories.a_consultation(prescriber, person_name=name, appointment=when)
    put_off = stories.listed(prescriber, person_name="Again Sample")
    again = timezone.localdate() + day
    stories.act(put_off, meeting.postpone, reason="Tired.", offer_again_on=again)
    stories.signed(prescriber, person_name="Signed Sample")
    assert names_in(prescriber, "today") == ["Today Sample"]
    assert names_in(prescriber, "coming") == ["Soon Sample"]
    assert names_in(prescriber, "undated") == ["Undated Sample"]
    assert names_in(prescriber, "earlier") == ["Past Sample"]
    assert names_in(prescriber, "offer_again") == ["Again Sample"]
    assert names_in(prescriber, "signed") == ["Signed Sample"]


def test_nobody_of_another_clinic_is_on_it(prescriber):
    stories.a_consultation(stories.a_prescriber(stories.a_clinic("Sample Lane Clinic")))
    page = text_of(signed_in(prescriber).get(URL))
    assert "Rowan Sample" not in page


def test_it_says_where_a_sheet_is_and_never_what_is_in_it(prescriber):
    answers = Answers(places=(("weight_gain",), (OWN,)), own_words="Behind glass")
    consultation = stories.listed(prescriber, answers=answers)
    page = text_of(signed_in(prescriber).get(URL))
    assert "sent" in page
    assert "carer’s own sheet" in page
    assert "not read yet" in page
    assert "Own words nobody has read yet: 1 person" in page
    assert "Behind glass" not in page
    assert "Weight gain" not in page
    signed_in(prescriber).get(at(consultation, "my_list"))
    assert "not read yet" not in text_of(signed_in(prescriber).get(URL))


def test_a_list_older_than_28_days_will_be_asked_about():
    waiting = present._sent(timezone.localdate() - timedelta(days=29), False, timezone.localdate())
    fresh = present._sent(timezone.localdate() - timedelta(days=28), False, timezone.localdate())
    assert (waiting.sign, fresh.sign) == ("?", "✓")


def test_a_reference_is_found_however_it_is_typed(prescriber):
    stories.a_consultation(prescriber, reference="9434765919")
    for typed in ("9434765919", "943 476 5919", " 943-476-5919 "):
        page = text_of(signed_in(prescriber).get(URL, {"reference": typed}))
        assert "Rowan Sample" in page
    nothing = signed_in(prescriber).get(URL, {"reference": "CT-9999"})
    assert "There is no consultation with the reference CT-9999" in text_of(nothing)


@pytest.mark.parametrize("typed", ["x" * 5000, "<script>", "' OR 1=1 --", "%"])
def test_any_other_search_finds_nothing_and_says_so(prescriber, typed):
    stories.a_consultation(prescriber)
    page = signed_in(prescriber).get(URL, {"reference": typed})
    assert page.status_code == 200
    assert "Rowan Sample" not in text_of(page)


def test_a_search_with_a_nul_byte_is_refused_in_words(prescriber):
    answer = signed_in(prescriber).get(f"{URL}?reference=%00")
    assert answer.status_code == 400


def test_seeing_the_worklist_is_audited(prescriber):
    signed_in(prescriber).get(URL)
    signed_in(prescriber).get(URL, {"reference": "CT-1"})
    told = AuditEvent.objects.filter(kind="read").values_list("action", "by")
    assert ("worklist", prescriber.pk) in told
    assert ("search the worklist", prescriber.pk) in told


@pytest.mark.parametrize("role", [Role.CURATOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR])
def test_who_has_no_business_with_records_does_not_see_it(role):
    assert signed_in(stories.a_member(stories.a_clinic(), role)).get(URL).status_code == 403


def test_a_peer_worker_is_led_to_pages_that_open_for_them(prescriber):
    consultation = stories.a_consultation(prescriber)
    worker = signed_in(stories.a_member(consultation.clinic, Role.PEER_WORKER))
    page = text_of(worker.get(URL))
    assert at(consultation, "my_list") in page
    assert at(consultation, "invitations") not in page
    person = stories.the_person(consultation)
    paper = at(consultation, "paper_sheet", person.pk)
    assert paper in text_of(worker.get(at(consultation, "my_list")))
    assert worker.get(paper).status_code == 200


def test_a_stranger_is_sent_to_sign_in():
    assert Client().get(URL)["Location"].startswith(reverse("sign-in"))


def test_sixty_consultations_take_no_more_queries_than_three(
    prescriber, django_assert_num_queries, say
):
    browser = signed_in(prescriber)

    def many(number):
        for _ in range(number):
            consultation = stories.a_consultation(prescriber)
            stories.a_sent_sheet(stories.the_person(consultation))

    many(3)
    browser.get(URL)
    with django_assert_num_queries(QUERIES) as told:
        browser.get(URL)
    many(57)
    with django_assert_num_queries(QUERIES):
        page = text_of(browser.get(URL))
    say(f"worklist: {len(told)} queries for 3 and for 60 consultations")
    assert page.count("Rowan Sample") >= queries.MOST_LINES
    assert "Only the first 50 are shown" in page
