"""The way in: a code typed from a letter, or a link whose secret stands behind the #.

Opening the address changes nothing, however often a mail scanner does it; only a POST comes in.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from consultations.actions import invitations
from consultations.actions.invitations import SlipOfTheKeys, WrongCode
from consultations.actions.tries import TooManyTries
from consultations.forms.respond import CodeForm
from consultations.views.respond import sitting
from sdmtool.access import public

SLIP = (
    "There is a slip in this code. Check it against your letter, letter by letter. "
    "This did not count as a try."
)
WRONG = (
    "This code does not open anything. It may be mistyped, too old, or used already. "
    "Ask the clinic for a new one."
)
WRONG_LINK = (
    "This link does not open anything. It may be cut short, too old, or used already. "
    "Type the code from your letter, or ask the clinic for a new one."
)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@public
def start(request: HttpRequest) -> HttpResponse:
    """Where a code is typed, and where a link arrives."""
    if request.method != "POST":
        return render(
            request,
            "consultations/respond/start.html",
            {"form": CodeForm(), "was_closed": "closed" in request.GET},
        )
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "consultations/respond/start.html", {"form": form})
    return _come_in(
        request, form, WRONG, invitations.exchange_code, typed=form.cleaned_data["code"]
    )


@sensitive_post_parameters("secret")
@require_POST
@public
def exchange(request: HttpRequest) -> HttpResponse:
    """What a link's page posts: the secret that stood behind the #."""
    form = CodeForm({"code": ""}, auto_id="id_%s")
    form.errors.clear()
    return _come_in(
        request,
        form,
        WRONG_LINK,
        invitations.exchange_link,
        secret=request.POST.get("secret", ""),
    )


def _come_in(
    request: HttpRequest,
    form: CodeForm,
    wrong: str,
    exchanged: Callable[..., Any],
    **given: str,
) -> HttpResponse:
    try:
        return sitting.begin(request, exchanged(address=request.META["REMOTE_ADDR"], **given))
    except SlipOfTheKeys:
        form.add_error("code", SLIP)
    except WrongCode:
        form.add_error("code", wrong)
    except TooManyTries as wait:
        return _slow_down(request, wait.seconds)
    return render(request, "consultations/respond/start.html", {"form": form})


def _slow_down(request: HttpRequest, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    page = render(request, "consultations/respond/slow_down.html", {"minutes": minutes}, status=429)
    page["Retry-After"] = str(seconds)
    return page
