"""Letting one person in without an account: a link, and a code to type from a letter.

Both secrets come from the operating system, are shown once to the member of staff who makes them,
and are kept only as hashes. Every way of not getting in costs the same work and gives the same
answer, except a slip of the keys, which the check character tells apart and which costs no try.
Tests: tests/consultations/test_invitations.py.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from consultations import codes
from consultations.actions import tries
from consultations.actions.noting import note
from consultations.codes import Code, Slip
from consultations.lifecycle import Event, Status, allowed
from consultations.models import Attempt, Consultation, Invitation, Participant
from consultations.queries.respond import respondent
from sdmtool import audit
from sdmtool.models import User

LIFE = timedelta(days=14)
HASHER = (
    "scrypt"  # the code has 60 secret bits, so it needs a slow hash; the link has 256 and does not
)
INVITED = (Participant.Kind.PERSON, Participant.Kind.CARER)
STRANGER = audit.Actor("somebody without a fitting code")


class WrongCode(Exception):
    """Unknown, expired, withdrawn or used: nobody is told which."""


class SlipOfTheKeys(Exception):
    """What was typed cannot be any code; it costs no try."""


class CannotInvite(Exception):
    """This participant has no invitation, or the consultation takes no list any more."""


@dataclass(frozen=True)
class Issued:
    """A new invitation, with the two secrets that are shown now and never again."""

    invitation: Invitation
    link_secret: str
    code: str


@transaction.atomic
def issue(*, participant: Participant, by: User) -> Issued:
    """A fresh invitation; any earlier one of this participant is dead from now on, and its session
    too.
    """
    consultation = Consultation.objects.select_for_update().get(pk=participant.consultation_id)
    if participant.kind not in INVITED or not _takes_lists(consultation):
        raise CannotInvite(participant.kind)
    now = timezone.now()
    _withdraw(participant, by=by)
    code, link_secret = _unused_code(), secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        participant=participant,
        selector=code.selector,
        code_hash=make_password(code.secret, hasher=HASHER),
        link_hash=link_hash(link_secret),
        expires=expiry(now, consultation.appointment),
        issued_at=now,
        issued_by=by,
    )
    _note(invitation, by, "issue an invitation")
    return Issued(invitation, link_secret, code.shown)


@transaction.atomic
def hand_over(*, participant: Participant, by: User) -> Invitation:
    """A fresh invitation for somebody who sits here and types nothing; nobody learns its secrets.

    CannotInvite.
    """
    invitation = issue(participant=participant, by=by).invitation
    _note(invitation, by, "hand the tablet over")
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """The link, the code and a session opened with either are dead from now on. What was saved
    stays.
    """
    _withdraw(invitation.participant, by=by)
    _note(invitation, by, "withdraw an invitation")


@transaction.atomic
def confirm_code(*, participant: Participant, typed: str, by: User) -> Invitation:
    """The participant's live invitation, for a letter with its code. WrongCode unless it is its
    own: nothing is looked up, since the code is not kept; nothing is used up.
    """
    live = Invitation.objects.filter(participant=participant, revoked_at=None, used_at=None).first()
    try:
        code = codes.read_code(typed)
    except Slip as slip:
        raise WrongCode from slip
    if live is None or not _is_live(live) or live.selector != code.selector:
        raise WrongCode
    if not check_password(code.secret, live.code_hash, preferred=HASHER):
        raise WrongCode
    _note(live, by, "print an invitation letter", kind=audit.Kind.PRINT)
    return live


def exchange_code(*, typed: str, address: str) -> Invitation:
    """The live invitation of a typed code. SlipOfTheKeys, WrongCode or tries.TooManyTries."""
    try:
        code = codes.read_code(typed)
    except Slip as slip:
        raise SlipOfTheKeys(str(slip)) from slip
    attempt = tries.begin(address)
    found = Invitation.objects.filter(selector=code.selector).first()
    fits = check_password(code.secret, found.code_hash if found else _nobody(), preferred=HASHER)
    return _let_in(found if fits else None, attempt)


def exchange_link(*, secret: str, address: str) -> Invitation:
    """The live invitation of a link's secret. WrongCode or tries.TooManyTries."""
    attempt = tries.begin(address)
    return _let_in(Invitation.objects.filter(link_hash=link_hash(secret)).first(), attempt)


def expiry(now: datetime, appointment: datetime | None) -> datetime:
    """14 days from now, or the end of the day after the appointment when that is sooner and still
    ahead.
    """
    latest = now + LIFE
    if appointment is None:
        return latest
    day_after = timezone.localtime(appointment).date() + timedelta(days=2)
    end = timezone.make_aware(datetime.combine(day_after, time.min))
    return min(latest, end) if end > now else latest


def link_hash(secret: str) -> str:
    """SHA-256 in hexadecimal; a plain hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _let_in(invitation: Invitation | None, attempt: Attempt) -> Invitation:
    """`invitation` if it is live, its try taken back; every other ending is the same."""
    if invitation is None or not _is_live(invitation):
        audit.record_refusal(by=STRANGER, action="open an invitation")
        raise WrongCode
    with transaction.atomic():
        attempt.delete()
        _note(
            invitation,
            respondent(invitation.participant),
            "open an invitation",
            kind=audit.Kind.READ,
        )
    return invitation


def _is_live(invitation: Invitation) -> bool:
    ended = invitation.revoked_at or invitation.used_at
    return not ended and invitation.expires > timezone.now()


def _takes_lists(consultation: Consultation) -> bool:
    return Event.SHARE_LIST in allowed(Status(consultation.status))


def _withdraw(participant: Participant, *, by: User) -> None:
    """Used ones too: the session that sent a sheet ends when somebody issues a new invitation."""
    Invitation.objects.filter(participant=participant, revoked_at__isnull=True).update(
        revoked_at=timezone.now(), revoked_by=by
    )


def _unused_code() -> Code:
    while True:
        code = codes.new_code()
        if not Invitation.objects.filter(selector=code.selector).exists():
            return code


@lru_cache(maxsize=1)
def _nobody() -> str:
    """What a code nobody has is checked against, so that it costs the same work."""
    return make_password(secrets.token_urlsafe(16), hasher=HASHER)


def _note(invitation: Invitation, by: audit.By, action: str, kind: str = audit.Kind.WRITE) -> None:
    note(invitation.participant.consultation, by, action, kind=kind, obj=invitation)
