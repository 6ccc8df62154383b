"""What a clinician decided before somebody is given a copy of all that is kept about them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sdmtool.frozen import FrozenModel


class HarmDecision(FrozenModel):
    """Whether words that are not the person's own go into their copy. The newest one counts.

    Without a decision they are left out. `reason` is the clinician's: why giving them would, or
    would not, be likely to cause serious harm, or break a confidence.
    """

    mutability = "append-only"

    class Words(models.TextChoices):
        CARER = "carer", "what a carer or supporter wrote"
        STAFF = "staff", "what staff wrote for the team only"

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="harm_decisions"
    )
    words = models.CharField(max_length=10, choices=Words.choices)
    is_released = models.BooleanField()
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(words__in=["carer", "staff"]), name="harm_decision_known_words"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="harm_decision_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.words} of {self.consultation_id}: {self.is_released}"
