"""Who changed which cell of a draft, when and why."""

from django.conf import settings
from django.db import models

from medications.models.profiles import Profile
from medications.models.vocabulary import SideEffect
from sdmtool.frozen import FrozenModel


class CellChange(FrozenModel):
    """One change of one cell: what it said, what it says. Whoever made one is an author.

    `number` counts the changes of a draft, from 1; the last one is the draft's version.
    """

    mutability = "append-only"

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="cell_changes")
    number = models.PositiveIntegerField()
    effect = models.ForeignKey(SideEffect, on_delete=models.PROTECT, related_name="+")
    was = models.JSONField()
    became = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "number"], name="cell_change_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.effect_id}"
