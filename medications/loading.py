"""From an address to what it names. A medicine that no release holds is not found."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from medications import queries


def with_card(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the current release and the medicine's slug, once the release is known to
    hold it.
    """

    @wraps(view)
    def loaded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        try:
            release = queries.current_release()
            release.profile(slug)
        except (queries.NoRelease, KeyError):
            raise Http404("No published release holds this medicine.") from None
        return view(request, release, slug, **kwargs)

    return loaded
