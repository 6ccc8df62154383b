"""Not able to take part today, offering it again, and closing without a decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import meeting
from consultations.actions.steps import StalePage
from consultations.forms.clinic.another_day import AbandonForm, PostponeForm
from consultations.forms.clinic.meeting import PageForm
from consultations.loading import StaffRequest, with_consultation
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import MOVED, STALE, in_words
from consultations.views.clinic.surroundings import around
from sdmtool.access import Action


@require_safe
@with_consultation(Action.DECIDE)
@in_words
def another_day(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Two small forms: another day, or not at all."""
    return _page(request, consultation)


@require_POST
@with_consultation(Action.DECIDE)
@in_words
def postpone(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    form = PostponeForm(request.POST, today=timezone.localdate(), prefix="postpone")
    if not form.is_valid():
        return _page(request, consultation, postponing=form, status=422)
    try:
        meeting.postpone(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        form.add_error(None, STALE)
        return _page(request, consultation, postponing=form, status=409)
    messages.success(request, "Put off. It stands under “Offer again” on the worklist.")
    return redirect("consultations:my_list", consultation.public_id)


@require_POST
@with_consultation(Action.DECIDE)
@in_words
def abandon(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    form = AbandonForm(request.POST, prefix="abandon")
    if not form.is_valid():
        return _page(request, consultation, closing=form, status=422)
    try:
        meeting.abandon(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        form.add_error(None, STALE)
        return _page(request, consultation, closing=form, status=409)
    messages.success(request, "Closed without a decision. Nothing was deleted.")
    return redirect("consultations:my_list", consultation.public_id)


@require_POST
@with_consultation(Action.DECIDE)
@in_words
def reopen(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Offer the choice again; a list that was sent before counts again."""
    form = PageForm(request.POST)
    form.full_clean()
    try:
        meeting.reopen(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        messages.warning(request, MOVED)
    return redirect("consultations:my_list", consultation.public_id)


def _page(
    request: StaffRequest,
    consultation: queries.Record,
    *,
    postponing: PostponeForm | None = None,
    closing: AbandonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if status == 409:
        consultation.refresh_from_db()
    visit = queries.visit(consultation)
    postponing = postponing or PostponeForm(today=timezone.localdate(), prefix="postpone")
    closing = closing or AbandonForm(prefix="abandon")
    context = around(
        visit,
        postponing=postponing,
        closing=closing,
        has_errors=bool(postponing.errors or closing.errors),
    )
    return render(request, "consultations/clinic/another_day.html", context, status=status)
