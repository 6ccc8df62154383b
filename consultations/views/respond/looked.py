"""Who has looked at my answers: for the person the record is about, and nobody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations import looks
from consultations.queries import looks as queries
from consultations.queries import respond
from consultations.queries.respond import Visitor
from consultations.snapshots import PERSON
from consultations.views.respond import page
from consultations.views.respond.sitting import for_respondent


@require_safe
@for_respondent()
def looked(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """Every row of the audit about this record, in plain words. A carer goes back to their form."""
    progress = respond.progress(invitation.participant)
    back = "respond:sent" if progress.receipt else "respond:before"
    if invitation.participant.kind != PERSON:
        return redirect(back)
    consultation = invitation.participant.consultation
    return page.show(
        request,
        invitation,
        "looked.html",
        looks=looks.told(queries.acts(consultation)),
        elsewhere=queries.from_elsewhere(consultation),
        back=reverse(back),
    )
