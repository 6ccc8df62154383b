"""Signing in as staff do: code, passkey, joining, a warning before the end, nothing typed lost."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from sdmtool import sessions
from sdmtool.accounts import joining
from tests import stories
from tests.signing_in import fresh_code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada():
    stories.the_release()
    return stories.a_prescriber()


def first_step(page, user):
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(stories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def code_for(secret):
    secret = "".join(secret.split())
    counter = next(iter(totp.yield_hotp_counters_from_time())) + 1
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_somebody_joins_sets_up_the_second_step_and_keeps_the_recovery_codes(page, ada, axe, shot):
    _, path = joining.invite_to_join(email="joy@clinic.example", full_name="Joy Test", by=ada)
    page.goto(path)
    axe(page)
    shot(page, "join")
    page.get_by_label("New password").fill("too short")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("at least 15 characters").first).to_be_visible()
    page.get_by_label("New password").fill("four words in a row")
    page.get_by_role("button", name="Go on").click()
    axe(page)
    shot(page, "set-up")
    page.get_by_text("I cannot scan it").click()
    page.get_by_label("Code").fill(code_for(page.locator("p.code").inner_text()))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("li.code")).to_have_count(10)
    axe(page)
    shot(page, "recovery-codes")
    page.get_by_role("link", name="I have kept them").click()
    page.goto("/account/")
    axe(page)
    shot(page, "account")
    expect(page.get_by_text("10 left")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_the_next_time(desk, ada, sign_in, axe, shot):
    client = desk.context.new_cdp_session(desk)
    client.send("WebAuthn.enable")
    client.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(desk, ada.email, stories.PASSWORD)
    desk.goto("/account/passkeys/add/")
    axe(desk)
    shot(desk, "add-passkey")
    desk.get_by_label("Your password, once more").fill(stories.PASSWORD)
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_role("heading", name="Your account")).to_be_visible()
    expect(desk.get_by_text("Passkey “My passkey”")).to_be_visible()
    desk.get_by_role("button", name="Sign out").click()
    first_step(desk, ada)
    axe(desk)
    shot(desk, "second-step")
    desk.get_by_role("button", name="Use a passkey").click()
    desk.wait_for_url(re.compile(r"^(?!.*/sign-in/).*$"))
    desk.goto("/account/")
    expect(desk.get_by_text("last used")).to_be_visible()


def make_quiet(seconds):
    """Every session was last heard of so long ago."""
    for row in Session.objects.all():
        told = row.get_decoded()
        if sessions.SEEN in told:
            told[sessions.SEEN] -= seconds
            row.session_data = Session.objects.encode(told)
            row.save()


def test_what_somebody_had_typed_when_the_session_ended_comes_back_after_signing_in(
    page, ada, sign_in, axe, shot
):
    consultation = stories.compared(ada)
    sign_in(page, ada.email, stories.PASSWORD)
    page.goto(f"/consultations/{consultation.public_id}/decide/")
    page.get_by_label("What Rowan says now").fill("Not the one that made me pace.")
    make_quiet(sessions.IDLE + 1)
    page.get_by_role("button", name="Keep these words Rowan’s view").click()
    expect(page.get_by_text("is kept for one hour")).to_be_visible()
    shot(page, "signed-out-late")
    code = fresh_code(ada)
    page.get_by_label("E-mail address").fill(ada.email)
    page.get_by_label("Password", exact=True).fill(stories.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Nothing is lost")).to_be_visible()
    axe(page)
    shot(page, "nothing-is-lost")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_text("Not the one that made me pace.").first).to_be_visible()
    expect(page.get_by_text("Nobody can change these words now")).to_be_visible()


def test_a_quiet_page_asks_before_it_ends_and_a_press_goes_on(desk, ada, sign_in, axe, shot):
    desk.clock.install()
    sign_in(desk, ada.email, stories.PASSWORD)
    desk.goto("/account/")
    desk.clock.fast_forward("12:50")
    expect(desk.get_by_text("Are you still there?")).to_be_hidden()
    desk.clock.fast_forward("00:15")
    expect(desk.get_by_text("Are you still there?")).to_be_visible()
    axe(desk)
    shot(desk, "still-there")
    desk.get_by_role("button", name="Yes, go on").click()
    expect(desk.get_by_text("Are you still there?")).to_be_hidden()
