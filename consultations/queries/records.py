"""Whose record it is. Every clinic page reaches a consultation through `visible_to`."""

from django.db.models import QuerySet

from consultations.models import Consultation
from sdmtool.access import Action, clinics_where
from sdmtool.models import User


def visible_to(user: User) -> QuerySet[Consultation]:
    """The consultations of the clinics in which `user` may read records today, and no others."""
    return Consultation.objects.filter(
        clinic__in=clinics_where(user, Action.READ_RECORD)
    ).select_related("clinic", "opened_by")
