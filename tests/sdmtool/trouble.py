"""Addresses at which everything goes wrong, each with words in it that must not come out.

A word is made of the place where it was put: word("body"). `places(text)` says which came out.
"""

import logging
import re

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import OperationalError, connection, transaction
from django.http import Http404, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from sdmtool import pdf
from sdmtool.access import NotAllowed
from sdmtool.models import AuditEvent, Clinic

log = logging.getLogger("consultations.trouble")


def word(place):
    return f"zq{place}zq"


def places(text):
    """The places whose words are in `text`."""
    return set(re.findall(r"zq([a-z]+)zq", text))


def fine(request, **parts):
    return HttpResponse("<p>well</p>")


def moved(request, **parts):
    return HttpResponse(status=302, headers={"Location": "/"})


def bad(request, **parts):
    raise SuspiciousOperation(word("message"))


def unreadable(request, **parts):
    raise BadRequest(word("message"))


def forbidden(request, **parts):
    raise NotAllowed(word("message"))


def missing(request, **parts):
    raise Http404(word("message"))


@require_POST
def only_post(request, **parts):
    return HttpResponse("well")


def too_often(request, **parts):
    return HttpResponse(render_to_string("429.html"), status=429)


@csrf_exempt
def reads_the_body(request, **parts):
    return HttpResponse(str(len(request.POST)))


@csrf_exempt
def fails(request, **parts):
    written = {"their words": word("variable"), "body": request.body, "sent": request.POST}
    try:
        raise KeyError(word("cause"))
    except KeyError as cause:
        raise RuntimeError(word("message"), written) from cause


def fails_in_a_template(request, **parts):
    class Broken:
        def words(self):
            raise TypeError(word("message"))

    template = engines["django"].from_string("{% if 1 %}{{ broken.words }}{% endif %}")
    return HttpResponse(template.render({"broken": Broken(), "mine": word("variable")}))


def fails_in_sql(request, **parts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nowhere WHERE words = %s", [word("parameter")])


def fails_in_a_constraint(request, **parts):
    with transaction.atomic():
        Clinic.objects.create(name=word("parameter"))
        Clinic.objects.create(name=word("parameter"))


def fails_in_a_value(request, **parts):
    """PostgreSQL repeats in its message what it could not read."""
    rows = AuditEvent.objects.extra(where=["id = %s"], params=[word("parameter")])
    with transaction.atomic():
        Clinic.objects.filter(pk__in=rows.values("id")).count()
        AuditEvent(at=timezone.now(), kind=word("parameter") * 9, own_hash="f").save()
    raise RuntimeError(word("message"))


def no_records(request, **parts):
    raise OperationalError(word("message"))


def says_too_much(request, **parts):
    """What a package, or we on a bad day, might write."""
    log.error(f"could not save {word('message')}")
    log.error("could not save %s", word("argument"), extra={"words": word("extra")})
    log.error(word("message"), exc_info=RuntimeError(word("cause")), stack_info=True)
    logging.getLogger(word("name") + "\n").warning("something")
    logging.getLogger("py.warnings").warning("%s", word("argument"))
    raise RuntimeError(word("message"))


def sheet(request, **parts):
    return pdf.response(b"%PDF-1.7\n", "tool-sheet.pdf")


VIEWS = {
    "fine": fine,
    "moved": moved,
    "bad": bad,
    "unreadable": unreadable,
    "forbidden": forbidden,
    "missing": missing,
    "only-post": only_post,
    "too-often": too_often,
    "reads-the-body": reads_the_body,
    "fails": fails,
    "fails-in-a-template": fails_in_a_template,
    "fails-in-sql": fails_in_sql,
    "fails-in-a-constraint": fails_in_a_constraint,
    "fails-in-a-value": fails_in_a_value,
    "no-records": no_records,
    "says-too-much": says_too_much,
    "sheet": sheet,
}
handler500 = "sdmtool.health.server_error"
urlpatterns = [
    *(path(f"trouble/{name}/", view) for name, view in VIEWS.items()),
    *(path(f"trouble/{name}/<str:words>/", view) for name, view in VIEWS.items()),
    path("", include("sdmtool.urls")),
]
