"""How a person or a carer comes in: one live way each, kept as hashes, opened by the right words
only.
"""

import hashlib
import json
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import hashers
from django.core import serializers
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.actions import invitations, tries
from consultations.actions.invitations import CannotInvite, SlipOfTheKeys, WrongCode, issue, revoke
from consultations.actions.opening import Carer, open_consultation
from consultations.codes import new_code
from consultations.models import Attempt, Consultation, Invitation
from sdmtool.models import AuditEvent, Clinic, User

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.7", "192.0.2.8"


SHIPPED_HASHER = invitations.HASHER


@pytest.fixture
def nurse():
    return User.objects.create_user("nurse@example.org", "Ada Example")


@pytest.fixture
def consultation(nurse):
    return open_consultation(
        clinic=Clinic.objects.create(name="Willow Road"),
        reference="DEMO 1",
        person_name="Rowan Sample",
        name_to_use="Rowan",
        birth_year=1990,
        question="Which medicine to try next",
        situation="informal",
        appointment=timezone.now() + timedelta(days=3),
        carers=[Carer("Jo Sample", "sister")],
        by=nurse,
    )


@pytest.fixture
def rowan(consultation):
    return consultation.participants.get(kind="person")


@pytest.fixture
def jo(consultation):
    return consultation.participants.get(kind="carer")


def enter(code, address=HERE):
    return invitations.exchange_code(typed=code, address=address)


def follow(secret, address=HERE):
    return invitations.exchange_link(secret=secret, address=address)


def a_wrong_code():
    return new_code().shown


def try_wrongly(times, address=HERE):
    for _ in range(times):
        with pytest.raises(WrongCode):
            enter(a_wrong_code(), address)


# --- Coming in ---------------------------------------------------------------------------------


