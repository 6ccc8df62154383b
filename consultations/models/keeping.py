"""How long a record is kept: what holds it longer, and what ends it sooner."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class LegalHold(models.Model):
    """While it stands, the record is neither removed when its time is over nor erased."""

    mutability = "mutable"

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="holds"
    )
    reason = models.CharField(max_length=300)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(lifted_at__isnull=True),
                name="legal_hold_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="legal_hold_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.consultation_id}"


class ErasureRequest(models.Model):
    """Somebody asked that the record be erased. The row goes with the record."""

    mutability = "mutable"

    consultation = models.OneToOneField(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="erasure_request"
    )
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"erasure of {self.consultation_id} asked for"
