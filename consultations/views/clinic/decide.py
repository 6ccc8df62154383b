"""Screen 3: what was decided. Saved as often as wanted, signed once by a prescriber."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import meeting as actions
from consultations.actions.steps import StalePage
from consultations.forms.clinic.meeting import DecideForm, SignForm
from consultations.lifecycle import NotPossible
from consultations.loading import StaffRequest, with_consultation
from consultations.present import decision as present
from consultations.queries import clinic as queries
from consultations.snapshots import PERSON, PROFESSIONAL
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.decide_page import conflict, decide_form, show
from sdmtool.access import Action


@require_safe
@with_consultation(Action.READ_RECORD)
@in_words
def decide(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The page to fill in; once signed, what was signed."""
    return show(request, consultation)


@require_POST
@with_consultation(Action.DECIDE)
@in_words
def save_decision(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Keep the page, not signed."""
    form = decide_form(request, queries.meeting(consultation), data=request.POST)
    if not form.is_valid():
        return show(request, consultation, form=form, status=422)
    try:
        actions.save_decision(consultation=consultation, by=request.user, **_said(form))
    except (StalePage, NotPossible):
        return _stale(request, consultation, form)
    messages.success(request, "Saved, not signed.")
    return redirect("consultations:decide", consultation.public_id)


@require_POST
@with_consultation(Action.DECIDE)
@in_words
def keep_words(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Keep what one of the two said now; the rest of the page stays as it was typed."""
    kind = PROFESSIONAL if "keep_professional" in request.POST else PERSON
    meeting = queries.meeting(consultation)
    form = decide_form(request, meeting, data=request.POST)
    field = f"{kind}_says"
    if field in form.errors or not form.cleaned_data.get(field):
        if field not in form.errors:
            form.add_error(field, "Write what was said first")
        return show(request, consultation, form=form.only(field), status=422)
    try:
        actions.keep_voice(
            consultation=consultation,
            version=form.cleaned_data["version"],
            kind=kind,
            words=form.cleaned_data[field],
            by=request.user,
        )
    except (StalePage, NotPossible):
        return _stale(request, consultation, form)
    consultation.refresh_from_db()
    as_typed = decide_form(request, meeting, data=form.without(field), is_checked=False)
    return show(request, consultation, form=as_typed, kept=kind)


@require_POST
@with_consultation(Action.SIGN)
@in_words
def sign(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Save the page and freeze it. The same page sent twice is signed once."""
    form = decide_form(request, queries.meeting(consultation), SignForm, data=request.POST)
    if not form.is_valid():
        return show(request, consultation, form=form, status=422)
    try:
        actions.sign(
            consultation=consultation,
            by=request.user,
            keeps_release=form.cleaned_data["keeps_release"],
            words=present.record,
            **_said(form),
        )
    except (StalePage, NotPossible):
        return _stale(request, consultation, form)
    except actions.NewerRelease:
        return show(request, consultation, form=form, status=409, asks_release=True)
    messages.success(request, "Signed. Nothing on this page changes any more.")
    return redirect("consultations:decide", consultation.public_id)


def _said(form: DecideForm) -> dict[str, Any]:
    given = form.cleaned_data
    names = ("version", "person_says", "professional_says")
    return {"deciding": form.deciding, **{name: given[name] for name in names}}


def _stale(request: StaffRequest, consultation: queries.Record, form: DecideForm) -> HttpResponse:
    """Somebody else was faster, or the list has changed: both texts on one page, nothing lost."""
    consultation.refresh_from_db()
    meeting = queries.meeting(consultation)
    return show(
        request, consultation, form=form, status=409, stale=True, theirs=conflict(meeting, form)
    )
