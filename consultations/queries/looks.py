"""Who has looked at a record, from the audit: for the person it is about. Three queries."""

from django.utils import timezone

from consultations.looks import Act
from consultations.models import BrokenGlass, Consultation
from sdmtool.access import Role
from sdmtool.models import AuditEvent, Membership


def acts(consultation: Consultation) -> list[Act]:
    """Every row of the audit about this record, staff with what they are in its clinic."""
    rows = AuditEvent.objects.filter(subject=consultation.public_id).order_by("pk")
    found = list(rows.values_list("at", "by_id", "by_label", "kind", "action"))
    roles = _roles(consultation, {by for _, by, *_ in found if by})
    return [
        Act(timezone.localtime(at), _who(label, roles.get(by, "")), kind, action)
        for at, by, label, kind, action in found
    ]


def from_elsewhere(consultation: Consultation) -> list[tuple[str, str, str]]:
    """Day, name and reason of each time it was opened from another clinic."""
    rows = BrokenGlass.objects.filter(consultation=consultation).select_related("opened_by")
    return [(f"{row.day:%-d %B %Y}", row.opened_by.full_name, row.reason) for row in rows]


def _roles(consultation: Consultation, people: set[int]) -> dict[int, str]:
    held = Membership.objects.filter(clinic=consultation.clinic, user__in=people)
    return {row.user_id: Role(row.role).label for row in held.order_by("starts_on")}


def _who(label: str, role: str) -> str:
    return f"{label}, {role}" if role else label
