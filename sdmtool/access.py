"""Who may do what: one page a clinical lead can read and sign.

A role is held in a clinic, from a day to a day. A superuser gets nothing extra. Whose record it is
is a second question, answered by `visible_to` in the app that owns the record.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from sdmtool.models import Clinic, Membership, User


class Role(StrEnum):
    """What somebody does in a clinic."""

    PRESCRIBER = "prescriber"
    TEAM_MEMBER = "team_member"
    PEER_WORKER = "peer_worker"
    CURATOR = "curator"
    APPROVER = "approver"
    SERVICE_MANAGER = "service_manager"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        words = self.value.replace("_", " ")
        return "peer support worker" if self is Role.PEER_WORKER else words


class Action(StrEnum):
    """One thing somebody may do. Every URL declares the one it needs."""

    VIEW_WORKLIST = "view_worklist"
    OPEN_CONSULTATION = "open_consultation"
    READ_RECORD = "read_record"
    BREAK_GLASS = "break_glass"
    INVITE = "invite"
    TYPE_PAPER_SHEET = "type_paper_sheet"
    COMPARE = "compare"
    DECIDE = "decide"
    SIGN = "sign"
    PRINT_SHEET = "print_sheet"
    GIVE_COPY = "give_copy"
    CURATE = "curate"
    APPROVE_PROFILE = "approve_profile"
    PUBLISH_RELEASE = "publish_release"
    SEE_COUNTS = "see_counts"
    ADMINISTER = "administer"
    SIGNED_IN = "signed_in"


_TEAM = frozenset(
    {
        Action.VIEW_WORKLIST,
        Action.OPEN_CONSULTATION,
        Action.READ_RECORD,
        Action.BREAK_GLASS,
        Action.INVITE,
        Action.TYPE_PAPER_SHEET,
        Action.COMPARE,
        Action.DECIDE,
        Action.PRINT_SHEET,
    }
)

GRANTS: dict[Role, frozenset[Action]] = {
    Role.PRESCRIBER: _TEAM | {Action.SIGN, Action.GIVE_COPY},
    Role.TEAM_MEMBER: _TEAM,
    Role.PEER_WORKER: frozenset(
        {Action.VIEW_WORKLIST, Action.READ_RECORD, Action.TYPE_PAPER_SHEET}
    ),
    Role.CURATOR: frozenset({Action.CURATE}),
    Role.APPROVER: frozenset({Action.APPROVE_PROFILE, Action.PUBLISH_RELEASE}),
    Role.SERVICE_MANAGER: frozenset({Action.SEE_COUNTS}),
    Role.ADMINISTRATOR: frozenset({Action.ADMINISTER}),
}

IN_WORDS: dict[Action, str] = {
    Action.VIEW_WORKLIST: "see the clinic's worklist, with people's names",
    Action.OPEN_CONSULTATION: "open a consultation, and change what it is about",
    Action.READ_RECORD: "read the record of a person of the clinic",
    Action.BREAK_GLASS: "read a record of another clinic for one day, with a reason others see",
    Action.INVITE: "invite a person or a carer, take an invitation back, hand the tablet over",
    Action.TYPE_PAPER_SHEET: "type in a sheet that was filled in on paper",
    Action.COMPARE: "put the medicines in order beside a person's list",
    Action.DECIDE: "write the decision down, put it off, or close without one",
    Action.SIGN: "sign a decision, set a medicine aside with a reason",
    Action.PRINT_SHEET: "print the sheet that goes home",
    Action.GIVE_COPY: "give a person a copy of what is kept, hold a record, ask for its erasure",
    Action.CURATE: "write and rate the side-effect profiles",
    Action.APPROVE_PROFILE: "approve a profile somebody else wrote",
    Action.PUBLISH_RELEASE: "publish a release of the profiles, or withdraw one",
    Action.SEE_COUNTS: "see the figures of the service, never a person's record",
    Action.ADMINISTER: "keep clinics, accounts and roles, and read the audit without clinical text",
    Action.SIGNED_IN: "sign out, and keep their own account",
}


class Field(StrEnum):
    """A kind of thing a record says."""

    WHO_IT_IS = "who_it_is"
    PERSONS_LIST = "persons_list"
    ORDER = "order"
    CARERS_SHEET = "carers_sheet"
    NOTES = "notes"
    STAFF_ONLY = "staff_only"
    COUNTS = "counts"

    @property
    def words(self) -> str:
        return _FIELD_WORDS[self]


_FIELD_WORDS = {
    Field.WHO_IT_IS: "who the person is: name, reference, year of birth, appointment",
    Field.PERSONS_LIST: "the person's list, and their own words",
    Field.ORDER: "the medicines in order, and why one was set aside",
    Field.CARERS_SHEET: "a carer's sheet, where the carer let it be shown",
    Field.NOTES: "the plan, the signed decision, what a carer or the professional said about it",
    Field.STAFF_ONLY: "why it was put off or closed, and what staff mark for each other",
    Field.COUNTS: "figures of the service that tell about nobody",
}
_OF_THE_TEAM = frozenset(Field) - {Field.COUNTS}

# What each role is shown of a record it may open. A role that opens no record sees nothing of one.
SEES: dict[Role, frozenset[Field]] = {
    Role.PRESCRIBER: _OF_THE_TEAM,
    Role.TEAM_MEMBER: _OF_THE_TEAM,
    Role.PEER_WORKER: frozenset({Field.WHO_IT_IS, Field.PERSONS_LIST, Field.ORDER}),
    Role.CURATOR: frozenset(),
    Role.APPROVER: frozenset(),
    Role.SERVICE_MANAGER: frozenset({Field.COUNTS}),
    Role.ADMINISTRATOR: frozenset(),
}

PUBLIC = "public"
BY_INVITATION = "by invitation"


class NotAllowed(PermissionDenied):
    """This person may not do this here."""


def roles_granting(action: Action) -> tuple[Role, ...]:
    """The roles that may do `action`, in the order of the list above."""
    return tuple(role for role, granted in GRANTS.items() if action in granted)


def can(user: "User", action: Action, clinic: "Clinic | None" = None) -> bool:
    """Whether `user` may do `action` today: in `clinic`, or, without one, in any clinic."""
    if not (user.is_authenticated and user.is_active):
        return False
    if action is Action.SIGNED_IN:
        return True
    held = _held_today(user).filter(role__in=roles_granting(action))
    return (held.filter(clinic=clinic) if clinic else held).exists()


def granted(user: Any) -> frozenset[Action]:
    """All that `user` may do today, in whatever clinic. One query; asked anew at each request."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    roles = _held_today(user).values_list("role", flat=True)
    return frozenset({Action.SIGNED_IN}).union(*(GRANTS[Role(role)] for role in roles))


