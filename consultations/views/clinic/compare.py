"""Screen 2: the medicines beside the list, every other real option beside them, the short list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from consultations.actions import meeting
from consultations.actions.steps import StalePage
from consultations.forms.clinic.meeting import PageForm, ShortListForm
from consultations.loading import StaffRequest, with_consultation
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import MOVED, STALE, in_words
from consultations.views.clinic.compare_page import choices, marked, pinned_release, show
from consultations.views.clinic.surroundings import around
from medications import queries as medications
from sdmtool.access import Action

ASK_FIRST = "Ask {name} first whether this list is still right. Nothing has been compared."
NO_LIST = "There is no list to compare with yet."


@require_safe
@with_consultation(Action.READ_RECORD)
@in_words
def compare(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The comparison as it was pinned. It is never worked out again by looking at it."""
    return show(request, consultation)


@require_safe
@with_consultation(Action.READ_RECORD)
@in_words
def second_screen(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The same, larger, for a screen that everybody looks at: no working and nothing to press."""
    if queries.newest_comparison(consultation) is None:
        return redirect("consultations:compare", consultation.public_id)
    return show(request, consultation, template="second_screen.html")


@require_POST
@with_consultation(Action.COMPARE)
@in_words
def compare_now(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """Pin the newest list and the current release, and work out the order."""
    form = PageForm(request.POST)
    form.full_clean()
    try:
        meeting.compare(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        messages.warning(request, MOVED)
    except meeting.NoList:
        messages.warning(request, NO_LIST)
    except meeting.AskFirst:
        messages.warning(request, ASK_FIRST.format(name=consultation.name_to_use))
        return redirect("consultations:my_list", consultation.public_id)
    return redirect("consultations:compare", consultation.public_id)


@require_POST
@with_consultation(Action.COMPARE)
@in_words
def shorten(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The ticks become the short list, and the way goes on to Decide."""
    compared = queries.newest_comparison(consultation)
    if compared is None:
        return show(request, consultation)
    form = ShortListForm(request.POST, options=choices(compared))
    if not form.is_valid():
        return show(request, consultation, ticking=form, status=422)
    try:
        meeting.shorten(consultation=consultation, by=request.user, **form.cleaned_data)
    except StalePage:
        form.add_error(None, STALE)
        return show(request, consultation, ticking=form, status=409)
    return redirect("consultations:decide", consultation.public_id)


@require_safe
@with_consultation(Action.READ_RECORD)
@in_words
def card(request: StaffRequest, consultation: queries.Record, slug: str) -> HttpResponse:
    """One information card from the pinned release; Compare opens it in place."""
    release = pinned_release(queries.newest_comparison(consultation))
    try:
        page = medications.card_page(release, slug)
    except KeyError:
        raise Http404 from None
    context = around(queries.visit(consultation), "compare", card=page, **marked(release))
    return render(request, "consultations/clinic/card.html", context)
