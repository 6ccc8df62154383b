"""Whose visit is next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.actions import reading
from consultations.loading import StaffRequest
from consultations.present import worklist as present
from consultations.queries import records
from consultations.queries import worklist as queries
from sdmtool.access import Action, can, requires
from sdmtool.text import one_line

MOST_TYPED = 40


@require_safe
@requires(Action.VIEW_WORKLIST)
def worklist(request: StaffRequest) -> HttpResponse:
    """Today, what is coming, what has no date, what was signed; or what a reference finds."""
    typed = one_line(request.GET.get("reference", ""))[:MOST_TYPED]
    context = _found(request, typed) if typed else _all(request)
    context |= {"typed": typed, "may_open": can(request.user, Action.OPEN_CONSULTATION)}
    return render(request, "consultations/clinic/worklist.html", context)


def _all(request: StaffRequest) -> dict[str, object]:
    sections = queries.sections(request.user, timezone.now())
    page = present.worklist(
        sections,
        timezone.localdate(),
        queries.MOST_LINES,
        may_invite=can(request.user, Action.INVITE),
    )
    shown = sum(len(section.lines) for section in page.sections)
    reading.note_worklist(people=shown, searched=False, by=request.user)
    return {"page": page, "opened_elsewhere": records.broken_glass_today(request.user)}


def _found(request: StaffRequest, typed: str) -> dict[str, object]:
    rows = queries.with_reference(request.user, typed)
    section = present.search(
        rows,
        typed,
        timezone.localdate(),
        queries.MOST_LINES,
        may_invite=can(request.user, Action.INVITE),
    )
    reading.note_worklist(people=len(rows), searched=True, by=request.user)
    return {"found": section}
