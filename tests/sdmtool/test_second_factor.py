"""The second factor: nobody is in before it, a code is good once, and there is no way round."""

import json
import random
import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import InvalidToken
from django.test import Client
from django.urls import get_resolver, reverse

from sdmtool.access import BY_INVITATION, PUBLIC
from sdmtool.accounts import passkeys, second_factor, wrong_tries
from sdmtool.models import AuditEvent
from tests import stories
from tests.access.census import addresses, census
from tests.signing_in import code_of, signed_in, with_app, with_password_only

pytestmark = pytest.mark.django_db
CODE, SET_UP, START = reverse("second-factor"), reverse("set-up-second-factor"), reverse("start")

# RFC 6238, appendix B, SHA-1: seconds, and the last six of the eight figures.
RFC_6238 = [
    (59, "287082"),
    (1111111109, "081804"),
    (1111111111, "050471"),
    (1234567890, "005924"),
    (2000000000, "279037"),
    (20000000000, "353130"),
]
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def ada():
    return with_app(stories.a_prescriber())


@pytest.fixture
def browser(ada):
    """The right password was given, and nothing else."""
    return with_password_only(ada, stories.PASSWORD)


def is_in(browser):
    return "_auth_user_id" in browser.session


def at(monkeypatch, seconds):
    monkeypatch.setattr(totp.time, "time", lambda: seconds)


@pytest.mark.catalogue("C11")
@pytest.mark.parametrize(("seconds", "code"), RFC_6238)
def test_the_codes_are_those_of_the_standard(monkeypatch, seconds, code):
    at(monkeypatch, seconds)
    assert second_factor.fits(RFC_SECRET, code) == seconds // 30


