"""The audit as an administrator sees it: own clinics, no clinical text, fifty at a time."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from sdmtool import audit
from sdmtool.access import Role
from sdmtool.administration import events
from sdmtool.models import AuditEvent
from tests import stories
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
PAGE, FILE = "administration:audit", "administration:audit_csv"
SECRET = "wordsfromthesheet"


@pytest.fixture
def clinic():
    return stories.a_clinic()


@pytest.fixture
def ana(clinic):
    return stories.a_member(clinic, Role.ADMINISTRATOR, "Ana Example")


def words_of(ana, name=PAGE, **asked):
    return signed_in(ana).get(reverse(name), asked).content.decode()


def test_an_administrator_sees_the_events_of_their_clinics_and_no_others(clinic, ana):
    own = stories.listed(stories.a_prescriber(clinic))
    other = stories.listed(stories.a_prescriber(stories.a_clinic("Sample Lane Clinic")))
    for name in (PAGE, FILE):
        found = words_of(ana, name)
        assert own.reference in found
        assert other.reference not in found
        assert "Sample Lane" not in found
        assert words_of(ana, name, reference=other.reference).count("CT-") <= 1


def test_nothing_a_person_said_and_no_name_of_theirs_is_on_it(clinic, ana):
    record = stories.listed(stories.a_prescriber(clinic), question=f"{SECRET}?")
    audit.record(by=None, kind="read", action="asked", clinic=clinic, detail={"words": SECRET})
    for name in (PAGE, FILE):
        found = words_of(ana, name)
        assert record.reference in found
        told = [SECRET, record.person_name, "Jo Sample", "risperidone"]
        assert [words for words in told if words in found] == []


def test_the_day_the_person_the_kind_and_the_reference_narrow_it(clinic, ana):
    ada = stories.a_prescriber(clinic)
    first, second = stories.a_consultation(ada), stories.a_consultation(ada)
    today = timezone.localdate()

    def found(**looked):
        return events.page(looked=events.Looked(**looked), number=1, by=ana)[0]

    assert {line.record for line in found(reference=first.reference.lower())} == {first.reference}
    assert {line.who for line in found(who=ada.pk)} == {ada.full_name}
    assert {line.kind for line in found(kind="write")} == {"Write"}
    assert second.reference in {line.record for line in found(day=today)}
    assert found(day=today.replace(year=today.year - 1)) == []


def test_looking_and_exporting_are_audited_themselves(clinic, ana):
    words_of(ana)
    words_of(ana, FILE)
    kept = AuditEvent.objects.filter(by=ana, clinic=clinic, action__startswith="audit")
    assert list(kept.values_list("kind", "action")) == [
        ("read", "audit"),
        ("export", "audit as a file"),
    ]


def test_a_page_holds_fifty_and_takes_as_many_queries_for_two_as_for_a_hundred(
    clinic, ana, django_assert_max_num_queries, say
):
    for number in range(120):
        audit.record(by=ana, kind="read", action=f"page {number}", clinic=clinic)
    browser = signed_in(ana)
    with django_assert_max_num_queries(22) as full:
        page = browser.get(reverse(PAGE)).content.decode()
    say(f"audit viewer: {len(full)} queries for a page of {events.ON_A_PAGE}")
    assert page.count("<tr>") == 1 + events.ON_A_PAGE
    assert "Older" in page and "Newer" not in page
    with django_assert_max_num_queries(len(full)):
        last = browser.get(reverse(PAGE), {"page": "3"}).content.decode()
    assert "Older" not in last and "Newer" in last


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_of_the_file_starts_a_formula(clinic, ana, lead):
    mal = stories.a_member(clinic, Role.TEAM_MEMBER, f"{lead}HYPERLINK(1)")
    audit.record(by=mal, kind="read", action="asked", clinic=clinic)
    rows = list(csv.reader(StringIO(words_of(ana, FILE))))
    cells = [cell for row in rows for cell in row if "HYPERLINK" in cell]
    assert cells
    assert all(cell.startswith("'") for cell in cells)


def test_without_defusing_it_would(clinic, ana, monkeypatch):
    """The control."""
    monkeypatch.setattr(events, "defused", str)
    mal = stories.a_member(clinic, Role.TEAM_MEMBER, "=HYPERLINK(1)")
    audit.record(by=mal, kind="read", action="asked", clinic=clinic)
    assert ",=HYPERLINK" in words_of(ana, FILE)
