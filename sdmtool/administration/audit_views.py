"""The audit viewer: who did what in the clinics of an administrator, a page of 50 at a time."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sdmtool.access import Action, requires
from sdmtool.administration import events
from sdmtool.administration.forms import LookForm

MOST_PAGES = 1000


@require_safe
@requires(Action.ADMINISTER)
def audit(request: Any) -> HttpResponse:
    """The newest first; what was looked for stays in the address."""
    form = LookForm(request.GET, staff=events.staff(request.user))
    if not form.is_valid():
        return render(request, "administration/audit.html", {"form": form})
    number = _number(request.GET.get("page", ""))
    lines, has_older = events.page(looked=form.looked(), number=number, by=request.user)
    same = [(key, words) for key, words in request.GET.items() if key != "page"]
    context = {
        "form": form,
        "lines": lines,
        "number": number,
        "newer": urlencode([*same, ("page", number - 1)]) if number > 1 else "",
        "older": urlencode([*same, ("page", number + 1)]) if has_older else "",
        "same": urlencode(same),
    }
    return render(request, "administration/audit.html", context)


@require_safe
@requires(Action.ADMINISTER)
def audit_csv(request: Any) -> HttpResponse:
    form = LookForm(request.GET, staff=events.staff(request.user))
    if not form.is_valid():
        return render(request, "administration/audit.html", {"form": form}, status=400)
    body = events.export(looked=form.looked(), by=request.user)
    answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


def _number(typed: str) -> int:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
    return min(max(number, 1), MOST_PAGES)
