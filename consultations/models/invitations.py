"""How a person or a carer comes in without an account."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class Invitation(models.Model):
    """One way in for one participant: a link and a typed code, both kept only as hashes.

    `link_hash` is SHA-256 of a 256-bit secret. Of the code's 16 characters the first four (20 bits)
    are the selector that finds the row; the other twelve (60 bits) are under the password hasher.
    """

    mutability = "mutable"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(
        "consultations.Participant",
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    selector = models.CharField(max_length=4, unique=True)
    code_hash = models.CharField(max_length=160)
    link_hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    used_at = models.DateTimeField(null=True)
    used_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(revoked_at__isnull=True, used_at__isnull=True),
                name="invitation_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.public_id}"


class Attempt(models.Model):
    """One wrong code from one address, kept to slow down guessing. Swept after a day."""

    mutability = "mutable"

    address = models.CharField(max_length=64, db_index=True)
    tried = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"attempt {self.pk}"
