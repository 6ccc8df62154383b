"""Around signing in: forged forms, addresses that lead elsewhere, passwords everybody tries."""

import pytest
from django.conf import settings as shipped_under_test
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from sdmtool import settings as shipped
from sdmtool.accounts import on_the_way, sign_in
from tests import stories
from tests.signing_in import code_of, signed_in, with_app, with_password_only

ELSEWHERE = [
    *("//evil.example", "///evil.example", "////evil.example", "https:evil.example"),
    *("http://evil.example", "https://evil.example", "HTTPS://EVIL.EXAMPLE", "hTTp://evil.example"),
    *("https:///evil.example", "http:///evil.example", "https:/evil.example", "ftp://evil.example"),
    *("\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\\/evil.example"),
    *("/\\\\evil.example", "\\/\\/evil.example", "//\\evil.example", "\\evil.example//x"),
    *(
        "https:\\\\evil.example",
        "https:\\evil.example",
        "http:\\/evil.example",
        "\\\\\\evil.example",
    ),
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "javascript://%0aalert(1)", "vbscript:x"),
    *(
        "data:text/html,x",
        "data:text/html;base64,eA==",
        "blob:https://evil.example/x",
        "file:///etc",
    ),
    *(" //evil.example", "\t//evil.example", "\n//evil.example", "\r\n//evil.example"),
    *("/\t/evil.example", "/\n/evil.example", "\x00//evil.example", "\x01https://evil.example"),
    *(
        " https://evil.example",
        "\thttps://evil.example",
        "ht\ttp://evil.example",
        "\x0b//evil.example",
    ),
    *(
        "//evil.example/%2f..",
        "//evil.example:80",
        "//testserver@evil.example",
        "//evil.example#@testserver",
    ),
    *(
        "http://testserver@evil.example",
        "http://testserver:x@evil.example/",
        "http://testserver.evil.example",
    ),
    *("http://evil.example?testserver", "http://evil.example#testserver", "http://eviltestserver/"),
    *("//[::1]/", "http://[::1", "http://2130706433/", "//127.0.0.1:9", "//evil。example"),
    *("mailto:a@evil.example", "tel:999", "ws://evil.example", "x:y", "//", "http://"),
]
FORMS = ("sign-in", "second-factor", "second-factor-passkey", "set-up-second-factor")


def leads_to(user, wanted):
    """Where somebody is after signing in with `next`; the code is new each time."""
    user.authenticator_set.all().delete()
    browser, with_one = Client(), with_app(user)
    browser.post(
        reverse("sign-in"), {"email": user.email, "password": stories.PASSWORD, "next": wanted}
    )
    return browser.post(reverse("second-factor"), {"code": code_of(with_one)}).headers["Location"]


@pytest.mark.django_db
@pytest.mark.catalogue("C8")
def test_signing_in_never_leads_to_another_site(say):
    ada = stories.a_prescriber()
    assert len(set(ELSEWHERE)) >= 60
    led = [wanted for wanted in ELSEWHERE if leads_to(ada, wanted) != reverse("start")]
    say(f"C8: {len(ELSEWHERE)} addresses of elsewhere as next, {len(led)} followed")
    assert led == []
    assert leads_to(ada, reverse("account")) == reverse("account")


@pytest.mark.django_db
@pytest.mark.catalogue("C8")
def test_control_without_the_fence_signing_in_leads_away(monkeypatch):
    monkeypatch.setattr(on_the_way, "_is_own", lambda request, wanted: True)
    assert leads_to(stories.a_prescriber(), "//evil.example") == "//evil.example"


@pytest.mark.django_db
@pytest.mark.catalogue("C8")
@pytest.mark.parametrize("name", FORMS)
def test_a_forged_form_signs_nobody_in(name):
    ada = with_app(stories.a_prescriber())
    sent = {"email": ada.email, "password": stories.PASSWORD, "code": code_of(ada)}
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse(name), sent).status_code == 403
    assert list(strict.session.keys()) == []
    control = with_password_only(ada, stories.PASSWORD)
    assert control.post(reverse(name), sent).status_code in {200, 302}


@pytest.mark.django_db
@pytest.mark.catalogue("C1")
def test_a_new_password_makes_a_new_session_and_the_old_id_is_worth_nothing():
    ada = with_app(stories.a_prescriber())
    browser = signed_in(ada)
    old = browser.session.session_key
    changed = {"password": stories.PASSWORD, "new_password": "a new and rather long password"}
    assert browser.post(reverse("account-password"), changed).status_code == 302
    assert browser.session.session_key != old
    stranger = Client()
    stranger.cookies["session"] = old
    assert stranger.get(reverse("account")).status_code == 302


@pytest.mark.django_db
@pytest.mark.catalogue("C1", "C3")
def test_control_when_signing_out_ends_nothing_the_old_id_goes_on(monkeypatch):
    browser = signed_in(with_app(stories.a_prescriber()))
    old = browser.session.session_key
    monkeypatch.setattr(sign_in, "logout", lambda request: None)
    browser.post(reverse("sign-out"))
    stranger = Client()
    stranger.cookies["session"] = old
    assert stranger.get(reverse("account")).status_code == 200


@pytest.mark.catalogue("C12")
def test_three_thousand_common_passwords_are_refused_and_as_many_long_ones_made_of_them(say):
    common = sorted(CommonPasswordValidator().passwords)[:3000]
    stretched = [word + "1234567890123456"[: max(3, 15 - len(word))] for word in common]
    twice = [word * (15 // len(word) + 1) for word in common]
    taken = [word for word in (*common, *stretched, *twice) if is_taken(word)]
    say(f"C12: {len(common) * 3} common passwords, short, stretched, repeated: {len(taken)} taken")
    assert len(common) == 3000
    assert taken == []


@pytest.mark.catalogue("C12")
def test_control_without_our_rule_long_ones_made_of_common_ones_are_taken(settings):
    ours = shipped_under_test.AUTH_PASSWORD_VALIDATORS
    settings.AUTH_PASSWORD_VALIDATORS = [rule for rule in ours if "Guessed" not in rule["NAME"]]
    assert is_taken("sunshine1234567")


def is_taken(password):
    try:
        validate_password(password)
    except ValidationError:
        return False
    return True


@pytest.mark.catalogue("C12")
def test_passwords_are_kept_with_scrypt_as_owasp_has_it(settings):
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    kind, cost, _, block, lanes, _ = hashers.make_password("ünïcødé 大丈夫 long").split("$")
    assert kind == "scrypt"
    assert (int(cost), int(block)) >= (2**14, 8)
    assert int(cost) * int(lanes) >= 2**14 * 5
    assert hashers.check_password(
        "ünïcødé 大丈夫 long", hashers.make_password("ünïcødé 大丈夫 long")
    )
