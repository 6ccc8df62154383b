"""What an administrator sees: the clinics they administer and who works there, never a record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from consultations import situations
from sdmtool.access import Action, Role, clinics_where
from sdmtool.models import Clinic, Membership, User


@dataclass(frozen=True)
class Held:
    """One role as a line on a page."""

    pk: int
    role: str
    starts_on: date
    ends_on: date | None
    state: str  # "now", "from a later day", "over"


@dataclass(frozen=True)
class Person:
    """Somebody who works, worked or will work in a clinic, with their roles there."""

    pk: int
    name: str
    email: str
    is_open: bool
    roles: tuple[Held, ...]

    @property
    def now(self) -> list[str]:
        return [held.role for held in self.roles if held.state == "now"]


def clinics(user: User) -> QuerySet[Clinic]:
    """The clinics `user` administers today."""
    return clinics_where(user, Action.ADMINISTER).order_by("name")


def clinic(user: User, public_id: UUID) -> Clinic | None:
    return clinics(user).filter(public_id=public_id).first()


def members(clinic: Clinic) -> QuerySet[User]:
    """Everybody who ever held a role here."""
    return User.objects.filter(memberships__clinic=clinic).distinct()


def people(clinic: Clinic) -> list[Person]:
    """By name; two queries, however many there are."""
    users = members(clinic).order_by("full_name", "pk")
    held: dict[int, list[Membership]] = {}
    for one in Membership.objects.filter(clinic=clinic).order_by("-starts_on", "pk"):
        held.setdefault(one.user_id, []).append(one)
    return [_person(user, held.get(user.pk, [])) for user in users]


def person(user: User, clinic: Clinic) -> Person:
    return _person(user, list(user.memberships.filter(clinic=clinic).order_by("-starts_on", "pk")))


def _person(user: User, held: list[Membership]) -> Person:
    return Person(
        user.pk, user.full_name, user.email, user.is_active, tuple(_held(one) for one in held)
    )


def _held(one: Membership) -> Held:
    today = timezone.localdate()
    state = "now"
    if one.starts_on > today:
        state = "from a later day"
    elif one.ends_on and one.ends_on < today:
        state = "over"
    return Held(one.pk, Role(one.role).label, one.starts_on, one.ends_on, state)


def roles_on(day: date) -> QuerySet[Membership]:
    """The roles that count on `day`."""
    return Membership.objects.filter(starts_on__lte=day).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )


def entitlements() -> list[tuple[str, str]]:
    """What somebody may ask for, by code, in the words of the edition in force."""
    return [(one.code, one.title) for one in situations.current_edition().entitlements]
