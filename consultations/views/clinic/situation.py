"""Another situation in the middle of a consultation, and whether the list still holds."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from consultations.actions import standing
from consultations.actions.steps import StalePage
from consultations.forms.clinic.meeting import PageForm
from consultations.forms.clinic.opening import SituationForm
from consultations.loading import StaffRequest, with_consultation
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import MOVED, STALE, in_words
from consultations.views.clinic.surroundings import around
from sdmtool.access import Action


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation(Action.OPEN_CONSULTATION)
@in_words
def situation(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The situation and what staff close; what was typed stays on a page that has gone stale."""
    visit = queries.visit(consultation)
    form = SituationForm(
        request.POST or None,
        initial={"situation": visit.situation, "not_up_for_choice": visit.not_up_for_choice},
    )
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            standing.change_situation(
                consultation=consultation, by=request.user, **form.cleaned_data
            )
        except StalePage:
            form.add_error(None, STALE)
            return _page(request, consultation, form, 409)
        messages.success(request, "The situation is saved. This page shows its texts.")
        return redirect("consultations:my_list", consultation.public_id)
    return _page(request, consultation, form, status)


@require_POST
@with_consultation(Action.COMPARE)
@in_words
def keep_list(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The person was asked and says that the list is still right."""
    form = PageForm(request.POST)
    form.full_clean()
    try:
        standing.keep_list(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        messages.warning(request, MOVED)
    except standing.NoList:
        messages.warning(request, "There is no list to ask about yet.")
    return redirect("consultations:my_list", consultation.public_id)


def _page(
    request: StaffRequest, consultation: queries.Record, form: SituationForm, status: int
) -> HttpResponse:
    if status == 409:
        consultation.refresh_from_db()
    context = around(queries.visit(consultation), form=form)
    return render(request, "consultations/clinic/situation.html", context, status=status)
