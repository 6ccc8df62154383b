"""Screen 1: what the person wants to avoid, in their own words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations import situations
from consultations.lifecycle import Event, Status, allowed, comes_next
from consultations.loading import StaffRequest, with_consultation
from consultations.present import my_list as present
from consultations.queries import clinic as queries
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.surroundings import around, labels
from sdmtool.access import Action, can


@require_safe
@with_consultation(Action.READ_RECORD)
@in_words
def my_list(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """One page, one minute."""
    visit = queries.visit(consultation)
    people = queries.people(consultation)
    page = present.my_list(
        visit,
        people,
        labels(),
        situations.edition_of(visit.texts_edition),
        timezone.localdate(),
    )
    context = around(visit, "my_list", page=page, person_id=people[0].id)
    context |= _what_may_be_done(request, consultation, visit.status)
    return render(request, "consultations/clinic/my_list.html", context)


def _what_may_be_done(
    request: StaffRequest, consultation: queries.Record, status: Status
) -> dict[str, bool]:
    clinic, events = consultation.clinic, allowed(status)
    return {
        "may_compare": can(request.user, Action.COMPARE, clinic),
        "may_type": can(request.user, Action.TYPE_PAPER_SHEET, clinic)
        and Event.SHARE_LIST in events,
        "may_change": can(request.user, Action.OPEN_CONSULTATION, clinic) and not status.is_final,
        "may_keep": Event.CHANGE_LIST in events,
        "may_postpone": Event.POSTPONE in events,
        "may_reopen": Event.REOPEN in events,
        "has_order": Event.DECIDE in events,
        "is_next_to_compare": comes_next(status) is Event.COMPARE,
    }
