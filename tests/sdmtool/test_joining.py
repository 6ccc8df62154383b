"""Accounts begin by a link somebody hands on: no open door, and a link is good once."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from sdmtool.access import Action, can
from sdmtool.accounts import joining
from sdmtool.models import AuditEvent, Clinic, User
from tests import stories
from tests.signing_in import join_path, signed_in, with_app

pytestmark = pytest.mark.django_db
PASSWORD = "four words in a row"


@pytest.fixture
def joy():
    by = stories.a_prescriber()
    return joining.invite_to_join(email="joy@clinic.example", full_name="Joy Test", by=by)


def test_looking_at_the_link_uses_nothing_up_and_the_password_leads_to_the_second_factor(joy):
    user, path = joy
    browser = Client()
    for _ in range(5):
        assert "Welcome, Joy Test" in browser.get(path).content.decode()
    answer = browser.post(path, {"new_password": PASSWORD})
    assert answer.headers["Location"] == reverse("second-factor")
    assert "_auth_user_id" not in browser.session
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_link_is_good_once_and_for_three_days(joy, monkeypatch):
    user, path = joy
    Client().post(path, {"new_password": PASSWORD})
    assert Client().post(path, {"new_password": "another long password"}).status_code == 404
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    late = joining.link(stories.a_prescriber())
    generator = joining.default_token_generator
    now = generator._num_seconds(generator._now())
    monkeypatch.setattr(type(generator), "_num_seconds", lambda self, dt: now + 3 * 86400 + 1)
    assert Client().get(late).status_code == 404


def test_every_way_of_being_wrong_looks_the_same(joy):
    _, path = joy
    whose, token = path.strip("/").split("/")[1:]
    wrong = [("MQ", token), (whose, token[:-1]), ("zzz", "x-y"), ("MTA0ODU3Ng", token)]
    pages = [Client().get(f"/join/{a}/{b}/").content for a, b in wrong]
    assert len(set(pages)) == 1


def test_a_closed_account_cannot_join(joy):
    user, path = joy
    user.is_active = False
    user.save()
    assert Client().get(path).status_code == 404


def test_nobody_can_sign_up_and_an_account_without_a_password_lets_nobody_in(joy):
    user, _ = joy
    for path in ("/signup/", "/sign-up/", "/accounts/signup/", "/register/"):
        assert Client().get(path).status_code == 404
    sent = {"email": user.email, "password": ""}
    assert Client().post(reverse("sign-in"), sent).status_code == 200


@pytest.mark.catalogue("C12")
@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("fourteen chars", False),
        ("fifteen chars!!", True),
        ("ünïcødé påsswörd 大丈夫", True),
        ("x" * 30 + "y" * 98, True),
        ("z" * 129, False),
        ("passwordpassword", False),
        ("123456789012345", False),
        ("aaaaaaaaaaaaaaaaaaaa", False),
        ("zyxwvutsrqponmlkjihg", False),
        ("qwertyuiopasdfgh", False),
        ("Password1234567890!", False),
        ("sunshine.........", False),
        ("eleven sunshine umbrellas", True),
        ("    leading and trailing   ", True),
    ],
)
def test_a_password_is_long_and_not_common_and_that_is_all(joy, password, is_taken):
    user, path = joy
    answer = Client().post(path, {"new_password": password})
    assert (answer.status_code == 302) is is_taken
    user.refresh_from_db()
    assert user.check_password(password) is is_taken


def test_a_new_link_ends_the_password_the_second_factor_and_the_sessions(joy):
    ada = with_app(stories.a_prescriber())
    browser = signed_in(ada)
    path = joining.new_link(user=ada, by=None)
    assert browser.get(reverse("account")).status_code == 302
    assert not ada.authenticator_set.exists()
    assert Client().get(path).status_code == 200


def test_the_first_administrator_begins_by_a_command():
    out = StringIO()
    call_command(
        "join_link", "ana@trust.example", name="Ana Test", clinic="Sample Clinic", stdout=out
    )
    user, clinic = User.objects.get(), Clinic.objects.get()
    assert can(user, Action.ADMINISTER, clinic)
    assert Client().get(join_path(out.getvalue())).status_code == 200
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {
        "make an account",
        "make an administrator",
    }
    call_command("join_link", "ana@trust.example", stdout=(again := StringIO()))
    assert join_path(again.getvalue()) != join_path(out.getvalue())


def test_the_command_says_what_is_missing():
    for words in ({}, {"name": "Ana Test"}):
        with pytest.raises(CommandError):
            call_command("join_link", "ana@trust.example", **words)
    stories.a_prescriber()
    email = User.objects.get().email
    with pytest.raises(CommandError):
        call_command("join_link", email, name="Twice", clinic="Sample Clinic")
