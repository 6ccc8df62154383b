"""The worklist: whose visit comes next, in a fixed number of queries however many records there
are.

Every section is capped. A line says no more about a sheet than that it is there, and whether own
words in it have been opened by anybody on the staff since it was sent (the audit of My list knows).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from consultations import references
from consultations.answers import Answers
from consultations.lifecycle import Status
from consultations.models import Consultation, Draft, Invitation, Participant, Sheet
from consultations.queries.records import visible_to
from consultations.snapshots import Waited, Waiting
from sdmtool.models import AuditEvent, User

MOST_LINES = 50
COMING_DAYS = 14
SIGNED_DAYS = 14
ENDED = [Status.SIGNED.value, Status.ABANDONED.value]
OPENED = "my_list"  # what the audit calls the opening of My list

Rows = QuerySet[Consultation]


def sections(user: User, now: datetime) -> dict[str, tuple[Waiting, ...]]:
    """Today, coming, earlier, offer_again, undated, signed: name to lines. Eight queries."""
    found = _sections(visible_to(user), timezone.localtime(now))
    rows = {name: list(section[:MOST_LINES]) for name, section in found.items()}
    beside = _Beside(row for section in rows.values() for row in section)
    return {name: tuple(beside.line(row) for row in section) for name, section in rows.items()}


def with_reference(user: User, reference: str) -> tuple[Waiting, ...]:
    """Every consultation with this reference in the user's clinics, newest first. Three queries."""
    rows = visible_to(user).filter(reference=references.tidy(reference)).order_by("-opened_at")
    shown = list(rows.select_related("clinic", "decision")[:MOST_LINES])
    beside = _Beside(shown)
    return tuple(beside.line(row) for row in shown)


def _sections(visible: Rows, now: datetime) -> dict[str, Rows]:
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, last = today + timedelta(days=1), today + timedelta(days=1 + COMING_DAYS)
    going = visible.filter(~Q(status__in=ENDED))
    active = going.exclude(status=Status.POSTPONED.value)
    found = {
        "today": active.filter(appointment__gte=today, appointment__lt=tomorrow),
        "coming": active.filter(appointment__gte=tomorrow, appointment__lt=last),
    }
    found = {name: rows.order_by("appointment", "pk") for name, rows in found.items()}
    found["earlier"] = active.filter(appointment__lt=today).order_by("-appointment", "pk")
    found["offer_again"] = going.filter(status=Status.POSTPONED.value).order_by("offer_again_on")
    found["undated"] = active.filter(appointment__isnull=True).order_by("-opened_at")
    since = now - timedelta(days=SIGNED_DAYS)
    signed = visible.filter(decision__signed_at__gte=since)
    found["signed"] = signed.order_by("-decision__signed_at")
    return {name: rows.select_related("clinic", "decision") for name, rows in found.items()}


class _Beside:
    """What stands beside the rows of a page: their participants, and when My list was last
    opened.
    """

    def __init__(self, rows: Iterable[Consultation]) -> None:
        ids = {row.pk: row.public_id for row in rows}
        self.people: dict[int, list[Waited]] = {pk: [] for pk in ids}
        for participant in _participants(ids):
            self.people[participant.consultation_id].append(_waited(participant))
        self.opened = _opened(ids.values())

    def line(self, row: Consultation) -> Waiting:
        decision = getattr(row, "decision", None)
        return Waiting(
            public_id=row.public_id,
            clinic_name=row.clinic.name,
            reference=row.reference,
            person_name=row.person_name,
            question=row.question,
            situation=row.situation,
            status=Status(row.status),
            appointment=timezone.localtime(row.appointment) if row.appointment else None,
            offer_again_on=row.offer_again_on,
            signed_on=_day(decision.signed_at) if decision else None,
            review_on=decision.review_on if decision else None,
            people=tuple(self.people[row.pk]),
            last_opened=self.opened.get(row.public_id),
        )


def _participants(ids: Iterable[int]) -> QuerySet[Participant]:
    newest = Sheet.objects.filter(participant=OuterRef("pk")).order_by("-number")
    live = Invitation.objects.filter(
        participant=OuterRef("pk"),
        revoked_at__isnull=True,
        used_at__isnull=True,
        expires__gt=timezone.now(),
    )
    return (
        Participant.objects.filter(consultation__in=list(ids))
        .exclude(kind=Participant.Kind.PROFESSIONAL)
        .annotate(
            sent_at=Subquery(newest.values("sent_at")[:1]),
            typed=Subquery(newest.values("typed_by")[:1]),
            answers=Subquery(newest.values("answers")[:1]),
            has_begun=Exists(Draft.objects.filter(participant=OuterRef("pk"), revision__gt=0)),
            is_invited=Exists(live),
        )
        .order_by("pk")
    )


def _waited(row: Any) -> Waited:
    return Waited(
        kind=row.kind,
        sent_at=timezone.localtime(row.sent_at) if row.sent_at else None,
        is_paper=row.typed is not None,
        has_own_words=Answers.from_json(row.answers or {}).has_words,
        has_begun=row.has_begun,
        is_invited=row.is_invited,
    )


def _opened(subjects: Iterable[UUID]) -> dict[UUID | None, datetime]:
    reads = AuditEvent.objects.filter(
        subject__in=list(subjects), kind=AuditEvent.Kind.READ, action=OPENED, by__isnull=False
    )
    return {row["subject"]: row["last"] for row in reads.values("subject").annotate(last=Max("at"))}


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
