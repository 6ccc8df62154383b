"""One decision with one person, who takes part, and how it went from one status to the next."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.lifecycle import Event, Status
from sdmtool.access import Field
from sdmtool.frozen import FrozenModel

STATUSES = [(status.value, status.value) for status in Status]


class Situation(models.TextChoices):
    """Under which law and in which state somebody comes to this decision."""

    INFORMAL = "informal", "Comes freely"
    DETAINED = "detained", "In hospital under a section"
    COMMUNITY_ORDER = "community_order", "On a community treatment order"
    LACKS_CAPACITY = "lacks_capacity", "Cannot make this decision just now"
    CRISIS = "crisis", "In a crisis"


class Consultation(models.Model):
    """One decision with one person. `version` grows with every write and shows a stale page.

    `situation_since`: when the situation was last changed, if it was. `texts_edition`: the edition
    of the texts about it that counts here (fixtures/situations/).
    """

    mutability = "mutable"
    seen = frozenset(Field)  # what whoever loaded it is shown of it; an action sees it whole

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clinic = models.ForeignKey("sdmtool.Clinic", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20)
    person_name = models.CharField(max_length=120)
    name_to_use = models.CharField(max_length=60)
    birth_year = models.PositiveSmallIntegerField()
    appointment = models.DateTimeField(null=True, blank=True)
    question = models.CharField(max_length=200)
    situation = models.CharField(
        max_length=20, choices=Situation.choices, default=Situation.INFORMAL
    )
    situation_since = models.DateTimeField(null=True)
    texts_edition = models.CharField(max_length=20, blank=True)
    not_up_for_choice = models.CharField(max_length=300, blank=True)
    current_medicine = models.CharField(max_length=60, blank=True)
    current_dose = models.CharField(max_length=80, blank=True)
    trials_recorded = models.CharField(max_length=200, blank=True)
    needs = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=STATUSES, default=Status.OPEN.value)
    version = models.PositiveIntegerField(default=1)
    offer_again_on = models.DateField(null=True, blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in Status]),
                name="consultation_known_status",
            ),
            models.CheckConstraint(
                condition=Q(situation__in=Situation.values),
                name="consultation_known_situation",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.POSTPONED.value) | Q(offer_again_on__isnull=False),
                name="consultation_postponed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__gte=1900, birth_year__lte=2100),
                name="consultation_birth_year_possible",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "appointment"], name="consultation_worklist"),
            models.Index(fields=["clinic", "reference"], name="consultation_reference"),
            models.Index(
                fields=["clinic", "appointment"],
                condition=~Q(status__in=[Status.SIGNED.value, Status.ABANDONED.value]),
                name="consultation_still_going",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}"


class Participant(models.Model):
    """Somebody in the conversation, with their own sheet and their own voice."""

    mutability = "mutable"

    class Kind(models.TextChoices):
        PERSON = "person", "the person"
        CARER = "carer", "carer or supporter"
        PEER_WORKER = "peer_worker", "peer support worker"
        PROFESSIONAL = "professional", "professional"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="participants"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=60, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(kind="person"),
                name="participant_one_person",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["person", "carer", "peer_worker", "professional"]),
                name="participant_known_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.consultation}"


class StatusChange(FrozenModel):
    """One step of the lifecycle: what, when, by whom."""

    mutability = "append-only"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="changes")
    event = models.CharField(max_length=20, choices=[(event.value, event.value) for event in Event])
    from_status = models.CharField(max_length=10, choices=STATUSES)
    to_status = models.CharField(max_length=10, choices=STATUSES)
    reason = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"{self.consultation}: {self.from_status} to {self.to_status}"


class RuledOut(models.Model):
    """A medicine set aside for this decision, with the prescriber's reason; it can be put back."""

    mutability = "mutable"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="ruled_out"
    )
    medicine = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    set_aside_at = models.DateTimeField()
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    put_back_at = models.DateTimeField(null=True)
    put_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "medicine"],
                condition=Q(put_back_at__isnull=True),
                name="ruled_out_once",
            ),
            models.CheckConstraint(
                condition=Q(put_back_at__isnull=True, put_back_by__isnull=True)
                | Q(put_back_at__isnull=False, put_back_by__isnull=False),
                name="ruled_out_put_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medicine} set aside in {self.consultation}"