def test_the_typed_code_and_the_link_open_the_same_invitation(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    assert enter(issued.code) == enter(issued.code.lower().replace("-", " ")) == issued.invitation
    assert follow(issued.link_secret) == issued.invitation


def test_looking_at_the_link_any_number_of_times_uses_nothing_up(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    assert {follow(issued.link_secret).pk for _ in range(20)} == {issued.invitation.pk}


def test_person_and_carer_each_have_their_own(rowan, jo, nurse):
    for_rowan, for_jo = issue(participant=rowan, by=nurse), issue(participant=jo, by=nurse)
    assert enter(for_rowan.code).participant == rowan
    assert enter(for_jo.code).participant == jo


def test_a_professional_is_not_invited_by_letter(consultation, nurse):
    with pytest.raises(CannotInvite):
        issue(participant=consultation.participants.get(kind="professional"), by=nurse)


@pytest.mark.parametrize("status", ["signed", "abandoned"])
def test_nobody_is_invited_to_a_decision_that_is_closed(consultation, rowan, nurse, status):
    Consultation.objects.filter(pk=consultation.pk).update(status=status)
    with pytest.raises(CannotInvite):
        issue(participant=rowan, by=nurse)


# --- Kept as hashes ------------------------------------------------------------------------------


def forms_of(secret):
    raw = secret.encode()
    return {
        secret,
        secret.lower(),
        secret.replace("-", ""),
        raw.hex(),
        hashlib.md5(raw).hexdigest(),
    }


@pytest.mark.catalogue("B2")
def test_neither_secret_can_be_read_from_the_database(consultation, rowan, nurse):
    issued = [issue(participant=rowan, by=nurse) for _ in range(50)]
    for one in issued:
        with suppress(WrongCode, tries.TooManyTries):
            follow(one.link_secret)
    kept = serializers.serialize("json", [*Invitation.objects.all(), *AuditEvent.objects.all()])
    for one in issued:
        for secret in (one.code, one.link_secret, one.code.replace("-", "")[4:]):
            assert not any(form in kept for form in forms_of(secret))


def test_control_a_stored_code_would_be_found(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    Invitation.objects.update(code_hash=issued.code)
    assert issued.code in serializers.serialize("json", Invitation.objects.all())


@pytest.mark.catalogue("B1", "B2")
def test_the_code_is_under_the_slow_hasher_and_the_link_has_256_bits(rowan, nurse, monkeypatch):
    monkeypatch.setattr(invitations, "HASHER", SHIPPED_HASHER)
    issued = issue(participant=rowan, by=nurse)
    assert issued.invitation.code_hash.startswith("scrypt$")
    assert issued.invitation.link_hash == hashlib.sha256(issued.link_secret.encode()).hexdigest()
    assert len(issued.link_secret) == 43  # 32 bytes in base64
    assert enter(issued.code) == issued.invitation


# --- Its life -------------------------------------------------------------------------------------


def test_a_new_invitation_kills_the_old_one(rowan, nurse):
    old, new = issue(participant=rowan, by=nurse), issue(participant=rowan, by=nurse)
    with pytest.raises(WrongCode):
        enter(old.code)
    with pytest.raises(WrongCode):
        follow(old.link_secret)
    assert enter(new.code) == new.invitation


def test_one_participant_never_has_two_live_invitations(rowan, nurse):
    issued = issue(participant=rowan, by=nurse).invitation
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(
            participant=rowan,
            selector="ZZZZ",
            link_hash="0" * 64,
            expires=issued.expires,
            issued_at=issued.issued_at,
            issued_by=nurse,
        )


def test_two_invitations_never_share_a_selector(rowan, jo, nurse, monkeypatch):
    first = issue(participant=rowan, by=nurse)
    taken = invitations.codes.Code(first.invitation.selector + "0" * 12)
    offered = [taken, taken, free := new_code()]
    monkeypatch.setattr(invitations.codes, "new_code", lambda: offered.pop(0))
    assert issue(participant=jo, by=nurse).invitation.selector == free.selector


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("now", "appointment", "ends"),
    [
        ("2026-11-23T10:00", None, "2026-12-07T10:00"),
        ("2026-11-23T10:00", "2026-11-26T14:30", "2026-11-28T00:00"),
        ("2026-11-23T10:00", "2026-11-23T09:00", "2026-11-25T00:00"),
        ("2026-11-23T10:00", "2027-02-01T09:00", "2026-12-07T10:00"),
        ("2026-11-23T10:00", "2026-11-02T09:00", "2026-12-07T10:00"),  # an appointment long past
        (
            "2026-10-20T10:00",
            "2026-10-24T23:30",
            "2026-10-26T00:00",
        ),  # the clocks go back in between
    ],
)
def test_an_invitation_lives_two_weeks_or_to_the_day_after_the_appointment(now, appointment, ends):
    assert invitations.expiry(at(now), appointment and at(appointment)) == at(ends)


@pytest.mark.catalogue("B5")
def test_every_way_of_being_shut_out_is_the_same_and_costs_the_same_work(rowan, nurse, monkeypatch):
    checked = []
    monkeypatch.setattr(invitations, "check_password", counting(hashers.check_password, checked))
    said = {}
    for ending in ENDINGS:
        Attempt.objects.all().delete()
        code, secret = ending(rowan, nurse)
        checked.clear()
        with pytest.raises(WrongCode) as by_code:
            enter(code)
        assert len(checked) == 1, ending.__name__
        with pytest.raises(WrongCode) as by_link:
            follow(secret)
        said[ending.__name__] = (str(by_code.value), str(by_link.value))
    assert len(set(said.values())) == 1


@pytest.mark.catalogue("B5")
def test_control_an_early_answer_for_an_unknown_code_would_show(rowan, nurse, monkeypatch):
    checked = []
    monkeypatch.setattr(invitations, "check_password", counting(hashers.check_password, checked))
    for ending, known in ((unknown, False), (expired, True)):
        code, _ = ending(rowan, nurse)
        if Invitation.objects.filter(selector=code[:4]).exists():  # what an early return would ask
            with pytest.raises(WrongCode):
                enter(code)
        assert bool(checked) is known


def counting(check, calls):
    def counted(*args, **kwargs):
        calls.append(args)
        return check(*args, **kwargs)

    return counted


def unknown(rowan, nurse):
    return a_wrong_code(), "x" * 43


def expired(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    Invitation.objects.filter(pk=issued.invitation.pk).update(expires=timezone.now())
    return issued.code, issued.link_secret


def revoked(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    revoke(invitation=issued.invitation, by=nurse)
    return issued.code, issued.link_secret


def used(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    Invitation.objects.filter(pk=issued.invitation.pk).update(used_at=timezone.now(), used_by="x")
    return issued.code, issued.link_secret


def half_guessed(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    guess = invitations.codes.Code(issued.invitation.selector + new_code().secret)
    return guess.shown, issued.link_secret[:-1]


ENDINGS = (unknown, expired, revoked, used, half_guessed)


# --- Trying --------------------------------------------------------------------------------------


@pytest.mark.catalogue("B9")
def test_a_slip_of_the_keys_is_told_apart_and_costs_no_try(rowan, nurse):
    code = issue(participant=rowan, by=nurse).code
    slipped = ("Z" if code[0] != "Z" else "Y") + code[1:]
    for _ in range(30):
        with pytest.raises(SlipOfTheKeys):
            enter(slipped)
    assert not Attempt.objects.exists()
    assert enter(code)


@pytest.mark.catalogue("B4")
def test_ten_wrong_tries_in_five_minutes_then_a_wait(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    try_wrongly(10)
    with pytest.raises(tries.TooManyTries) as refused:
        enter(issued.code)
    assert 0 < refused.value.seconds <= 300
    with pytest.raises(tries.TooManyTries):
        follow(issued.link_secret)
    Attempt.objects.update(tried=timezone.now() - tries.WINDOW)
    assert enter(issued.code) == issued.invitation


@pytest.mark.catalogue("B4")
def test_control_without_the_limit_guessing_would_go_on(monkeypatch):
    monkeypatch.setattr(tries, "_free_again", lambda earlier, now: None)
    try_wrongly(25)


@pytest.mark.catalogue("B10")
def test_a_stranger_cannot_lock_a_person_out_of_their_own_code(rowan, nurse, monkeypatch):
    issued = issue(participant=rowan, by=nurse)
    monkeypatch.setattr(tries, "WRONG_TRIES_EVERYWHERE", 20)
    try_wrongly(10, "198.51.100.1")
    try_wrongly(10, "198.51.100.2")
    try_wrongly(1, "198.51.100.3")
    with pytest.raises(tries.TooManyTries):  # everywhere: an address that has been wrong waits
        enter(a_wrong_code(), "198.51.100.3")
    assert enter(issued.code, ELSEWHERE) == issued.invitation


def test_getting_in_takes_the_try_back(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    for _ in range(15):
        enter(issued.code)
    assert not Attempt.objects.exists()


@pytest.mark.catalogue("B4")
def test_one_household_behind_ipv6_counts_as_one_address():
    assert tries.network_of("2001:db8:1:2::1") == tries.network_of("2001:db8:1:2:ffff::9")
    assert tries.network_of("2001:db8:1:2::1") != tries.network_of("2001:db8:1:3::1")
    assert tries.network_of("::ffff:192.0.2.7") == HERE
    assert tries.network_of("not an address" * 9) == ("not an address" * 9)[:64]


@pytest.mark.catalogue("B4")
def test_nobody_guesses_a_code_in_its_lifetime():
    guesses = tries.WRONG_TRIES_EVERYWHERE * 60 * 24 * invitations.LIFE.days
    live_codes = 10_000
    chance = guesses * live_codes / 32**16
    print(
        f"chance of one hit in 14 days at full speed against {live_codes} live codes: {chance:.1e}"
    )
    assert chance < 1e-9


def test_addresses_are_forgotten_after_a_day():
    Attempt.objects.create(address=ELSEWHERE, tried=timezone.now() - timedelta(days=1, minutes=1))
    try_wrongly(1)
    assert list(Attempt.objects.values_list("address", flat=True)) == [HERE]


# --- Audit ---------------------------------------------------------------------------------------


def test_every_issue_opening_withdrawal_and_refusal_is_in_the_audit_without_a_secret(rowan, nurse):
    issued = issue(participant=rowan, by=nurse)
    enter(issued.code)
    revoke(invitation=issued.invitation, by=nurse)
    try_wrongly(1)
    rows = AuditEvent.objects.filter(action__contains="invitation").order_by("pk")
    assert [(row.by_label, row.kind, row.action) for row in rows] == [
        ("Ada Example", "write", "issue an invitation"),
        ("the person, by invitation", "read", "open an invitation"),
        ("Ada Example", "write", "withdraw an invitation"),
        ("somebody without a fitting code", "refusal", "open an invitation"),
    ]
    assert rows[0].subject == rowan.consultation.public_id
    assert issued.code not in json.dumps([row.detail for row in rows])
