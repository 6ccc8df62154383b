"""A participant's answers: a draft saved at every step, and sheets that never change once sent."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from sdmtool.frozen import FrozenModel


class Draft(models.Model):
    """What a participant has answered so far. `answers` is an `answers.Answers` as JSON."""

    mutability = "mutable"

    participant = models.OneToOneField(
        "consultations.Participant", on_delete=models.PROTECT, related_name="draft"
    )
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    sending_key = models.UUIDField(default=uuid.uuid4)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Sheet(FrozenModel):
    """One participant's answers as they were sent. A changed list is a new sheet, one number on.

    `sending_key` is the draft's: sending twice makes one sheet.
    """

    mutability = "frozen"

    participant = models.ForeignKey(
        "consultations.Participant", on_delete=models.PROTECT, related_name="sheets"
    )
    number = models.PositiveSmallIntegerField()
    sending_key = models.UUIDField(unique=True)
    answers = models.JSONField()
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "number"], name="sheet_number_once"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.number} of {self.participant}"


class Wish(FrozenModel):
    """One line of a sent sheet: to avoid, in its place; welcome; or also named, without a place.

    One row per effect and sheet: the database cannot hold the same effect both ways.
    """

    mutability = "frozen"

    class Kind(models.TextChoices):
        AVOID = "avoid"
        HELPFUL = "helpful"
        ALSO = "also"

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="wishes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    effect = models.CharField(max_length=40, blank=True)
    own_words = models.CharField(max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "effect"],
                condition=~Q(effect=""),
                name="wish_effect_once",
            ),
            models.CheckConstraint(
                condition=(Q(effect="") & ~Q(own_words="")) | (~Q(effect="") & Q(own_words="")),
                name="wish_effect_or_own_words",
            ),
            models.CheckConstraint(
                condition=Q(kind="avoid", place__gte=1, place__lte=5)
                | Q(kind__in=["helpful", "also"], place__isnull=True),
                name="wish_place_only_when_avoided",
            ),
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class StillRight(FrozenModel):
    """Somebody asked, and the person said that this sheet still says what they want."""

    mutability = "append-only"

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="confirmations")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.sheet} is still right"
