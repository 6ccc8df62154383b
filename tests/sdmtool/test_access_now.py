"""A role counts from the next request on, a refusal leaves a trace, links follow the role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sdmtool import access
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
WORKLIST = "consultations:worklist"


def ended(user):
    user.memberships.update(
        starts_on=timezone.localdate() - timedelta(days=9),
        ends_on=timezone.localdate() - timedelta(days=1),
    )


def moved(user):
    user.memberships.update(clinic=stories.a_clinic("Sample Lane Clinic"))


def lowered(user):
    user.memberships.update(role=Role.PEER_WORKER)


def requests_until_refused(client, path):
    """How many more requests get through before one is refused, of five."""
    answers = [client.get(path).status_code for _ in range(5)]
    return next((n for n, status in enumerate(answers) if status in {403, 404, 302}), 5)


CHANGES = [ended, moved, lowered]


@pytest.mark.catalogue("A7")
@pytest.mark.parametrize("change", CHANGES)
def test_a_role_taken_away_while_somebody_works_is_gone_at_the_next_request(change, say):
    ada = stories.a_prescriber()
    path = reverse("consultations:another_day", args=[stories.listed(ada).public_id])
    browser = signed_in(ada)
    assert browser.get(path).status_code == 200
    change(ada)
    through = requests_until_refused(browser, path)
    say(f"A7 {change.__name__}: {through} requests got through after the change")
    assert through == 0


@pytest.mark.catalogue("A7")
def test_permissions_kept_from_an_earlier_request_would_be_noticed(monkeypatch):
    """The control: what was granted is remembered for as long as the process runs."""
    ada = stories.a_prescriber()
    browser, kept = signed_in(ada), {}
    real = access.granted
    monkeypatch.setattr(access, "granted", lambda user: kept.setdefault(user.pk, real(user)))
    path = reverse(WORKLIST)
    assert browser.get(path).status_code == 200
    ended(ada)
    assert requests_until_refused(browser, path) == 5


@pytest.mark.parametrize(
    ("role", "sees"), [(role, role in access.roles_granting("view_worklist")) for role in Role]
)
def test_each_role_is_offered_its_own_links_only(role, sees):
    page = signed_in(stories.a_member(stories.a_clinic(), role)).get(reverse("medications:library"))
    assert (reverse(WORKLIST) in page.content.decode()) == sees


def test_who_is_refused_by_role_is_in_the_audit_with_the_record_they_named():
    record = stories.listed()
    peer = stories.a_member(record.clinic, Role.PEER_WORKER)
    path = reverse("consultations:another_day", args=[record.public_id])
    assert signed_in(peer).get(path).status_code == 403
    row = AuditEvent.objects.filter(kind="refusal").get()
    assert (row.by, row.subject, row.action) == (peer, record.public_id, "another_day")


def test_what_somebody_may_do_is_asked_once_in_a_request(django_assert_num_queries):
    user = stories.a_prescriber()
    with django_assert_num_queries(1):
        assert access.Action.SIGN in access.granted(user)
