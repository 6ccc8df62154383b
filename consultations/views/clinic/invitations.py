"""Who takes part, how they come in, and where their sheets are. For staff; not a page to look at
together.
"""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import invitations as actions
from consultations.lifecycle import Event, allowed
from consultations.loading import StaffRequest, with_consultation
from consultations.present import inviting as present
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.surroundings import around, labels
from sdmtool.access import Action

CLOSED = "This consultation takes no list any more, so nobody can be invited to it."


@require_safe
@with_consultation(Action.INVITE)
@in_words
def invitations(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The person and each carer: invited until when, sheet sent or not."""
    visit = queries.visit(consultation)
    rows = present.rows(visit, queries.people(consultation), labels())
    takes_lists = Event.SHARE_LIST in allowed(visit.status)
    context = around(visit, rows=rows, takes_lists=takes_lists)
    return render(request, "consultations/clinic/invitations.html", context)


@require_POST
@with_consultation(Action.INVITE)
@in_words
def issue(request: StaffRequest, consultation: queries.Record, participant_id: int) -> HttpResponse:
    """A new link and code, shown on this page and never again. Any earlier one is dead."""
    participant = queries.guest(consultation, participant_id)
    if participant is None:
        raise Http404
    try:
        issued = actions.issue(participant=participant, by=request.user)
    except actions.CannotInvite:
        messages.error(request, CLOSED)
        return redirect("consultations:invitations", consultation.public_id)
    start = request.build_absolute_uri(reverse("respond:start"))
    visit = queries.visit(consultation)
    letter = present.letter(visit, participant.name, start, issued.link_secret, issued.code)
    last_minute = issued.invitation.expires - timedelta(minutes=1)
    context = around(visit, letter=letter, last_minute=last_minute, guest_id=participant.pk)
    return render(request, "consultations/clinic/issued.html", context)


@require_POST
@with_consultation(Action.INVITE)
def revoke(
    request: StaffRequest, consultation: queries.Record, participant_id: int
) -> HttpResponse:
    """Take an invitation back. What was saved with it stays."""
    participant = queries.guest(consultation, participant_id)
    live = queries.live_invitation(participant) if participant else None
    if participant is None:
        raise Http404
    if live is not None:
        actions.revoke(invitation=live, by=request.user)
    messages.success(request, f"The link and the code of {participant.name} no longer work.")
    return redirect("consultations:invitations", consultation.public_id)
