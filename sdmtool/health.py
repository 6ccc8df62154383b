"""Is the service up, whom to tell about a weakness, and the page for when it is not up."""

import sys

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sdmtool.access import public

RETRY_SECONDS = "60"


@require_safe
@public
def health(request: HttpRequest) -> HttpResponse:
    """200 "ok", or 503 "no records" when the database does not answer. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("no records", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@public
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness, as RFC 9116 writes it; 404 where nobody has been named."""
    if not (settings.SECURITY_CONTACT and settings.SECURITY_EXPIRES):
        raise Http404
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {settings.SECURITY_EXPIRES.isoformat()}T00:00:00Z",
        f"Canonical: {request.build_absolute_uri(request.path)}",
        "Preferred-Languages: en",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what went wrong on our side: 503 and "try again" when the records are away."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        page = HttpResponse(render_to_string("503.html"), status=503)
        page["Retry-After"] = RETRY_SECONDS
        return page
    return HttpResponseServerError(render_to_string("500.html"))
