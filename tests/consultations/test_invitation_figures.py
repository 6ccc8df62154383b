"""The figures an invitation has to reach: hashed at rest, scanners, guessing, equal times."""

import base64
import io
import statistics
import time
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from consultations.actions import invitations, tries
from consultations.codes import new_code
from consultations.forms.respond import CodeForm
from consultations.models import Attempt, Invitation
from consultations.views.respond import enter
from tests import stories
from tests.consultations.sitting import at
from tests.consultations.test_invitations import SHIPPED_HASHER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]
MANY = 1_000


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


# --- At rest -------------------------------------------------------------------------------------


def forms_of(secret):
    """As it is, without dashes, in small letters, in base64, in hexadecimal, in an address."""
    raw, bare = secret.encode(), secret.replace("-", "").encode()
    return (
        raw, bare, raw.lower(), base64.b64encode(raw).rstrip(b"="), raw.hex().encode(),
        quote(f"code={secret}&", safe="").encode(),
    )  # fmt: skip


def everything_stored():
    """The whole database as bytes: the file of SQLite, or every table of PostgreSQL by COPY."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return bytes(connection.connection.serialize())
    out = io.BytesIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.cursor.copy_expert(f"COPY {name} TO STDOUT", out)  # type: ignore[attr-defined]
    return out.getvalue()


def found_in(kept, secrets):
    """Which secrets are there, in whichever form."""
    return [secret for secret in secrets if any(form in kept for form in forms_of(secret))]


@pytest.mark.catalogue("B2")
def test_a_thousand_invitations_leave_no_secret_anywhere(rowan, caplog, say):
    secrets = []
    for number in range(MANY):
        issued = stories.invited(rowan)
        secrets += [issued.code, issued.link_secret]
        if number % 50 == 0:
            Client().post("/i/", {"code": issued.code})
            Client().post("/i/exchange/", {"secret": issued.link_secret})
    assert Session.objects.exists()
    kept = everything_stored() + caplog.text.encode()
    hits = found_in(kept, secrets)
    say(
        f"B2: {MANY} invitations, link and code in 6 forms each, looked for in "
        f"{len(kept) / 1e6:.1f} MB of {connection.vendor}, sessions and logs: {len(hits)} found"
    )
    assert not hits
    assert Invitation.objects.order_by("-pk")[0].selector.encode() in kept  # control: it reads rows


@pytest.mark.catalogue("B2")
def test_control_a_secret_kept_in_any_of_its_forms_is_found(rowan):
    issued = stories.invited(rowan)
    for form in forms_of(issued.code):
        Invitation.objects.update(code_hash=form.decode())
        assert found_in(everything_stored(), [issued.code]) == [issued.code], form
        assert not found_in(everything_stored(), [issued.link_secret])


# --- Scanners ------------------------------------------------------------------------------------


@pytest.mark.catalogue("B3")
def test_two_hundred_people_come_in_after_the_scanners(rowan, say):
    came, used = 0, 0
    for _ in range(200):
        issued, scanner = stories.invited(rowan), Client()
        scan(scanner, issued.link_secret)
        used += Invitation.objects.filter(used_at__isnull=False).count()
        came += at(Client().post("/i/exchange/", {"secret": issued.link_secret})) == "before"
    say(f"B3: {came} of 200 came in after GET, HEAD and prefetch; {used} used up by them")
    assert (came, used) == (200, 0)


def scan(client, secret):
    for headers in ({}, {"purpose": "prefetch"}, {"sec-purpose": "prefetch;prerender"}):
        client.get("/i/", headers=headers)
        client.head("/i/", headers=headers)
        client.get("/i/exchange/", {"secret": secret}, headers=headers)
        client.head("/i/exchange/", {"secret": secret}, headers=headers)


@pytest.mark.catalogue("B3")
def test_control_a_page_that_used_a_secret_up_on_sight_would_keep_people_out(rowan, monkeypatch):
    def on_sight(*args, **kwargs):
        Invitation.objects.update(used_at=tries.timezone.now())
        return CodeForm(*args, **kwargs)

    monkeypatch.setattr(enter, "CodeForm", on_sight)
    issued = stories.invited(rowan)
    scan(Client(), issued.link_secret)
    assert Client().post("/i/exchange/", {"secret": issued.link_secret}).status_code == 200


# --- Guessing ------------------------------------------------------------------------------------


def guess(address, **headers):
    """Whether a wrong code was looked at; if not, for how long to wait."""
    answer = Client().post(
        reverse("respond:start"), {"code": new_code().shown}, REMOTE_ADDR=address, headers=headers
    )
    return answer.status_code, int(answer.headers.get("Retry-After", 0))


@pytest.fixture
def quick_hash(monkeypatch):
    monkeypatch.setattr(invitations, "check_password", lambda *args, **kwargs: False)


@pytest.mark.catalogue("B4")
@pytest.mark.parametrize("addresses", [1, 200])
def test_ten_thousand_guesses_get_few_answers(addresses, quick_hash, say):
    """The limiter itself ten thousand times; the page a few hundred times in the next test."""
    answered, waits = {}, []
    for number in range(10_000):
        address = f"198.51.100.{number % addresses}"
        try:
            tries.begin(address)
        except tries.TooManyTries as wait:
            waits.append(wait.seconds)
        else:
            answered[address] = answered.get(address, 0) + 1
    total = sum(answered.values())
    say(f"B4: 10,000 guesses from {addresses} addresses: {total} answered, the rest told to wait")
    assert max(answered.values()) <= tries.WRONG_TRIES
    assert total <= max(tries.WRONG_TRIES, tries.WRONG_TRIES_EVERYWHERE + addresses)
    assert min(waits) >= 1


@pytest.mark.catalogue("B4")
def test_a_made_up_address_in_a_header_gains_nothing(quick_hash, say):
    codes = [guess("198.51.100.9", **{"x-forwarded-for": f"203.0.113.{n}"}) for n in range(100)]
    looked_at = [status for status, _ in codes if status == 200]
    refused = [wait for status, wait in codes if status == 429]
    say(f"B4: 100 guesses behind made-up X-Forwarded-For: {len(looked_at)} answered")
    assert len(looked_at) == tries.WRONG_TRIES
    assert len(refused) == 90
    assert all(0 < wait <= 300 for wait in refused)


@pytest.mark.catalogue("B10")
def test_whoever_is_busy_guessing_the_person_comes_in_at_the_first_try(rowan, quick_hash, say):
    for number in range(700):
        address = f"198.51.{100 + number % 100}.{number % 7}"
        Attempt.objects.create(address=address, tried=tries.timezone.now())
    secret = stories.invited(rowan).link_secret
    answer = Client().post("/i/exchange/", {"secret": secret}, REMOTE_ADDR="192.0.2.77")
    say("B10: 700 wrong tries in the last minute from elsewhere; the person comes in at the first")
    assert at(answer) == "before"


# --- Equal times ---------------------------------------------------------------------------------

ROUNDS = 11
SAME = 0.05


def timed(code):
    """Processor seconds: what other processes do on the machine does not count."""
    Attempt.objects.all().delete()
    began = time.thread_time()
    with pytest.raises(invitations.WrongCode):
        invitations.exchange_code(typed=code, address="192.0.2.5")
    return time.thread_time() - began


def medians(codes):
    """Each code's median, measured in turns so that whatever drifts drifts for all."""
    taken = {name: [] for name in codes}
    for code in codes.values():
        timed(code)
    for _ in range(ROUNDS):
        for name, code in codes.items():
            taken[name].append(timed(code))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def apart(found):
    return max(found.values()) / min(found.values()) - 1


