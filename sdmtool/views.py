"""The front page, the error pages that need a view, and what every template may ask for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from medications import queries as medications
from sdmtool import sessions
from sdmtool.access import Action, public


@require_safe
@public
def start(request: HttpRequest) -> HttpResponse:
    """Staff go to their work; everybody else is told what this is and where to enter a code."""
    if request.user.is_authenticated:
        if request.may(Action.VIEW_WORKLIST):  # type: ignore[attr-defined]
            return redirect("consultations:worklist")
        if request.may(Action.ADMINISTER):  # type: ignore[attr-defined]
            return redirect("administration:clinics")
        return redirect("medications:library")
    return render(request, "start.html")


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose security token does not fit: usually a page left open for a long time."""
    return render(request, "403_csrf.html", status=403)


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """For every template: the product's name, the current release or None, if it is a trial."""
    release = SimpleLazyObject(_current_release)
    return {
        "product_name": settings.PRODUCT_NAME,
        "release": release,
        "only_here": settings.DEMO,
        "seconds_left": sessions.seconds_left(request),
        "demo": SimpleLazyObject(
            lambda: settings.DEMO or bool(release and release.is_demonstration)
        ),
    }


def _current_release() -> Any:
    try:
        return medications.current_release()
    except medications.NoRelease:
        return None
