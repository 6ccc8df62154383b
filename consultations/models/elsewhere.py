"""A record opened from another clinic, with a reason."""

from django.conf import settings
from django.db import models

from sdmtool.frozen import FrozenModel


class BrokenGlass(FrozenModel):
    """Somebody of another clinic opened this record to read it, until the end of `day`."""

    mutability = "append-only"

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300)
    day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id} opened by {self.opened_by_id} on {self.day}"
