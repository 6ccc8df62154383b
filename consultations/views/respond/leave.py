"""Ways out. Each ends the session here and clears what the browser kept.

"Leave quickly" goes to a page of ours that says nothing about this one. It does not forward to
another host: a form may only post to us (form-action 'self'), and no page of ours calls anybody.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from consultations.queries.respond import Visitor
from consultations.views.respond import sitting
from consultations.views.respond.sitting import for_respondent
from sdmtool.access import public


@require_POST
@public
def leave(request: HttpRequest) -> HttpResponse:
    """Gone at once, whether or not anybody was in."""
    return sitting.end(request, "respond:left")


@require_safe
@public
def left(request: HttpRequest) -> HttpResponse:
    """A plain page with the day on it, and nothing of ours."""
    return render(request, "consultations/respond/left.html", {"today": timezone.localdate()})


@require_POST
@public
def stop(request: HttpRequest) -> HttpResponse:
    """Out for now; the draft is kept."""
    return sitting.end(request, "respond:stopped")


@require_safe
@public
def stopped(request: HttpRequest) -> HttpResponse:
    """Saved, not sent, and how to come back."""
    return render(request, "consultations/respond/stopped.html")


@require_safe
@public
def give_back(request: HttpRequest) -> HttpResponse:
    """The end on the clinic's own tablet, however somebody came to it."""
    return render(request, "consultations/respond/give_back.html")


@require_POST
@for_respondent()
def stay(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """Somebody is still here: another 20 minutes."""
    return HttpResponse(status=204)
