"""Who works where, kept by administrators: only in their own clinics, and never for themselves."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from sdmtool import audit
from sdmtool.access import Action, NotAllowed, Role, can
from sdmtool.administration import actions, queries
from sdmtool.models import AuditEvent, Clinic, Membership, User
from tests import stories
from tests.signing_in import join_path, signed_in

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture
def clinic():
    return stories.a_clinic()


@pytest.fixture
def ana(clinic):
    return stories.a_member(clinic, Role.ADMINISTRATOR, "Ana Example")


def give(clinic, user, role, by, **days):
    said = {"starts_on": timezone.localdate(), "ends_on": None, **days}
    return actions.give_role(clinic=clinic, user=user, role=role, by=by, **said)


def page(name, *args):
    return reverse(f"administration:{name}", args=args)


def test_a_role_given_on_the_page_counts_at_the_next_request_and_is_audited(clinic, ana):
    joy = stories.a_member(clinic, Role.TEAM_MEMBER)
    path = page("person", clinic.public_id, joy.pk)
    assert signed_in(ana).post(path, {"role": "prescriber"}).status_code == 302
    assert can(joy, Action.SIGN, clinic)
    row = AuditEvent.objects.get(action="give a role")
    assert (row.by, row.clinic, row.detail["before"]) == (ana, clinic, {})
    assert row.detail["after"]["role"] == "prescriber"
    assert row.detail["after"]["account"] == joy.pk


def test_a_role_ended_at_once_is_gone_and_the_audit_keeps_what_it_was(clinic, ana):
    joy = stories.a_member(clinic, Role.TEAM_MEMBER)
    held = joy.memberships.get()
    answer = signed_in(ana).post(page("end_role", clinic.public_id, joy.pk, held.pk))
    assert answer.status_code == 302
    assert not can(joy, Action.READ_RECORD, clinic)
    assert AuditEvent.objects.get(action="end a role").detail["before"]["role"] == "team_member"


def test_a_role_can_end_on_a_later_day(clinic, ana):
    held = stories.a_member(clinic, Role.TEAM_MEMBER).memberships.get()
    last = timezone.localdate() + 3 * A_DAY
    typed = {"last_day_day": last.day, "last_day_month": last.month, "last_day_year": last.year}
    signed_in(ana).post(page("end_role", clinic.public_id, held.user_id, held.pk), typed)
    held.refresh_from_db()
    assert held.ends_on == last
    with pytest.raises(actions.NotPossible):
        actions.end_role(clinic=clinic, membership_id=held.pk, last_day=last + A_DAY, by=ana)


def test_the_same_role_is_not_given_twice_for_the_same_time(clinic, ana):
    joy = stories.a_member(clinic, Role.TEAM_MEMBER)
    with pytest.raises(actions.NotPossible):
        give(clinic, joy, Role.TEAM_MEMBER, ana, starts_on=timezone.localdate() + A_DAY)


def test_a_clinic_keeps_an_administrator(clinic, ana):
    own = ana.memberships.get().pk
    with pytest.raises(actions.NotPossible):
        actions.end_role(clinic=clinic, membership_id=own, last_day=None, by=ana)
    closed = stories.a_member(clinic, Role.ADMINISTRATOR)
    actions.open_or_close(clinic=clinic, user=closed, is_open=False, by=ana)
    with pytest.raises(actions.NotPossible):
        actions.end_role(clinic=clinic, membership_id=own, last_day=None, by=ana)
    stories.a_member(clinic, Role.ADMINISTRATOR)
    actions.end_role(clinic=clinic, membership_id=own, last_day=None, by=ana)
    assert not can(ana, Action.ADMINISTER, clinic)


def test_a_closed_account_may_do_nothing_until_it_is_opened_again(clinic, ana):
    joy = stories.a_member(clinic, Role.TEAM_MEMBER)
    browser, hers = signed_in(ana), signed_in(joy)
    assert hers.get(reverse("consultations:worklist")).status_code == 200
    browser.post(page("close_account", clinic.public_id, joy.pk))
    assert hers.get(reverse("consultations:worklist")).status_code == 302
    browser.post(page("open_account", clinic.public_id, joy.pk))
    joy.refresh_from_db()
    assert can(joy, Action.READ_RECORD, clinic)


def test_an_account_that_works_elsewhere_too_is_not_closed_from_here(clinic, ana):
    joy = stories.a_member(clinic, Role.TEAM_MEMBER)
    elsewhere = stories.a_clinic("Sample Lane Clinic")
    Membership.objects.create(user=joy, clinic=elsewhere, role=Role.TEAM_MEMBER)
    with pytest.raises(actions.NotPossible):
        actions.open_or_close(clinic=clinic, user=joy, is_open=False, by=ana)


def test_a_new_clinic_belongs_to_who_made_it_and_says_whom_to_ask(ana):
    code = queries.entitlements()[0][0]
    said = {"name": "Third Clinic", "phone": "01632 960999", f"ask_{code}": "reception"}
    assert signed_in(ana).post(page("make_clinic"), said).status_code == 302
    made = Clinic.objects.get(name="Third Clinic")
    assert made.contacts == {code: "reception"}
    assert can(ana, Action.ADMINISTER, made)
    assert not can(ana, Action.READ_RECORD, made)


def test_a_changed_clinic_is_audited_with_before_and_after(clinic, ana):
    path = page("clinic", clinic.public_id)
    signed_in(ana).post(path, {"name": clinic.name, "phone": "01632 960000"})
    told = AuditEvent.objects.get(action="change a clinic").detail
    assert (told["before"]["phone"], told["after"]["phone"]) == ("01632 960123", "01632 960000")


def test_somebody_new_joins_with_a_first_role(clinic, ana):
    said = {"email": "New@clinic.example", "full_name": "Nia Example", "role": "peer_worker"}
    answer = signed_in(ana).post(page("invite", clinic.public_id), said)
    link = join_path(answer.content.decode().replace("<", " "))
    assert Client().get(link).status_code == 200
    new = User.objects.get(email="new@clinic.example")
    assert not new.has_usable_password()
    assert new.memberships.get().role == Role.PEER_WORKER


def test_the_pages_take_a_fixed_number_of_queries(clinic, ana, django_assert_max_num_queries, say):
    for _ in range(20):
        stories.a_member(clinic, Role.TEAM_MEMBER)
    with django_assert_max_num_queries(4):
        assert len(queries.people(clinic)) == 21


# Raising one's own account: every role, by every path there is, in every clinic.


def standing(user):
    return user.is_active, frozenset(user.memberships.values_list("clinic", "role", "ends_on"))


def ways(user, clinic):
    """Every administration page that writes, with words that would raise `user`."""
    own = Membership.objects.filter(user=user).first()
    for role in Role:
        said = {"role": role, "email": user.email, "full_name": user.full_name}
        yield page("person", clinic.public_id, user.pk), said
        yield page("invite", clinic.public_id), said
    yield page("open_account", clinic.public_id, user.pk), {}
    yield (
        page("end_role", clinic.public_id, user.pk, own.pk if own else 0),
        {"role": "administrator"},
    )
    yield page("clinic", clinic.public_id), {"name": clinic.name, "memberships": "administrator"}


def raised_by_themselves(clinics):
    """How often somebody of each role ended with more than they had, and how often they tried."""
    tries, successes = 0, []
    for role in Role:
        user = stories.a_member(clinics[0], role)
        browser, before = signed_in(user), standing(user)
        for clinic in clinics:
            for path, said in ways(user, clinic):
                browser.post(path, said)
                user.refresh_from_db()
                tries += 1
                if not standing(user)[1] <= before[1]:
                    successes.append((role, path, said))
                    user.memberships.exclude(role=role).delete()
    return tries, successes


@pytest.mark.catalogue("A8")
def test_nobody_raises_their_own_account_by_any_page(clinic, ana, say):
    tries, successes = raised_by_themselves([clinic, stories.a_clinic("Sample Lane Clinic")])
    say(f"A8: {tries} tries to raise one's own account, {len(successes)} succeeded")
    assert tries >= 200
    assert successes == []


@pytest.mark.catalogue("A8")
def test_without_the_rule_an_administrator_would(clinic, ana, monkeypatch):
    """The control: the action believes that somebody else is asking."""

    def careless(*, clinic, user, role, starts_on, ends_on, by):
        return actions._membership(clinic, user, role, starts_on, ends_on)

    monkeypatch.setattr(actions, "give_role", careless)
    assert raised_by_themselves([clinic])[1]


@pytest.mark.catalogue("A8")
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_action_works_for_somebody_who_does_not_administer_the_clinic(role, clinic, ana):
    other = stories.a_member(clinic, role)
    joy = stories.a_member(clinic, Role.TEAM_MEMBER)
    elsewhere = stories.a_member(stories.a_clinic("Sample Lane Clinic"), Role.ADMINISTRATOR)
    for by in (other, elsewhere):
        with pytest.raises(NotAllowed):
            give(clinic, joy, Role.PRESCRIBER, by)
        with pytest.raises(NotAllowed):
            actions.open_or_close(clinic=clinic, user=joy, is_open=False, by=by)
    assert joy.memberships.count() == 1


def test_djangos_own_administration_is_not_there():
    assert not apps.is_installed("django.contrib.admin")
    assert not any("django.contrib.admin" in name for name in settings.INSTALLED_APPS)
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")


def test_what_administrators_do_keeps_the_chain_whole(clinic, ana):
    give(clinic, stories.a_member(clinic, Role.TEAM_MEMBER), Role.CURATOR, ana)
    assert audit.broken_links() == []
