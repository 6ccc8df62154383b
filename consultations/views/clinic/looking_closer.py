"""Two ways of looking at Compare more closely: one worry across the options, and another order."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consultations.answers import Answers
from consultations.forms.clinic.what_if import WhatIfForm
from consultations.loading import StaffRequest, with_consultation
from consultations.present import compare as present
from consultations.present.what_if import what_if_page
from consultations.present.worry import worry_page
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.compare_page import marked, pinned_release
from consultations.views.clinic.surroundings import around
from medications import queries as medications
from sdmtool.access import Action


@require_safe
@with_consultation(Action.READ_RECORD)
@in_words
def worry(request: StaffRequest, consultation: queries.Record, number: int) -> HttpResponse:
    """One worry, large. 404 for a worry the pinned list does not have."""
    compared = queries.newest_comparison(consultation)
    if compared is None:
        return redirect("consultations:compare", consultation.public_id)
    release, ticked = pinned_release(compared), queries.deciding(consultation).options
    page = present.compare_page(consultation.public_id, compared, release, ticked, ())
    try:
        found = worry_page(page, release, number, ticked, medications.number_line)
    except IndexError:
        raise Http404 from None
    context = around(queries.visit(consultation), "compare", page=found, **marked(release))
    return render(request, "consultations/clinic/worry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation(Action.READ_RECORD)
@in_words
def what_if(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The same comparison with the worries in another order. A press is answered, never kept."""
    compared = queries.newest_comparison(consultation)
    if compared is None:
        return redirect("consultations:compare", consultation.public_id)
    release = pinned_release(compared)
    sent = Answers.from_json(compared.inputs["shown"]["answers"]).places
    form = WhatIfForm(request.POST or None, sent=sent)
    form.full_clean()
    page = what_if_page(compared, release, form.places)
    visit = queries.visit(consultation)
    context = around(visit, "compare", page=page, form=form, **marked(release))
    return render(request, "consultations/clinic/what_if.html", context)
