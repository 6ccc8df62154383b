"""The kernel's records: people who sign in, their clinics and roles, and the audit."""

import uuid
from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from sdmtool.access import Role
from sdmtool.frozen import FrozenModel


class UserManager(BaseUserManager["User"]):
    """Accounts are made by invitation or by a command; there is no open sign-up."""

    def create_user(self, email: str, full_name: str, password: str | None = None) -> "User":
        user = self.model(email=email.strip().lower(), full_name=full_name)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A member of staff. People and carers have no account: they come in by an invitation."""

    mutability = "mutable"

    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name


class Clinic(models.Model):
    """A place where consultations happen. Staff see the records of their own clinics only."""

    mutability = "mutable"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    opening_hours = models.CharField(max_length=120, blank=True)
    contacts = models.JSONField(
        default=dict,
        blank=True,
        help_text="Whom to ask here for each entitlement, by its code in fixtures/situations/.",
    )
    shows_order_at_home = models.BooleanField(
        default=False,
        help_text="Whether a person sees the order of the medicines before the appointment.",
    )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one clinic, from a day to a day (both included)."""

    mutability = "mutable"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    starts_on = models.DateField(default=date.today)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "clinic", "role", "starts_on"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]),
                name="membership_known_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is {Role(self.role).label} in {self.clinic}"


class WrongTry(models.Model):
    """One wrong password or code, kept for a day to slow down guessing (accounts/wrong_tries.py).

    `account` is a hash of what was typed as the account. `address` is empty for second factors.
    """

    mutability = "mutable"

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64, blank=True)
    tried = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "address", "tried"], name="wrong_try")]

    def __str__(self) -> str:
        return f"wrong try {self.pk}"


class AuditEvent(FrozenModel):
    """One read, write, print, export or refusal. Written by `audit.record` only, never changed.

    `previous_hash` and `own_hash` chain the rows: a changed, removed or reordered row shows.
    `detail` carries no clinical text.
    """

    mutability = "append-only"

    class Kind(models.TextChoices):
        READ = "read"
        WRITE = "write"
        PRINT = "print"
        EXPORT = "export"
        REFUSAL = "refusal"

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_label = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    action = models.CharField(max_length=60)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.UUIDField(null=True, db_index=True)
    obj = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    own_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_label}: {self.kind} {self.action}"
