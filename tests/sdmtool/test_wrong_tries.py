"""Guessing a password is slow, and never keeps out anybody but the guesser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sdmtool.accounts import wrong_tries
from sdmtool.models import AuditEvent, User, WrongTry
from tests import stories

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.99"


def try_in(user, password, address=HERE):
    """Whether the password was right and taken."""
    sent = {"email": user.email, "password": password}
    answer = Client(REMOTE_ADDR=address).post(reverse("sign-in"), sent)
    return answer.status_code == 302


@pytest.fixture
def ada():
    return stories.a_prescriber()


@pytest.mark.catalogue("C12")
def test_after_five_wrong_passwords_even_the_right_one_waits_ten_minutes(ada, monkeypatch):
    for _ in range(5):
        assert not try_in(ada, "wrong")
    assert not try_in(ada, stories.PASSWORD)
    now = timezone.now()
    monkeypatch.setattr(wrong_tries.timezone, "now", lambda: now + timedelta(minutes=10, seconds=1))
    assert try_in(ada, stories.PASSWORD)


@pytest.mark.catalogue("C12")
def test_four_wrong_passwords_and_the_right_one_is_taken_and_counts_them_away(ada):
    for _ in range(2):
        for _ in range(4):
            try_in(ada, "wrong")
        assert try_in(ada, stories.PASSWORD)


@pytest.mark.catalogue("C12")
def test_neither_a_colleague_at_the_same_address_nor_the_owner_at_another_is_kept_out(ada):
    for _ in range(50):
        try_in(ada, "wrong")
    assert try_in(stories.a_prescriber(), stories.PASSWORD)
    assert try_in(ada, stories.PASSWORD, ELSEWHERE)
    assert not try_in(ada, stories.PASSWORD)


@pytest.mark.catalogue("C12")
def test_control_without_the_count_the_sixth_guess_is_taken(ada, monkeypatch):
    monkeypatch.setattr(wrong_tries, "must_wait", lambda *args: False)
    for _ in range(5):
        try_in(ada, "wrong")
    assert try_in(ada, stories.PASSWORD)


@pytest.mark.catalogue("C12")
def test_a_wait_is_one_row_of_the_audit_and_what_was_typed_is_not_kept(ada):
    for _ in range(8):
        try_in(ada, "wrong")
    assert AuditEvent.objects.filter(action="sign in, too many wrong tries").count() == 1
    assert ada.email not in str(list(WrongTry.objects.values()))


@pytest.mark.catalogue("C12")
def test_many_accounts_from_one_address_get_one_try_each_and_a_colleague_still_comes_in(ada):
    for number in range(10):
        somebody = User(email=f"guess{number}@clinic.example")
        for _ in range(5):
            try_in(somebody, "wrong")
    assert WrongTry.objects.count() == wrong_tries.MANY
    assert try_in(stories.a_prescriber(), stories.PASSWORD)
    assert not try_in(ada, "wrong")
    assert not try_in(ada, stories.PASSWORD)
    assert try_in(ada, stories.PASSWORD, ELSEWHERE)


@pytest.mark.catalogue("C12")
def test_control_with_few_tries_at_an_address_the_second_one_is_taken(ada):
    try_in(ada, "wrong")
    assert try_in(ada, stories.PASSWORD)


def test_an_account_that_does_not_exist_waits_alike(ada):
    ada.email = "nobody@clinic.example"
    for _ in range(5):
        try_in(ada, "wrong")
    page = Client(REMOTE_ADDR=HERE).post(
        reverse("sign-in"), {"email": ada.email, "password": "wrong"}
    )
    assert "Wait ten minutes" in page.content.decode()


def test_rows_older_than_a_day_go(ada, monkeypatch):
    try_in(ada, "wrong")
    now = timezone.now()
    monkeypatch.setattr(wrong_tries.timezone, "now", lambda: now + timedelta(days=2))
    try_in(ada, "wrong")
    assert WrongTry.objects.count() == 1
