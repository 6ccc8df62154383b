from datetime import timedelta

import pytest
from django.utils import timezone

from sdmtool.access import GRANTS, Action, Role, can, clinics_where
from sdmtool.models import Clinic, Membership, User

pytestmark = pytest.mark.django_db


def member(role, clinic, **dates):
    number = User.objects.count()
    user = User.objects.create_user(f"{role}-{number}@clinic.example", f"Test {role.label}")
    Membership.objects.create(user=user, clinic=clinic, role=role, **dates)
    return user


@pytest.fixture
def clinic():
    return Clinic.objects.create(name="Placeholder Street Clinic")


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_the_page_says_and_nothing_else(role, clinic):
    user = member(role, clinic)
    allowed = {action for action in Action if can(user, action, clinic)}
    assert allowed == GRANTS[role] | {Action.SIGNED_IN}


def test_only_a_prescriber_signs():
    assert [role for role in Role if Action.SIGN in GRANTS[role]] == [Role.PRESCRIBER]


def test_a_manager_and_an_administrator_read_no_record():
    for role in (Role.SERVICE_MANAGER, Role.ADMINISTRATOR, Role.CURATOR, Role.APPROVER):
        assert Action.READ_RECORD not in GRANTS[role]


def test_a_role_in_one_clinic_gives_nothing_in_another(clinic):
    elsewhere = Clinic.objects.create(name="Sample Lane Clinic")
    user = member(Role.PRESCRIBER, clinic)
    assert not can(user, Action.READ_RECORD, elsewhere)
    assert list(clinics_where(user, Action.READ_RECORD)) == [clinic]


def test_a_role_that_ended_yesterday_or_begins_tomorrow_gives_nothing_today(clinic):
    today = timezone.localdate()
    ended = member(
        Role.PRESCRIBER,
        clinic,
        starts_on=today - timedelta(days=9),
        ends_on=today - timedelta(days=1),
    )
    coming = member(Role.PRESCRIBER, clinic, starts_on=today + timedelta(days=1))
    last_day = member(Role.PRESCRIBER, clinic, starts_on=today, ends_on=today)
    assert [can(user, Action.SIGN, clinic) for user in (ended, coming, last_day)] == [
        False,
        False,
        True,
    ]


def test_a_closed_account_may_do_nothing_at_once(clinic):
    user = member(Role.PRESCRIBER, clinic)
    user.is_active = False
    assert not any(can(user, action, clinic) for action in Action)
