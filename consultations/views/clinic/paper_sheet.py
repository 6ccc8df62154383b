"""Typing back a sheet that was filled in on paper: a number, a tick, own words, who helped."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consultations.actions import sheets
from consultations.forms.paper import PaperForm
from consultations.loading import StaffRequest, with_consultation
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.surroundings import around
from medications import queries as medications
from sdmtool.access import Action

DIFFERENT = (
    "This page has sent other answers already. If the paper says something else, start from a "
    "fresh page: the earlier sheet stays as it was."
)


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation(Action.TYPE_PAPER_SHEET)
@in_words
def paper_sheet(
    request: StaffRequest, consultation: queries.Record, participant_id: int
) -> HttpResponse:
    """The 36 in the paper's order. The record says who typed and who helped."""
    participant = queries.guest(consultation, participant_id)
    if participant is None:
        raise Http404
    form = PaperForm(request.POST or None, release=medications.current_release())
    if form.is_valid():
        try:
            sheets.type_paper_sheet(
                participant=participant,
                answers=form.answers(),
                sending_key=form.key(),
                by=request.user,
            )
        except sheets.SentDifferently:
            form.add_error(None, DIFFERENT)
        else:
            messages.success(request, f"The sheet of {participant.name} is in.")
            return redirect("consultations:my_list", consultation.public_id)
    context = around(queries.visit(consultation), form=form, guest=participant)
    status = 422 if form.errors else 200
    return render(request, "consultations/clinic/paper_sheet.html", context, status=status)