@pytest.fixture
def wrong_codes(rowan, monkeypatch):
    monkeypatch.setattr(invitations, "HASHER", SHIPPED_HASHER)
    invitations._nobody.cache_clear()
    yield lambda: codes_of(rowan)
    invitations._nobody.cache_clear()


def codes_of(rowan):
    replaced = stories.invited(rowan)
    used = stories.invited(rowan)
    Invitation.objects.filter(pk=used.invitation.pk).update(used_at=tries.timezone.now())
    expired = stories.invited(rowan)
    Invitation.objects.filter(pk=expired.invitation.pk).update(expires=tries.timezone.now())
    return {
        "unknown": new_code().shown,
        "replaced": replaced.code,
        "used": used.code,
        "expired": expired.code,
        "half guessed": invitations.codes.Code(
            expired.invitation.selector + new_code().secret
        ).shown,
    }


@pytest.mark.catalogue("B5")
def test_every_wrong_code_takes_the_same_time(wrong_codes, say):
    codes = wrong_codes()
    found = medians(codes)
    if apart(found) >= SAME:  # a busy machine; the same again, and it has to hold then
        found = medians(codes)
    shown = ", ".join(f"{name} {seconds * 1000:.1f} ms" for name, seconds in found.items())
    say(f"B5: medians of {ROUNDS}: {shown}; {apart(found):.1%} apart")
    assert apart(found) < SAME


@pytest.mark.catalogue("B5")
def test_control_an_early_answer_for_an_unknown_code_shows_in_the_time(wrong_codes, monkeypatch):
    codes, check = wrong_codes(), invitations.check_password
    nobody = invitations._nobody()
    monkeypatch.setattr(
        invitations, "check_password", lambda s, kept, **kw: kept != nobody and check(s, kept, **kw)
    )
    assert apart(medians({name: codes[name] for name in ("unknown", "expired")})) > 0.5
