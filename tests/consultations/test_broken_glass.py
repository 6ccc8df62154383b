"""A record of another clinic: with a reason, to read, for one day, and everybody can see it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import BrokenGlass
from consultations.queries import records
from sdmtool.access import Role
from sdmtool.accounts import wrong_tries
from sdmtool.models import AuditEvent
from tests import stories
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
PAGE = "/consultations/elsewhere/"
WHY = "They are here in crisis tonight."


@pytest.fixture
def record():
    return stories.listed(stories.a_prescriber(stories.a_clinic("Sample Lane Clinic")))


@pytest.fixture
def ada():
    return stories.a_prescriber()


def asked(record, **changes):
    return {
        "reference": record.reference,
        "birth_year": record.birth_year,
        "reason": WHY,
        **changes,
    }


def my_list(record):
    return reverse("consultations:my_list", args=[record.public_id])


def test_with_a_reason_it_opens_to_read_and_nothing_can_be_written(record, ada):
    browser = signed_in(ada)
    assert browser.get(my_list(record)).status_code == 404
    assert browser.post(PAGE, asked(record)).headers["Location"] == my_list(record)
    assert browser.get(my_list(record)).status_code == 200
    for name in ("compare_now", "sign", "postpone", "abandon", "save_decision"):
        path = reverse(f"consultations:{name}", args=[record.public_id])
        assert browser.post(path).status_code == 404, name
    printed = browser.get(reverse("consultations:tool_sheet", args=[record.public_id]))
    assert printed.status_code == 404


def test_it_is_over_at_the_end_of_the_day(record, ada):
    yesterday = timezone.localdate() - timedelta(days=1)
    BrokenGlass.objects.create(
        consultation=record, reason=WHY, day=yesterday, opened_at=timezone.now(), opened_by=ada
    )
    assert signed_in(ada).get(my_list(record)).status_code == 404


def test_it_opens_for_nobody_else_and_not_after_the_role_has_ended(record, ada):
    browser = signed_in(ada)
    browser.post(PAGE, asked(record))
    assert signed_in(stories.a_prescriber()).get(my_list(record)).status_code == 404
    ada.memberships.update(role=Role.PEER_WORKER)
    assert browser.get(my_list(record)).status_code == 404


def test_it_is_audited_in_the_other_clinic_without_the_reason_and_stands_on_its_worklist(
    record, ada
):
    signed_in(ada).post(PAGE, asked(record))
    row = AuditEvent.objects.get(action="open a record of another clinic")
    assert (row.by, row.clinic, row.subject) == (ada, record.clinic, record.public_id)
    assert WHY not in str(row.detail)
    page = signed_in(record.opened_by).get(reverse("consultations:worklist")).content.decode()
    assert ada.full_name in page and WHY in page
    assert [one.opened_by for one in records.broken_glass(record)] == [ada]


@pytest.mark.parametrize(
    "wrong", [{"birth_year": 1950}, {"reference": "NOBODY-1"}], ids=["year", "reference"]
)
def test_every_way_of_being_wrong_has_one_answer_and_is_refused_in_the_audit(record, ada, wrong):
    answer = signed_in(ada).post(PAGE, asked(record, **wrong))
    assert answer.status_code == 200
    assert "Nothing is opened with this reference" in answer.content.decode()
    assert AuditEvent.objects.filter(kind="refusal", by=ada).count() == 1
    assert not BrokenGlass.objects.exists()


def test_after_five_wrong_tries_the_right_one_opens_nothing_either(record, ada, monkeypatch):
    browser = signed_in(ada)
    for year in range(1950, 1950 + wrong_tries.TRIES):
        browser.post(PAGE, asked(record, birth_year=year))
    assert browser.post(PAGE, asked(record)).status_code == 200
    assert not BrokenGlass.objects.exists()
    monkeypatch.setattr(wrong_tries, "must_wait", lambda *a: False)  # the control
    assert browser.post(PAGE, asked(record)).status_code == 302


def test_a_reason_of_a_word_opens_nothing(record, ada):
    assert signed_in(ada).post(PAGE, asked(record, reason="needed")).status_code == 200
    assert not BrokenGlass.objects.exists()
