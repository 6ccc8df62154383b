"""The clinic's tablet goes from a member of staff to somebody who fills in their own form on it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from consultations.actions import invitations as actions
from consultations.loading import StaffRequest, with_consultation
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.invitations import CLOSED
from consultations.views.respond import sitting
from sdmtool.access import Action


@require_POST
@with_consultation(Action.INVITE)
@in_words
def hand_over(
    request: StaffRequest, consultation: queries.Record, participant_id: int
) -> HttpResponse:
    """Staff are signed out in this browser, and it reaches that one form and nothing else."""
    participant = queries.guest(consultation, participant_id)
    if participant is None:
        raise Http404
    try:
        invitation = actions.hand_over(participant=participant, by=request.user)
    except actions.CannotInvite:
        messages.error(request, CLOSED)
        return redirect("consultations:invitations", consultation.public_id)
    logout(request)
    return sitting.begin(request, invitation, is_handed_over=True)
