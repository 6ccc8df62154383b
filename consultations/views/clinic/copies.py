"""The copy of all that is kept about somebody: what is in it, what is kept back, PDF and JSON."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from consultations.actions.copies import decide_about_harm
from consultations.forms.clinic.copies import HarmForm
from consultations.loading import StaffRequest, with_consultation
from consultations.present import copies as present
from consultations.queries import clinic as queries
from consultations.queries import copies
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.surroundings import around, labels
from sdmtool import audit, pdf
from sdmtool.access import Action


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation(Action.GIVE_COPY)
def copy(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """What would be given now, and the decision about what is kept back."""
    form = HarmForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        decide_about_harm(
            consultation=consultation,
            words=said["words"],
            is_released=said["answer"] == "give",
            reason=said["reason"],
            by=request.user,
        )
        return redirect("consultations:copy", consultation.public_id)
    found = copies.copy_of(consultation)
    context = around(
        queries.visit(consultation),
        form=form,
        sections=found.sections,
        kept_back=[copies.Words(words).label for words in sorted(found.kept_back)],
        decisions=copies.decisions(consultation),
    )
    return render(request, "consultations/clinic/copy.html", context)


@require_safe
@with_consultation(Action.GIVE_COPY, kind=audit.Kind.EXPORT)
@in_words
def copy_pdf(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The copy on paper."""
    visit, found = queries.visit(consultation), copies.copy_of(consultation)
    context: dict[str, Any] = {
        "sections": present.on_paper(found.sections, labels()),
        "reference": visit.reference,
        "clinic": visit.clinic,
        "kept_back": bool(found.kept_back),
    }
    try:
        return pdf.response(pdf.render("consultations/print/copy.html", context), "copy.pdf")
    except pdf.PdfUnavailable:
        return render(request, "consultations/clinic/unprintable.html", around(visit), status=503)


@require_safe
@with_consultation(Action.GIVE_COPY, kind=audit.Kind.EXPORT)
def copy_json(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The copy for a machine."""
    found = copies.copy_of(consultation)
    answer = HttpResponse(present.as_json(found.sections), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="copy.json"'
    return answer
