"""What each role is shown of a record: the table in access.py against every page there is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import loading
from consultations.actions import meeting
from consultations.answers import OWN, Answers, FilledIn
from sdmtool.access import SEES, Field, Role
from tests import stories
from tests.access.census import addresses, census
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
TOLD = {  # what stands only in a field of this kind, in one record or another
    Field.WHO_IT_IS: ("Rowan Sample",),
    Field.PERSONS_LIST: ("sentinel of the person",),
    Field.CARERS_SHEET: ("sentinel of the carer",),
    Field.NOTES: (stories.THE_DECISION.plan, stories.THE_DECISION.watch_for, "It fits the list."),
    Field.STAFF_ONLY: ("sentinel of the reason",),
}


def own_words(words):
    return Answers(places=((OWN,),), own_words=words, filled_in=FilledIn.ALONE, person_may_see=True)


@pytest.fixture
def records():
    """A signed record and one that was put off, both with a carer who let their sheet be shown."""
    signed = stories.signed()
    put_off = stories.a_consultation(signed.opened_by)
    stories.a_sent_sheet(stories.the_carer(put_off), own_words("sentinel of the carer"))
    stories.a_sent_sheet(stories.the_person(put_off), own_words("sentinel of the person"))
    put_off.refresh_from_db()
    stories.act(
        put_off,
        meeting.postpone,
        reason="sentinel of the reason",
        offer_again_on=timezone.localdate(),
    )
    return [signed, put_off]


def pages(role, records):
    """Every page of the clinic about these records, and the worklist, as `role` gets them."""
    clinic = records[0].clinic
    browser = signed_in(stories.a_member(clinic, role))
    rows = census()
    for address in addresses():
        if (
            not address.name.startswith("consultations:")
            or "GET" not in rows[address.name]["methods"]
        ):
            continue
        if address.name.endswith("tool_sheet"):
            continue  # a PDF; nobody gets it who may not print
        for record in records:
            values = {
                "public_id": record.public_id,
                "participant_id": stories.the_person(record).pk,
                "slug": "aripiprazole",
                "number": 1,
            }
            wanted = {name: value for name, value in values.items() if f":{name}>" in address.route}
            answer = browser.get(reverse(address.name, kwargs=wanted))
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            if answer.status_code == 200 and is_page:
                yield answer.content.decode()


def wrong(records):
    """Role and kind of field, where the pages show what the table does not, or the reverse."""
    found = []
    for role in Role:
        shown = "\n".join(pages(role, records))
        for field, told in TOLD.items():
            for words in told:
                if (words in shown) != (field in SEES[role]):
                    found.append((role.value, field.value, words))
    return found


@pytest.mark.catalogue("A6")
def test_each_role_is_shown_the_kinds_of_field_in_the_table_and_no_others(records, say):
    found = wrong(records)
    say(f"A6: {len(Role)} roles, {len(TOLD)} kinds of field, {len(found)} wrong")
    assert found == []


@pytest.mark.catalogue("A6")
def test_without_the_table_a_peer_worker_would_read_it_all(records, monkeypatch):
    """The control: the loader shows whoever may open a record the whole of it."""
    whole = dict.fromkeys(Role, frozenset(Field))
    monkeypatch.setattr(loading, "SEES", whole)
    found = wrong(records)
    assert {field for role, field, _ in found if role == Role.PEER_WORKER} == {
        Field.CARERS_SHEET,
        Field.NOTES,
        Field.STAFF_ONLY,
    }


def test_a_manager_and_an_administrator_are_shown_no_field_of_a_person():
    of_a_person = frozenset(Field) - {Field.COUNTS}
    for role in (Role.SERVICE_MANAGER, Role.ADMINISTRATOR, Role.CURATOR, Role.APPROVER):
        assert SEES[role] & of_a_person == frozenset()
