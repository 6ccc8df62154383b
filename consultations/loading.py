"""From an address to the record it names, for somebody who may see it, with the read audited.

Staff: outside their clinics the record does not exist (404); inside, an act their role does not
grant is refused (403). Both are audited. What their role is not shown of a record, the queries
leave out (SEES in access.py). An invitation's session reaches its own participant only.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from consultations.models import Consultation, Invitation
from consultations.queries import records
from consultations.queries.respond import respondent
from sdmtool import audit
from sdmtool.access import (
    SEES,
    Action,
    NotAllowed,
    Role,
    by_invitation,
    can,
    requires,
    roles_granting,
    roles_today,
)
from sdmtool.models import User

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """What a view behind `requires` is handed: somebody with an account has signed in."""

    user: User


SESSION_KEY = "invitation"


def with_consultation(action: Action, *, kind: str = audit.Kind.READ) -> Callable[[View], View]:
    """The view gets `(request, consultation)`; its URL carries `<uuid:public_id>`."""

    def decorate(view: View) -> View:
        @requires(action)
        @wraps(view)
        def loaded(request: HttpRequest, public_id: UUID, **kwargs: Any) -> HttpResponse:
            consultation = _consultation(request.user, public_id, action, kind, view.__name__)
            return view(request, consultation, **kwargs)

        return loaded

    return decorate


def _consultation(user: Any, public_id: UUID, action: Action, kind: str, page: str) -> Consultation:
    with transaction.atomic():
        found = records.visible_to(user).filter(public_id=public_id).first()
        roles = roles_today(user, found.clinic) if found else frozenset()
        if found is None and action is Action.READ_RECORD and can(user, Action.BREAK_GLASS):
            found = records.opened_elsewhere(user).filter(public_id=public_id).first()
            roles = frozenset({Role.TEAM_MEMBER})  # to read: what may be written is asked apart
        if found and not roles.isdisjoint(roles_granting(action)):
            found.seen = frozenset().union(*(SEES[role] for role in roles))
            audit.record(by=user, kind=kind, action=page, clinic=found.clinic, subject=public_id)
            return found
    audit.record_refusal(
        by=user, action=page, subject=public_id, clinic=found.clinic if found else None
    )
    if found is None:
        raise Http404
    raise NotAllowed(action)


def with_invitation(view: View) -> View:
    """The view gets `(request, invitation)`: live, with its participant and consultation."""

    @by_invitation
    @wraps(view)
    def loaded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            invitation = _live_invitation(request.session.get(SESSION_KEY))
            if invitation is not None:
                participant = invitation.participant
                audit.record(
                    by=respondent(participant),
                    kind=audit.Kind.READ,
                    action=view.__name__,
                    clinic=participant.consultation.clinic,
                    subject=participant.consultation.public_id,
                )
        if invitation is None:
            request.session.flush()
            return redirect("respond:start")
        return view(request, invitation, **kwargs)

    return loaded


def _live_invitation(public_id: str | None) -> Invitation | None:
    if public_id is None:
        return None
    live = Invitation.objects.filter(revoked_at__isnull=True, expires__gt=timezone.now())
    return (
        live.select_related("participant__consultation__clinic").filter(public_id=public_id).first()
    )
