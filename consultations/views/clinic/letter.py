"""The letter that brings somebody their code.

The code stands on the page that was shown when it was made and nowhere else, so that page sends it
back here to be printed, as often as it is open.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from consultations import situations
from consultations.actions import invitations as actions
from consultations.codes import read_code
from consultations.loading import StaffRequest, with_consultation
from consultations.present import invitation_letter
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.surroundings import around
from medications import queries as medications
from sdmtool import pdf, qr
from sdmtool.access import Action

NOT_THIS_CODE = "That code does not work any more, so no letter was made. Make a new one."
TEMPLATE = "consultations/print/invitation_letter.html"


@sensitive_post_parameters("code")
@require_POST
@with_consultation(Action.INVITE)
@in_words
def letter(
    request: StaffRequest, consultation: queries.Record, participant_id: int
) -> HttpResponse:
    """A PDF with the code that was posted, if it is this participant's live one."""
    participant = queries.guest(consultation, participant_id)
    if participant is None:
        raise Http404
    typed, visit = request.POST.get("code", ""), queries.visit(consultation)
    try:
        invitation = actions.confirm_code(participant=participant, typed=typed, by=request.user)
    except actions.WrongCode:
        messages.error(request, NOT_THIS_CODE)
        return redirect("consultations:invitations", consultation.public_id)
    paper = invitation_letter.letter(
        visit,
        to=participant.name,
        kind=participant.kind,
        code=read_code(typed).shown,
        expires=timezone.localtime(invitation.expires),
        **_asked_for(request),
    )
    try:
        return pdf.response(pdf.render(TEMPLATE, _context(paper)), "invitation.pdf")
    except pdf.PdfUnavailable as missing:
        context = around(visit, why=missing)
        return render(request, "consultations/clinic/no_letter.html", context, status=503)


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_large": request.POST.get("size") == "large",
        "start": request.build_absolute_uri(reverse("respond:start")),
        "form": request.build_absolute_uri(reverse("paper:tool-sheet")),
        "now": timezone.localtime(),
    }


def _context(paper: invitation_letter.Paper) -> dict[str, Any]:
    return {
        "paper": paper,
        "square": qr.square(paper.start),
        "crisis": situations.current_edition().crisis,
        "demo": medications.current_release().is_demonstration,
    }
