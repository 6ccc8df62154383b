"""Whose record it is. Every clinic page reaches a consultation through `visible_to`."""

from django.db.models import QuerySet
from django.utils import timezone

from consultations.models import BrokenGlass, Consultation
from sdmtool.access import Action, clinics_where
from sdmtool.models import User


def visible_to(user: User) -> QuerySet[Consultation]:
    """The consultations of the clinics in which `user` may read records today, and no others."""
    return Consultation.objects.filter(
        clinic__in=clinics_where(user, Action.READ_RECORD)
    ).select_related("clinic", "opened_by")


def opened_elsewhere(user: User) -> QuerySet[Consultation]:
    """Records of other clinics that `user` opened today with a reason, to read only."""
    today = timezone.localdate()
    opened = BrokenGlass.objects.filter(opened_by=user, day=today).values("consultation")
    return Consultation.objects.filter(pk__in=opened).select_related("clinic", "opened_by")


def broken_glass(consultation: Consultation) -> QuerySet[BrokenGlass]:
    """Who opened this record from another clinic, when and why: for the person, oldest first."""
    return BrokenGlass.objects.filter(consultation=consultation).select_related("opened_by")


def broken_glass_today(user: User) -> list[dict[str, str]]:
    """Which records of the clinics of `user` were opened from another clinic today, and why."""
    rows = BrokenGlass.objects.filter(
        day=timezone.localdate(), consultation__in=visible_to(user)
    ).select_related("opened_by", "consultation")
    return [
        {
            "reference": row.consultation.reference,
            "who": row.opened_by.full_name,
            "reason": row.reason,
        }
        for row in rows
    ]
