"""Which medicines are set aside, and taking that back: a prescriber's act, with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from consultations.actions import meeting, opening
from consultations.actions.steps import StalePage
from consultations.forms.clinic.meeting import PutBackForm, RuleOutForm, TrialsForm
from consultations.lifecycle import Event, allowed
from consultations.loading import StaffRequest, with_consultation
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import MOVED, STALE, in_words
from consultations.views.clinic.compare_page import medicines, show
from medications import queries as medications
from sdmtool.access import Action

NOT_ASIDE = "That is not a medicine of this release, so nothing was put back."


@require_POST
@with_consultation(Action.SIGN)
@in_words
def rule_out(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """A prescriber sets one medicine aside, and the order is worked out without it."""
    form = RuleOutForm(request.POST, medicines=_known(), prefix="aside")
    if not form.is_valid():
        return show(request, consultation, ruling=form, status=422)
    try:
        opening.rule_out(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        form.add_error(None, STALE)
    except opening.AlreadySetAside:
        form.add_error("medicine", "This one is set aside already")
    if form.errors:
        return show(request, consultation, ruling=form, status=409)
    return _compared_again(request, consultation)


@require_POST
@with_consultation(Action.SIGN)
@in_words
def put_back(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """A prescriber takes a reason away again."""
    form = PutBackForm(request.POST, medicines=_known())
    if not form.is_valid():
        messages.warning(request, NOT_ASIDE)
        return redirect("consultations:compare", consultation.public_id)
    try:
        opening.put_back(consultation=consultation, by=request.user, **form.cleaned_data)
    except (StalePage, opening.NotSetAside):
        messages.warning(request, MOVED)
        return redirect("consultations:compare", consultation.public_id)
    return _compared_again(request, consultation)


@require_POST
@with_consultation(Action.COMPARE)
@in_words
def record_trials(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Which medicines have had a fair trial."""
    form = TrialsForm(request.POST, medicines=_known(), prefix="trials")
    if not form.is_valid():
        return show(request, consultation, trials=form, status=422)
    try:
        opening.record_trials(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        form.add_error(None, STALE)
        return show(request, consultation, trials=form, status=409)
    return _compared_again(request, consultation)


def _compared_again(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Somebody has just asked for another order: pin it."""
    if Event.COMPARE in allowed(queries.visit(consultation).status):
        meeting.compare(consultation=consultation, version=consultation.version, by=request.user)
        messages.success(request, "Done, and compared again.")
    return redirect("consultations:compare", consultation.public_id)


def _known() -> list[tuple[str, str]]:
    return medicines(medications.current_release())