@pytest.mark.catalogue("C11")
def test_a_code_one_step_early_or_late_is_right_and_two_steps_are_wrong(monkeypatch):
    found = {}
    for steps in range(-3, 4):
        at(monkeypatch, 1111111111)
        code = totp.format_hotp_value(totp.hotp_value(RFC_SECRET, 1111111111 // 30 + steps))
        found[steps] = second_factor.fits(RFC_SECRET, code) is not None
    assert [steps for steps, right in found.items() if right] == [-1, 0, 1]


SAMPLE = {"uuid": None, "int": 1, "slug": "aripiprazole", "str": "none"}


def staff_questions(user):
    """Each method of each address of the census that asks for somebody signed in, with a record."""
    record, rows = stories.a_consultation(user), census()
    for address in addresses(get_resolver()):
        if address.access in {PUBLIC, BY_INVITATION}:
            continue
        filled = re.findall(r"<(\w+):(\w+)>", address.route)
        values = {name: SAMPLE[kind] or record.public_id for kind, name in filled}
        for method in rows[address.name]["methods"]:
            yield method, reverse(address.name, kwargs=values)


def leads_to_signing_in(client, method, path):
    answer = client.generic(method, path, content_type="application/x-www-form-urlencoded")
    way = answer.headers.get("Location", "")
    return answer.status_code == 302 and way.startswith(reverse("sign-in"))


@pytest.mark.catalogue("C11")
def test_a_password_alone_opens_no_address_of_the_census(ada, browser, say):
    asked = list(staff_questions(ada))
    opened = [one for one in asked if not leads_to_signing_in(browser, *one)]
    say(f"C11: {len(asked)} methods × addresses asked with a password alone: {len(opened)} opened")
    assert opened == []
    assert len(asked) > 40
    assert not is_in(browser)


@pytest.mark.catalogue("C11")
def test_control_with_the_second_factor_none_of_the_same_leads_to_signing_in(ada):
    asked = [one for one in staff_questions(ada) if one[1] != reverse("sign-out")]
    assert [one for one in asked if leads_to_signing_in(signed_in(ada), *one)] == []


@pytest.mark.catalogue("C11")
def test_control_when_what_was_used_is_not_noted_a_code_is_good_twice(ada, monkeypatch):
    fits = second_factor.fits
    monkeypatch.setattr(second_factor, "fits", lambda secret, typed, after: fits(secret, typed))
    code = code_of(ada)
    for _ in range(2):
        again = with_password_only(ada, stories.PASSWORD)
        again.post(CODE, {"code": code})
        assert is_in(again)


@pytest.mark.catalogue("C11")
def test_the_code_from_the_app_signs_in_and_is_good_once(ada, browser):
    code = code_of(ada)
    assert browser.post(CODE, {"code": code}).headers["Location"] == START
    assert is_in(browser)
    second = with_password_only(ada, stories.PASSWORD)
    assert "was used before" in second.post(CODE, {"code": code}).content.decode()
    assert not is_in(second)


def test_a_code_may_be_typed_with_a_space(ada, browser):
    code = code_of(ada)
    assert browser.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302


@pytest.mark.catalogue("C11")
def test_each_recovery_code_opens_the_account_once(ada):
    codes = second_factor.new_recovery_codes(ada)
    assert len(set(codes)) == 10
    for code in codes[:3]:
        assert (
            with_password_only(ada, stories.PASSWORD).post(CODE, {"code": code}).status_code == 302
        )
        again = with_password_only(ada, stories.PASSWORD)
        assert again.post(CODE, {"code": code}).status_code == 200
        wrong_tries.forget(f"second factor of {ada.pk}")
    assert second_factor.codes_left(ada) == 7
    second_factor.new_recovery_codes(ada)
    assert (
        with_password_only(ada, stories.PASSWORD).post(CODE, {"code": codes[5]}).status_code == 200
    )


def test_an_account_without_one_sets_it_up_before_it_is_in_and_keeps_its_recovery_codes():
    user = stories.a_prescriber()
    browser = with_password_only(user, stories.PASSWORD)
    assert browser.get(CODE).headers["Location"] == SET_UP
    page = browser.get(SET_UP).content.decode()
    assert 'class="qr"' in page
    secret = browser.session["being set up"]
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    assert not is_in(browser)
    assert browser.post(SET_UP, {"code": "no code"}).status_code == 200
    assert not is_in(browser)
    done = browser.post(SET_UP, {"code": code}).content.decode()
    assert is_in(browser)
    assert done.count('class="code"') == 10
    assert secret not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def test_somebody_who_has_one_cannot_set_up_another_without_it(ada, browser):
    assert browser.get(SET_UP).headers["Location"] == CODE
    assert browser.post(SET_UP, {"code": "123456"}).headers["Location"] == CODE


def test_without_a_password_there_is_nothing_to_type_a_code_into():
    for path in (CODE, SET_UP):
        assert Client().get(path).headers["Location"] == reverse("sign-in")
    assert Client().post(reverse("second-factor-passkey")).headers["Location"] == reverse("sign-in")


@pytest.mark.catalogue("C11")
def test_the_way_between_ends_after_ten_minutes_or_with_the_password(ada, browser, monkeypatch):
    now = browser.session["on the way"]["began"]
    monkeypatch.setattr("sdmtool.accounts.on_the_way.time.time", lambda: now + 601)
    assert browser.get(CODE).headers["Location"] == reverse("sign-in")
    monkeypatch.undo()
    assert browser.get(CODE).status_code == 200
    ada.set_password("another long password of hers")
    ada.save()
    assert browser.post(CODE, {"code": code_of(ada)}).headers["Location"] == reverse("sign-in")


@pytest.mark.catalogue("C11")
def test_five_wrong_codes_and_even_the_right_one_waits(ada, browser):
    rng = random.Random(5)
    for _ in range(5):
        wrong = f"{rng.randrange(10**6):06}"
        browser.post(CODE, {"code": wrong if wrong != code_of(ada) else "x"})
    answer = browser.post(CODE, {"code": code_of(ada)}).content.decode()
    assert "Too many wrong codes" in answer
    assert not is_in(browser)
    assert AuditEvent.objects.filter(action="sign in, wrong code").count() == 5


@pytest.mark.parametrize(
    "sent", ["", "[]", "{", "null", '{"id": 1}', "x" * 30_000, '{"rawId": "AA"}']
)
def test_what_is_no_answer_of_a_passkey_is_refused_in_words(ada, browser, sent):
    answer = browser.post(reverse("second-factor-passkey"), {"credential": sent})
    assert "was not accepted" in answer.content.decode()
    assert not is_in(browser)


def test_an_offer_of_a_passkey_says_who_asks_and_lists_no_other(ada, rf):
    request = rf.get("/")
    request.session = signed_in(ada).session
    offer = passkeys.offer(request, ada)
    assert offer["publicKey"]["rp"]["name"] == "testserver"
    assert json.dumps(offer)


def test_secrets_at_rest_open_nothing_without_the_services_key(ada, settings):
    stored = Authenticator.objects.get(user=ada).data["secret"]
    assert second_factor.Adapter().decrypt(stored) not in stored
    settings.SECRET_KEY = "another key of another service, long enough for its checks and more"
    with pytest.raises(InvalidToken):
        second_factor.Adapter().decrypt(stored)
