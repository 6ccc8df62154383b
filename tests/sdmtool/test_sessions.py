"""How long somebody stays signed in, what becomes of a late page, and what ends a session."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from sdmtool import sessions
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.signing_in import code_of, signed_in, with_app, with_password_only

pytestmark = pytest.mark.django_db
ACCOUNT = reverse("account")
TYPED = "Rowan says: not the one that made me pace."


@pytest.fixture
def ada():
    return with_app(stories.a_prescriber())


@pytest.fixture
def clock(monkeypatch):
    """Turn the clock of the sessions: clock(seconds) from the moment the test began."""
    began = int(sessions.time.time())

    def turned(seconds):
        monkeypatch.setattr(sessions.time, "time", lambda: began + seconds)

    turned(0)  # or a slow machine signs in a second after the clock began
    return turned


def is_in(browser):
    return browser.get(ACCOUNT).status_code == 200


def signs_in_again(browser, user, password=stories.PASSWORD):
    with_password_only(user, password, browser)
    return browser.post(reverse("second-factor"), {"code": code_of(user)})


@pytest.mark.catalogue("C2")
@pytest.mark.parametrize(("seconds", "still_in"), [(15 * 60, True), (15 * 60 + 1, False)])
def test_fifteen_quiet_minutes_end_it_to_the_second(ada, clock, seconds, still_in):
    browser = signed_in(ada)
    clock(0)
    assert is_in(browser)
    clock(seconds)
    assert is_in(browser) is still_in


@pytest.mark.catalogue("C2")
def test_a_press_sets_the_clock_back_and_twelve_hours_end_it_in_any_case(ada, clock):
    browser = signed_in(ada)
    for minute in range(0, 12 * 60 + 1, 14):
        clock(minute * 60)
        assert is_in(browser), minute
    clock(12 * 60 * 60)
    assert is_in(browser)
    clock(12 * 60 * 60 + 1)
    assert not is_in(browser)


@pytest.mark.catalogue("C2")
def test_control_without_the_limits_a_session_lives_on(ada, clock, monkeypatch):
    browser = signed_in(ada)
    monkeypatch.setattr(sessions, "is_over", lambda request: False)
    clock(20 * 60)
    assert is_in(browser)


def test_the_page_knows_how_long_is_left_and_twelve_hours_are_warned_of_too(ada, clock):
    browser = signed_in(ada)
    clock(0)
    assert f'data-closes-after="{15 * 60}"' in browser.get(ACCOUNT).content.decode()
    for minute in range(14, 12 * 60 - 5, 14):
        clock(minute * 60)
        is_in(browser)
    clock(12 * 60 * 60 - 240)
    assert 'data-closes-after="240"' in browser.get(ACCOUNT).content.decode()


@pytest.mark.catalogue("C2")
def test_what_a_late_page_sent_is_not_written_and_is_shown_to_the_same_person_after(ada, clock):
    consultation = stories.compared(ada)
    address = reverse("consultations:keep_words", args=[consultation.public_id])
    clock(0)
    browser = signed_in(ada)
    clock(15 * 60 + 1)
    late = browser.post(address, {"person_says": TYPED, "version": consultation.version})
    assert late.headers["Location"].startswith(reverse("sign-in"))
    assert "kept for one hour" in browser.get(late.headers["Location"]).content.decode()
    back = signs_in_again(browser, ada)
    assert back.headers["Location"] == reverse("kept-form")
    page = browser.get(reverse("kept-form")).content.decode()
    assert TYPED in page
    assert f'action="{address}"' in page
    assert "csrfmiddlewaretoken" in page


@pytest.mark.catalogue("C2")
def test_what_somebody_had_typed_is_never_shown_to_another_who_signs_in_there(ada, clock):
    browser = signed_in(ada)
    clock(15 * 60 + 1)
    browser.post(reverse("account-password"), {"name": TYPED, "password": "secret"})
    other = with_app(stories.a_member(stories.a_clinic(), Role.TEAM_MEMBER))
    assert signs_in_again(browser, other).headers["Location"] == reverse("start")
    assert browser.get(reverse("kept-form")).headers["Location"] == reverse("start")
    assert "kept form" not in browser.session


@pytest.mark.catalogue("C2")
@pytest.mark.parametrize("remembers", [True, False])
def test_what_is_typed_is_kept_although_another_page_noticed_the_end_first(
    ada, clock, monkeypatch, remembers
):
    """The control forgets who was signed in here as soon as any page notices."""
    browser = signed_in(ada)
    clock(15 * 60 + 1)
    browser.post(reverse("stay"))
    browser.get(ACCOUNT)
    if not remembers:
        monkeypatch.setattr(sessions, "_was_signed_in", lambda request: False)
    browser.post(reverse("account-password"), {"name": TYPED})
    browser.post(reverse("stay"))
    signs_in_again(browser, ada)
    assert (TYPED in browser.get(reverse("kept-form"), follow=True).content.decode()) is remembers


def test_passwords_and_codes_of_a_late_page_are_not_kept(ada, clock):
    browser = signed_in(ada)
    clock(15 * 60 + 1)
    browser.post(
        reverse("account-password"), {"password": "old one", "new_password": "new", "x": "1"}
    )
    assert [name for name, _ in browser.session["kept form"]["fields"]] == ["x"]


def test_what_is_kept_can_be_let_go_and_goes_after_an_hour(ada, clock):
    browser = signed_in(ada)
    clock(15 * 60 + 1)
    browser.post(reverse("stay"), {"x": "1"})
    signs_in_again(browser, ada)
    assert browser.get(reverse("kept-form")).status_code == 200
    browser.post(reverse("forget-kept-form"))
    assert browser.get(reverse("kept-form")).headers["Location"] == reverse("start")


@pytest.mark.catalogue("C1")
def test_coming_in_makes_a_new_session_and_the_one_before_is_worth_nothing(ada):
    browser = Client()
    browser.get(reverse("sign-in"))
    browser.session.save()
    planted = [browser.session.session_key]
    with_password_only(ada, stories.PASSWORD, browser)
    planted.append(browser.session.session_key)
    browser.post(reverse("second-factor"), {"code": code_of(ada)})
    assert is_in(browser)
    assert browser.session.session_key not in planted
    for key in planted:
        stranger = Client()
        stranger.cookies["session"] = key or "none"
        assert not is_in(stranger)


@pytest.mark.catalogue("C3")
def test_signing_out_a_new_password_and_closing_the_account_end_every_session(ada):
    here, there = signed_in(ada), signed_in(ada)
    kept = here.cookies["session"].value
    here.post(reverse("sign-out"))
    replayed = Client()
    replayed.cookies["session"] = kept
    assert not is_in(replayed)
    assert is_in(there)
    here = signed_in(ada)
    changed = {"password": stories.PASSWORD, "new_password": "a new and rather long password"}
    assert here.post(reverse("account-password"), changed).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    ada.refresh_from_db()
    ada.is_active = False
    ada.save()
    assert not is_in(here)


@pytest.mark.catalogue("C10")
def test_somebody_sees_where_they_are_signed_in_and_ends_the_other_one(ada):
    here, there = Client(), Client()
    signs_in_again(here, ada)
    ada.authenticator_set.all().delete()
    signs_in_again(there, with_app(ada))
    listed = UserSession.objects.filter(user=ada)
    assert listed.count() == 2
    other = listed.get(session_key=there.session.session_key)
    page = here.get(ACCOUNT).content.decode()
    assert page.count("<b>this one</b>") == 1
    here.post(reverse("account-end-session", args=[other.pk]))
    assert not is_in(there)
    assert is_in(here)


@pytest.mark.catalogue("C10")
def test_nobody_ends_or_removes_what_is_somebody_elses(ada):
    signs_in_again(browser := Client(), ada)
    theirs = UserSession.objects.get(user=ada)
    other = signed_in(stories.a_prescriber())
    assert other.post(reverse("account-end-session", args=[theirs.pk])).status_code == 404
    factor = ada.authenticator_set.get()
    assert other.post(reverse("account-remove-passkey", args=[factor.pk])).status_code == 404
    assert is_in(browser)


@pytest.mark.catalogue("C6")
def test_the_only_cookies_are_the_sessions_and_the_forms_and_they_are_small(ada):
    browser = Client()
    signs_in_again(browser, ada)
    browser.get(ACCOUNT)
    assert set(browser.cookies) == {"session", "csrf"}
    for cookie in browser.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert len(cookie.OutputString()) < 1024


@pytest.mark.catalogue("C6")
def test_control_a_cookie_that_scripts_can_read_would_be_seen(ada, settings):
    settings.SESSION_COOKIE_HTTPONLY = False
    browser = Client()
    signs_in_again(browser, ada)
    assert not browser.cookies["session"]["httponly"]


@pytest.mark.catalogue("C10")
def test_control_without_ending_it_the_other_session_goes_on(ada, monkeypatch):
    here, there = signed_in(ada), Client()
    signs_in_again(there, ada)
    monkeypatch.setattr(UserSession, "end", lambda session: None)
    here.post(reverse("account-end-session", args=[UserSession.objects.get(user=ada).pk]))
    assert is_in(there)


def test_signing_in_and_out_stands_in_the_audit_with_the_way_it_was_done(ada):
    signs_in_again(browser := Client(), ada)
    browser.post(reverse("sign-out"))
    acts = list(AuditEvent.objects.filter(by=ada).values_list("action", "detail"))
    assert ("sign in", {"with": "code"}) in acts
    assert ("sign out", {}) in acts
