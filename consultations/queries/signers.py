"""Who may sign in a clinic today."""

from django.db.models import Q
from django.utils import timezone

from sdmtool.access import Action, roles_granting
from sdmtool.models import Clinic, Membership


def names(clinic: Clinic) -> tuple[str, ...]:
    """The names of those who may sign there, in order. One query."""
    today = timezone.localdate()
    held = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        clinic=clinic,
        role__in=roles_granting(Action.SIGN),
        starts_on__lte=today,
        user__is_active=True,
    )
    return tuple(held.order_by("user__full_name").values_list("user__full_name", flat=True))
