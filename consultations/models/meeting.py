"""What happened in the appointment: what was compared, said and decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.outcomes import COPY_CHOICES, OUTCOME_CHOICES, Outcome
from sdmtool.frozen import FrozenModel


class Comparison(FrozenModel):
    """One sheet against one release by one edition of the rules: what went in and what came out.

    `inputs` and `result` are canonical JSON; the same inputs replay to the same result.
    """

    mutability = "frozen"

    consultation = models.ForeignKey(
        "consultations.Consultation",
        on_delete=models.PROTECT,
        related_name="comparisons",
    )
    number = models.PositiveSmallIntegerField()
    sheet = models.ForeignKey("consultations.Sheet", on_delete=models.PROTECT, related_name="+")
    release_number = models.PositiveIntegerField()
    release_hash = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=20)
    inputs = models.JSONField()
    result = models.JSONField()
    compared_at = models.DateTimeField()
    compared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="comparison_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"comparison {self.number} of {self.consultation}"


class Voice(FrozenModel):
    """What a participant said about the decision, in their words. A newer one stands beside it."""

    mutability = "append-only"

    participant = models.ForeignKey(
        "consultations.Participant", on_delete=models.PROTECT, related_name="voices"
    )
    words = models.CharField(max_length=1000)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"voice {self.pk}"


class DecisionDraft(models.Model):
    """The Decide page while it is being filled in. `options` are the codes ticked as discussed."""

    mutability = "mutable"

    consultation = models.OneToOneField(
        "consultations.Consultation",
        on_delete=models.PROTECT,
        related_name="decision_draft",
    )
    options = models.JSONField(default=list)
    outcome = models.CharField(max_length=12, choices=OUTCOME_CHOICES, blank=True)
    chosen = models.CharField(max_length=80, blank=True)
    details = models.CharField(max_length=500, blank=True)
    plan = models.CharField(max_length=1000, blank=True)
    watch_for = models.CharField(max_length=1000, blank=True)
    review_on = models.DateField(null=True, blank=True)
    no_review_because = models.CharField(max_length=300, blank=True)
    copy_given = models.CharField(max_length=12, choices=COPY_CHOICES, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"decision in the making, {self.consultation}"


class Decision(FrozenModel):
    """What was decided, signed. `record` is everything that was on the page, in the words shown."""

    mutability = "frozen"

    consultation = models.OneToOneField(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="decision"
    )
    comparison = models.ForeignKey(
        Comparison, on_delete=models.PROTECT, null=True, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=OUTCOME_CHOICES)
    chosen = models.CharField(max_length=80, blank=True)
    review_on = models.DateField(null=True)
    record = models.JSONField()
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["signed_at"], name="decision_signed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]),
                name="decision_known_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["medicine", "option"]) | ~Q(chosen=""),
                name="decision_says_what_was_chosen",
            ),
        ]

    def __str__(self) -> str:
        return f"decision of {self.consultation}"
