"""Every write of an administrator. Each asks again whether they administer the clinic, behind a
lock on it, and leaves what stood before and what stands now in the audit.

Nobody gives themselves a role, and nobody opens or closes their own account. A clinic keeps an
administrator. Tests: tests/sdmtool/test_administration.py.
"""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from sdmtool import audit
from sdmtool.access import Action, NotAllowed, Role, can
from sdmtool.accounts import joining
from sdmtool.administration import queries
from sdmtool.models import Clinic, Membership, User

FIELDS = ("name", "phone", "opening_hours", "contacts", "shows_order_at_home")


class NotPossible(Exception):
    """An act the rules do not let through; the words are for the page."""


@transaction.atomic
def make_clinic(*, said: dict[str, Any], by: User) -> Clinic:
    """A new clinic, with nobody's record in it. Who makes it is its first administrator."""
    if not can(by, Action.ADMINISTER):
        raise NotAllowed(Action.ADMINISTER)
    made = Clinic.objects.create(**{name: said[name] for name in FIELDS})
    _note("make a clinic", made, made, by, before={}, after=_of_clinic(made))
    first = _membership(made, by, Role.ADMINISTRATOR, timezone.localdate(), None)
    _note("give a role", made, first, by, before={}, after=_of_role(first))
    return made


@transaction.atomic
def change_clinic(*, clinic: Clinic, said: dict[str, Any], by: User) -> None:
    kept = _locked(clinic, by)
    before = _of_clinic(kept)
    for name in FIELDS:
        setattr(kept, name, said[name])
    kept.save(update_fields=FIELDS)
    _note("change a clinic", kept, kept, by, before=before, after=_of_clinic(kept))


@transaction.atomic
def give_role(
    *, clinic: Clinic, user: User, role: Role, starts_on: date, ends_on: date | None, by: User
) -> Membership:
    """`role` in `clinic`, from a day to a day, both included."""
    _locked(clinic, by)
    if user.pk == by.pk:
        raise NotPossible("Nobody gives themselves a role. Ask another administrator.")
    last = ends_on or date.max
    same = Membership.objects.filter(clinic=clinic, user=user, role=role, starts_on__lte=last)
    if same.exclude(ends_on__lt=starts_on).exists():
        raise NotPossible("They have this role in that time already.")
    given = _membership(clinic, user, role, starts_on, ends_on)
    _note("give a role", clinic, given, by, before={}, after=_of_role(given))
    return given


@transaction.atomic
def end_role(
    *, clinic: Clinic, membership_id: int, last_day: date | None, by: User
) -> Membership | None:
    """`last_day` is the last day it counts; None ends it at once, at the next request.

    A role that has not counted a whole day yet and ends at once is taken out; the audit keeps it.
    """
    _locked(clinic, by)
    held = Membership.objects.filter(clinic=clinic, pk=membership_id).first()
    today = timezone.localdate()
    last = last_day or today - timedelta(days=1)
    if held is None or (held.ends_on and held.ends_on < today):
        raise NotPossible("This role is over already.")
    if held.ends_on and last > held.ends_on:
        raise NotPossible("It ends before that day already. Give the role again for longer.")
    if held.role == Role.ADMINISTRATOR and not _another(clinic, without=held.user, after=last):
        raise NotPossible("A clinic keeps an administrator. Give somebody else the role first.")
    before = _of_role(held)
    if last < held.starts_on:
        name = f"membership {held.pk}"
        held.delete()
        _note("end a role", clinic, name, by, before=before, after={})
        return None
    held.ends_on = last
    held.save(update_fields=["ends_on"])
    _note("end a role", clinic, held, by, before=before, after=_of_role(held))
    return held


@transaction.atomic
def open_or_close(*, clinic: Clinic, user: User, is_open: bool, by: User) -> None:
    """An account opens nothing once it is closed, in no clinic. Its roles stay as they are."""
    _locked(clinic, by)
    if user.pk == by.pk:
        raise NotPossible("Nobody opens or closes their own account.")
    theirs = queries.roles_on(timezone.localdate()).filter(user=user)
    if theirs.exclude(clinic__in=queries.clinics(by)).exists():
        raise NotPossible(
            "They work in a clinic you do not administer. End their roles here instead."
        )
    before = {"open": user.is_active}
    user.is_active = is_open
    user.save(update_fields=["is_active"])
    word = "open an account again" if is_open else "close an account"
    _note(word, clinic, user, by, before=before, after={"open": is_open})


@transaction.atomic
def invite(
    *, clinic: Clinic, email: str, full_name: str, role: Role, ends_on: date | None, by: User
) -> tuple[User, str]:
    """An account with a first role here, and the path of the link that opens it. Somebody who has
    an account gets the role, and no link.
    """
    _locked(clinic, by)
    user, path = User.objects.filter(email=email.strip().lower()).first(), ""
    if user is None:
        user, path = joining.invite_to_join(email=email, full_name=full_name, by=by)
    give_role(
        clinic=clinic,
        user=user,
        role=role,
        starts_on=timezone.localdate(),
        ends_on=ends_on,
        by=by,
    )
    return user, path


def _locked(clinic: Clinic, by: User) -> Clinic:
    """The clinic as it is stored, held until the end of the transaction."""
    kept = Clinic.objects.select_for_update().get(pk=clinic.pk)
    if not can(by, Action.ADMINISTER, kept):
        raise NotAllowed(Action.ADMINISTER)
    return kept


def _another(clinic: Clinic, *, without: User, after: date) -> bool:
    """Whether somebody else administers the clinic from the day after, for longer than that day."""
    day = max(after + timedelta(days=1), timezone.localdate())
    others = queries.roles_on(day).filter(
        clinic=clinic, role=Role.ADMINISTRATOR, user__is_active=True
    )
    return others.exclude(user=without).exists()


def _membership(
    clinic: Clinic, user: User, role: Role, starts_on: date, ends_on: date | None
) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(
                clinic=clinic, user=user, role=role, starts_on=starts_on, ends_on=ends_on
            )
    except IntegrityError:
        raise NotPossible("They have this role from that day already.") from None


def _of_clinic(clinic: Clinic) -> dict[str, Any]:
    return {name: getattr(clinic, name) for name in FIELDS}


def _of_role(held: Membership) -> dict[str, Any]:
    return {
        "account": held.user_id,
        "role": str(held.role),
        "from": held.starts_on.isoformat(),
        "until": held.ends_on.isoformat() if held.ends_on else "",
    }


def _note(
    action: str, clinic: Clinic, obj: Any, by: User, *, before: dict[str, Any], after: Any
) -> None:
    audit.record(
        by=by,
        kind=audit.Kind.WRITE,
        action=action,
        clinic=clinic,
        obj=obj,
        detail={"before": before, "after": after},
    )
