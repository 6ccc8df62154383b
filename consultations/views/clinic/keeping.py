"""How long a record is kept: hold it, let it go, ask for its erasure."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from consultations.actions import keeping as actions
from consultations.forms.clinic.keeping import EraseForm, HoldForm
from consultations.loading import StaffRequest, with_consultation
from consultations.queries import clinic as queries
from consultations.queries import keeping as kept
from consultations.views.clinic.surroundings import around
from sdmtool.access import Action


@require_http_methods(["GET", "HEAD", "POST"])
@with_consultation(Action.GIVE_COPY)
def keeping(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """What holds for this record; a POST puts a hold on it."""
    form = HoldForm(request.POST if request.method == "POST" else None, prefix="hold")
    if form.is_bound and form.is_valid():
        actions.hold(consultation=consultation, by=request.user, **form.cleaned_data)
        return redirect("consultations:keeping", consultation.public_id)
    return _shown(request, consultation, holding=form, erasing=EraseForm(prefix="erase"))


@require_POST
@with_consultation(Action.GIVE_COPY)
def lift_hold(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The hold is over."""
    actions.lift(consultation=consultation, by=request.user)
    return redirect("consultations:keeping", consultation.public_id)


@require_POST
@with_consultation(Action.GIVE_COPY)
def ask_erasure(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The person asked for erasure; the next run of the job does it."""
    form = EraseForm(request.POST, prefix="erase")
    if not form.is_valid():
        return _shown(request, consultation, holding=HoldForm(prefix="hold"), erasing=form)
    actions.ask_for_erasure(consultation=consultation, by=request.user, **form.cleaned_data)
    messages.success(request, "It is kept that erasure was asked for.")
    return redirect("consultations:keeping", consultation.public_id)


def _shown(
    request: StaffRequest, consultation: queries.Record, *, holding: HoldForm, erasing: EraseForm
) -> HttpResponse:
    context = around(
        queries.visit(consultation),
        holding=holding,
        erasing=erasing,
        has_errors=bool(holding.errors or erasing.errors),
        hold=kept.standing_hold(consultation),
        asked=kept.erasure_request(consultation),
        days=settings.RETENTION_DAYS,
        unfinished_days=settings.RETENTION_UNFINISHED_DAYS,
    )
    status = 422 if context["has_errors"] else 200
    return render(request, "consultations/clinic/keeping.html", context, status=status)
