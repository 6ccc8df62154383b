"""The audit as an administrator sees it: their own clinics' events, and no clinical text.

`detail` is never shown: what is, is who, when, what kind, which page or act, and the record's
reference. Tests: tests/sdmtool/test_audit_viewer.py.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations.models import Consultation
from sdmtool import audit
from sdmtool.administration import queries
from sdmtool.models import AuditEvent, Membership, User

ON_A_PAGE = 50
MOST_EXPORTED = 10_000
COLUMNS = ("When", "Who", "Kind", "What", "Clinic", "Record")
LEADS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula


@dataclass(frozen=True)
class Looked:
    """What to look for; an empty part asks nothing."""

    day: date | None = None
    who: int | None = None
    kind: str = ""
    reference: str = ""


class Line(NamedTuple):
    """One event. The fields are the columns."""

    when: datetime
    who: str
    kind: str
    what: str
    clinic: str
    record: str


def staff(user: User) -> list[tuple[int, str]]:
    """Everybody who ever held a role in the clinics `user` administers, by name."""
    held = Membership.objects.filter(clinic__in=queries.clinics(user))
    found = User.objects.filter(pk__in=held.values("user")).order_by("full_name", "pk")
    return [(one.pk, one.full_name) for one in found]


@transaction.atomic
def page(*, looked: Looked, number: int, by: User) -> tuple[list[Line], bool]:
    """The newest first, and whether there are older ones. Looking is audited."""
    start = (number - 1) * ON_A_PAGE
    rows = list(_found(by, looked)[start : start + ON_A_PAGE + 1])
    lines = _lines(rows[:ON_A_PAGE], by)
    _note("audit", audit.Kind.READ, len(lines), by)
    return lines, len(rows) > ON_A_PAGE


@transaction.atomic
def export(*, looked: Looked, by: User) -> str:
    """What was found as comma-separated values; nothing in it starts a formula."""
    lines = _lines(list(_found(by, looked)[:MOST_EXPORTED]), by)
    _note("audit as a file", audit.Kind.EXPORT, len(lines), by)
    return as_csv(lines)


def as_csv(lines: Iterable[Line]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in lines:
        when = timezone.localtime(line.when).strftime("%Y-%m-%d %H:%M:%S")
        writer.writerow([when, *map(defused, line[1:])])
    return out.getvalue()


def defused(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(LEADS) or cell.startswith(LEADS) else cell


def _found(by: User, looked: Looked) -> QuerySet[AuditEvent]:
    """The events of the clinics `by` administers, and what staff of theirs did outside any."""
    own = queries.clinics(by)
    staff_here = Membership.objects.filter(clinic__in=own).values("user")
    seen = Q(clinic__in=own) | Q(clinic__isnull=True, by__in=staff_here)
    rows = AuditEvent.objects.filter(seen).select_related("clinic").order_by("-pk")
    if looked.day:
        start = timezone.make_aware(datetime.combine(looked.day, time.min))
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if looked.who:
        rows = rows.filter(by=looked.who)
    if looked.kind:
        rows = rows.filter(kind=looked.kind)
    if looked.reference:
        named = Consultation.objects.filter(clinic__in=own, reference__iexact=looked.reference)
        rows = rows.filter(subject__in=named.values("public_id"))
    return rows


def _lines(rows: list[AuditEvent], by: User) -> list[Line]:
    named = _references({row.subject for row in rows if row.subject}, by)
    return [
        Line(
            timezone.localtime(row.at),
            row.by_label if row.by_id else _without_account(row),
            row.get_kind_display(),
            row.action.replace("_", " "),
            row.clinic.name if row.clinic else "",
            named.get(row.subject, "") if row.subject else "",
        )
        for row in rows
    ]


def _without_account(row: AuditEvent) -> str:
    """A person or carer by no name: this page is about the record, and names nobody in it."""
    return "somebody with an invitation" if row.subject else row.by_label


def _references(subjects: set[UUID], by: User) -> dict[UUID, str]:
    own = Consultation.objects.filter(clinic__in=queries.clinics(by), public_id__in=subjects)
    return dict(own.values_list("public_id", "reference"))


def _note(action: str, kind: str, events: int, by: User) -> None:
    for clinic in queries.clinics(by):
        audit.record(by=by, kind=kind, action=action, clinic=clinic, detail={"events": events})
