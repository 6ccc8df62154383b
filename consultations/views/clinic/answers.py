"""What the clinic's views say when something cannot be done: in words, never with an empty hand."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consultations import lifecycle
from medications import queries as medications

View = Callable[..., HttpResponse]

STALE = (
    "Somebody else wrote to this record while your page was open, so this was not saved. "
    "What you typed is still here. Look at it again, then press the button once more."
)
MOVED = "Somebody wrote to this record in the meantime. This is how it stands now; press again."
NO_RELEASE = (
    "No release of the side-effect profiles has been published, so nothing can be compared."
)
ALTERED = (
    "The side-effect profiles stored here are not the ones that were signed, so they are not "
    "shown. Nothing of this consultation is lost. Tell the service’s administrator."
)


def in_words(view: View) -> View:
    """A step that cannot be taken from here, or profiles that cannot be shown, as a page that says
    so.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except lifecycle.NotPossible as refusal:
            return _page(request, args, str(refusal), 409)
        except medications.NoRelease:
            return _page(request, args, NO_RELEASE, 503)
        except medications.ReleaseAltered:
            return _page(request, args, ALTERED, 503)

    return answered


def _page(request: HttpRequest, args: tuple[Any, ...], words: str, status: int) -> HttpResponse:
    context = {"words": words, "public_id": args[0].public_id if args else None}
    return render(request, "consultations/clinic/not_possible.html", context, status=status)
