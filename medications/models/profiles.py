"""One revision of one medicine's profile, from draft to approved.

An approved profile never changes again, nor does anything that belongs to it: the guards here stop
an honest mistake, triggers (migration 0002) stop the rest. Tests:
tests/medications/test_frozen_profiles.py.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from medications.card_fields import CardField
from medications.lifecycle import OPEN, Event, Status
from medications.models.vocabulary import Medicine, SideEffect, Source
from medications.ratings import Confidence, Rating
from sdmtool.frozen import Frozen, FrozenModel


class Profile(models.Model):
    """One revision of one medicine's profile. Its approver is never its author."""

    mutability = "mutable"

    medicine = models.ForeignKey(Medicine, on_delete=models.PROTECT, related_name="profiles")
    revision = models.PositiveIntegerField()
    status = models.CharField(
        max_length=10, choices=[(s.value, s.words) for s in Status], default=Status.DRAFT.value
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["medicine", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["medicine", "revision"], name="profile_revision_once"),
            models.UniqueConstraint(
                fields=["medicine"],
                condition=Q(status__in=[s.value for s in OPEN]),
                name="profile_one_open_per_medicine",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
                name="profile_approver_is_not_author",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.APPROVED.value, approver__isnull=False)
                | (~Q(status=Status.APPROVED.value) & Q(approver__isnull=True)),
                name="profile_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="profile_known_status"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medicine_id}, revision {self.revision}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and _is_approved(self.pk):
            raise Frozen(f"The profile {self} is approved and never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise Frozen("A profile is never deleted; a draft can be discarded.")


class PartOfProfile(models.Model):
    """Something that belongs to a profile and stays as it is once the profile is approved."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_if_approved()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse_if_approved()
        return super().delete(*args, **kwargs)

    @property
    def owner_id(self) -> int:
        """The profile this belongs to."""
        return self.profile_id  # type: ignore[attr-defined]

    def _refuse_if_approved(self) -> None:
        if _is_approved(self.owner_id):
            raise Frozen("This belongs to an approved profile and never changes.")


class ProfileRating(PartOfProfile):
    """The rating of one side effect.

    A row nobody has filled in says *not known*, as the database does.
    """

    mutability = "mutable"

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="ratings")
    effect = models.ForeignKey(SideEffect, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(
        max_length=1,
        choices=[(r.value, r.words) for r in Rating],
        default=Rating.NOT_KNOWN.value,
        db_default=Rating.NOT_KNOWN.value,
    )
    confidence = models.CharField(
        max_length=20, choices=[(c.value, c.words) for c in Confidence if c], blank=True
    )
    borrowed = models.BooleanField(default=False)
    zero_means = models.CharField(max_length=80, blank=True)
    sources_disagree = models.BooleanField(default=False)
    serious = models.BooleanField(default=False)
    on_card = models.BooleanField(default=False)
    card_wording = models.CharField(max_length=80, blank=True)
    sources = models.ManyToManyField(Source, through="RatingSource", related_name="+")

    class Meta:
        ordering = ["effect__number"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "effect"], name="rating_once_per_effect"),
            models.CheckConstraint(
                condition=Q(rating__in=[r.value for r in Rating]), name="rating_is_one_of_five"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=[c.value for c in Confidence]),
                name="rating_known_confidence",
            ),
            models.CheckConstraint(
                condition=Q(rating=Rating.NOT_KNOWN.value, confidence="", on_card=False)
                | (~Q(rating=Rating.NOT_KNOWN.value) & ~Q(confidence="")),
                name="rating_known_has_confidence",
            ),
            models.CheckConstraint(
                condition=Q(zero_means="") | Q(rating=Rating.NONE.value),
                name="rating_zero_means_only_for_none",
            ),
            models.CheckConstraint(
                condition=Q(on_card=False) | ~Q(card_wording=""), name="rating_on_card_has_wording"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effect_id}: {Rating(self.rating).words}"


class RatingSource(PartOfProfile):
    """One source of one rating, in the order the rating names them."""

    mutability = "mutable"

    rating = models.ForeignKey(
        ProfileRating, on_delete=models.PROTECT, related_name="named_sources"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "source"], name="rating_source_once")
        ]

    def __str__(self) -> str:
        return self.source_id

    @property
    def owner_id(self) -> int:
        return self.rating.profile_id


class Observation(PartOfProfile):
    """A trial figure behind a rating:

    the share of people who had the effect, and on a dummy pill.
    """

    mutability = "mutable"

    rating = models.ForeignKey(ProfileRating, on_delete=models.PROTECT, related_name="numbers")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=120)
    risk = models.DecimalField(max_digits=9, decimal_places=8)
    dummy_risk = models.DecimalField(max_digits=9, decimal_places=8)
    people = models.PositiveIntegerField()
    trials = models.PositiveIntegerField()
    is_clear = models.BooleanField()

    class Meta:
        ordering = ["measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "source", "measure"], name="observation_once"
            ),
            models.CheckConstraint(
                condition=Q(risk__gte=0, risk__lte=1, dummy_risk__gte=0, dummy_risk__lte=1),
                name="observation_is_a_proportion",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, trials__gte=1), name="observation_has_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.risk} against {self.dummy_risk}"

    @property
    def owner_id(self) -> int:
        return self.rating.profile_id


class CardText(PartOfProfile):
    """One passage of the card in our own words. No row, or no text, is shown as an empty place."""

    mutability = "mutable"

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="texts")
    field = models.CharField(max_length=20, choices=[(f.value, f.heading) for f in CardField])
    text = models.TextField(blank=True)
    source = models.TextField(blank=True)
    address = models.TextField(blank=True)
    dated = models.CharField(max_length=120, blank=True)
    reviewer = models.CharField(max_length=120, blank=True)
    is_demonstration = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "field"], name="card_text_once"),
            models.CheckConstraint(
                condition=Q(field__in=[f.value for f in CardField]), name="card_text_known_field"
            ),
            models.CheckConstraint(
                condition=Q(text="") | ~Q(source=""), name="card_text_names_its_source"
            ),
        ]

    def __str__(self) -> str:
        return CardField(self.field).heading


class StatusChange(FrozenModel):
    """One step in a profile's life: what happened, who did it, when, and why."""

    mutability = "append-only"

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField(max_length=10, choices=[(e.value, e.words) for e in Event])
    status = models.CharField(max_length=10, choices=[(s.value, s.words) for s in Status])
    reason = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.profile}: {Event(self.event).words}"


def _is_approved(profile_id: int) -> bool:
    return Profile.objects.filter(pk=profile_id, status=Status.APPROVED.value).exists()
