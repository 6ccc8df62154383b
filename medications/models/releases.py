"""What was signed: a release, and each profile in it, as the canonical text everybody was shown.

A release keeps its own copy of every word, because a published page must never change when the
vocabulary is bettered. `content_hash` is over that copy; `editions.py` says what is in it. Numbers
run 1, 2, 3 without a gap: each release names the one before it, and the database checks the
arithmetic.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from medications.models.profiles import Profile
from sdmtool.frozen import FrozenModel


class Release(FrozenModel):
    """One numbered, dated edition of all profiles, signed by two people.

    The highest number is current.
    """

    mutability = "frozen"

    number = models.PositiveIntegerField(primary_key=True)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=80)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    second_signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    review_by = models.DateField()
    is_demonstration = models.BooleanField()
    content = models.TextField()
    content_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(published_by=F("second_signer")), name="release_signed_by_two"
            ),
            models.CheckConstraint(
                condition=Q(number=1, previous__isnull=True)
                | Q(previous__isnull=False, number=F("previous") + 1),
                name="release_numbers_have_no_gap",
            ),
        ]

    def __str__(self) -> str:
        return f"Release {self.number} ({self.name})"


class ReleaseProfile(FrozenModel):
    """One approved profile as it stands in one release."""

    mutability = "frozen"

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="profiles")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    medicine = models.ForeignKey("Medicine", on_delete=models.PROTECT, related_name="+")
    content = models.TextField()
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["medicine"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "medicine"], name="release_holds_a_medicine_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.medicine_id} in release {self.release_id}"
