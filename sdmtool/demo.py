"""The demonstration clinic, made by the same actions that the pages call.

Everybody in it is made up: fixtures/demo/clinic.toml.
"""

import tomllib
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultations.actions import invitations, meeting, opening, sheets
from consultations.answers import Answers, FilledIn
from consultations.models import Consultation, Participant
from consultations.present import record
from consultations.queries.respond import respondent
from consultations.snapshots import Deciding
from sdmtool import audit
from sdmtool.accounts import second_factor
from sdmtool.models import Clinic, Membership, User

Row = dict[str, Any]


def plan() -> Row:
    """fixtures/demo/clinic.toml."""
    return tomllib.loads((settings.FIXTURES_DIR / "demo" / "clinic.toml").read_text())


@transaction.atomic
def seed() -> bool:
    """Make the clinics, accounts and consultations. False when they are there already."""
    told = plan()
    if Clinic.objects.filter(name=told["clinics"][0]["name"]).exists():
        return False
    for row in told["clinics"]:
        clinic = Clinic.objects.create(**row)
        audit.record(
            by=None, kind=audit.Kind.WRITE, action="make a demonstration clinic", obj=clinic
        )
    for row in told["accounts"]:
        _account(row, told["password"])
    for row in told["consultations"]:
        _consultation(row, told["clinics"][0]["name"])
    return True


def codes_now() -> list[tuple[str, str]]:
    """Each demonstration account with the code its app would show at this moment."""
    emails = [row["email"] for row in plan()["accounts"]]
    found = User.objects.in_bulk(emails, field_name="email")
    return [(email, second_factor.code_now(found[email])) for email in emails]


def live_code() -> str:
    """A fresh invitation code for the person who has not begun; the one before is dead."""
    waiting = Participant.objects.filter(
        kind=Participant.Kind.PERSON, consultation__status="open"
    ).order_by("pk")[0]
    return invitations.issue(participant=waiting, by=waiting.consultation.opened_by).code


def _account(row: Row, password: str) -> None:
    user = User.objects.create_user(row["email"], row["name"], password)
    clinic = Clinic.objects.get(name=row["clinic"])
    Membership.objects.create(
        user=user, clinic=clinic, role=row["role"], starts_on=timezone.localdate()
    )
    TOTP.activate(user, generate_totp_secret())
    audit.record(by=None, kind=audit.Kind.WRITE, action="make a demonstration account", obj=user)


def _consultation(row: Row, first_clinic: str) -> None:
    clinic = Clinic.objects.get(name=row.get("clinic", first_clinic))
    by = User.objects.get(memberships__clinic=clinic, memberships__role="prescriber")
    same = ("reference", "name_to_use", "birth_year", "question", "situation")
    maybe = ("not_up_for_choice", "current_medicine", "current_dose", "needs")
    consultation = opening.open_consultation(
        clinic=clinic,
        person_name=row["name"],
        appointment=_appointment(row),
        carers=[opening.Carer(row["carer"])] if "carer" in row else [],
        by=by,
        **{name: row[name] for name in same},
        **{name: row[name] for name in maybe if name in row},
    )
    if "places" in row:
        _send(consultation, Participant.Kind.PERSON, row["places"], row["helpful"])
    if "carer_places" in row:
        _send(consultation, Participant.Kind.CARER, row["carer_places"], [])
    _go_on(consultation, row, by)


def _send(
    consultation: Consultation, kind: str, places: list[list[str]], helpful: list[str]
) -> None:
    """Invited, filled in and sent, as somebody does it at home."""
    participant = consultation.participants.get(kind=kind)
    answers = Answers(
        places=tuple(tuple(place) for place in places),
        helpful=tuple(helpful),
        filled_in=FilledIn.ALONE,
        person_may_see=kind == Participant.Kind.CARER,
    )
    by = respondent(participant)
    invitations.issue(participant=participant, by=consultation.opened_by)
    draft = sheets.save_draft(participant=participant, answers=answers, revision=0, by=by)
    sheets.send_sheet(
        participant=participant, answers=answers, sending_key=draft.sending_key, by=by
    )


def _go_on(consultation: Consultation, row: Row, by: User) -> None:
    """From the list to the status the row names, one action after the other."""
    now = _Now(consultation, by)
    if row["status"] == "postponed":
        again = timezone.localdate() + timedelta(days=row["offer_again_in_days"])
        now.do(meeting.postpone, reason=row["reason"], offer_again_on=again)
    if row["status"] == "abandoned":
        now.do(meeting.abandon, reason=row["reason"])
    if row["status"] in {"compared", "decided", "signed"}:
        now.do(meeting.compare)
    if row["status"] in {"decided", "signed"}:
        said = {"person_says": row["person_view"], "professional_says": row["professional_view"]}
        now.do(meeting.save_decision, deciding=_deciding(row), **said)
    if row["status"] == "signed":
        now.do(meeting.sign, deciding=_deciding(row), words=record.record)


class _Now:
    """A consultation and who acts on it; each act carries the version as it stands."""

    def __init__(self, consultation: Consultation, by: User) -> None:
        self.consultation, self.by = consultation, by

    def do(self, act: Callable[..., Any], **words: Any) -> None:
        self.consultation.refresh_from_db()
        act(consultation=self.consultation, version=self.consultation.version, by=self.by, **words)


def _deciding(row: Row) -> Deciding:
    return Deciding(
        options=tuple(row["discussed"]),
        outcome=row["outcome"],
        chosen=row["chosen"],
        plan=row["plan"],
        watch_for=row["watch_for"],
        review_on=timezone.localdate() + timedelta(days=row["review_in_days"]),
        copy_given="printed",
    )


def _appointment(row: Row) -> datetime:
    day = timezone.localdate() + timedelta(days=row["in_days"])
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(row["at"])))