class GrantsMiddleware:
    """`request.granted`: what the one who asks may do here, and `request.may(action)`.

    For navigation, templates and `requires`. Which clinic it is for is asked where a record is
    loaded. It lives as long as the request, so a role that was taken away is gone at the next.
    """

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        request.granted = SimpleLazyObject(lambda: granted(request.user))
        request.may = lambda action: action in request.granted
        return self.get_response(request)


def roles_today(user: "User", clinic: "Clinic") -> frozenset[Role]:
    """What `user` is in `clinic` today. One query."""
    held = _held_today(user).filter(clinic=clinic).values_list("role", flat=True)
    return frozenset(map(Role, held))


def clinics_where(user: "User", action: Action) -> "QuerySet[Clinic]":
    """The clinics in which `user` may do `action` today."""
    from sdmtool.models import Clinic

    if not (user.is_authenticated and user.is_active):
        return Clinic.objects.none()
    held = _held_today(user).filter(role__in=roles_granting(action))
    return Clinic.objects.filter(pk__in=held.values("clinic"))


def _held_today(user: "User") -> "QuerySet[Membership]":
    today = timezone.localdate()
    return user.memberships.filter(starts_on__lte=today).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    )


def requires(action: Action) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view for staff who may do `action` somewhere; the loader asks again for the clinic.

    A refusal is audited, with the record that was named.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return redirect(
                    f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}"
                )
            if not request.may(action):
                _audit_refusal(request.user, view.__name__, kwargs.get("public_id"))
                raise NotAllowed(action)
            return view(request, *args, **kwargs)

        guarded.access = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def _audit_refusal(user: "User", page: str, subject: UUID | None) -> None:
    from sdmtool import audit

    audit.record_refusal(by=user, action=page, subject=subject)


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view anybody may see: nothing on it belongs to a person."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def by_invitation(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of one sheet, for the session its invitation opened; the loader holds the door."""
    view.access = BY_INVITATION  # type: ignore[attr-defined]
    return view
