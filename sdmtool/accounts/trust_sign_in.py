"""There and back: signing in with the trust's own account, which opens one that exists here.

Roles stay ours, and so does the second factor, unless SDM_OIDC_SECOND_FACTOR says that the trust's
sign-in has asked for one. Every way of not being let in looks the same.
Tests: tests/sdmtool/test_trust_sign_in.py.
"""

import time
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sdmtool import audit
from sdmtool.access import public
from sdmtool.accounts import on_the_way, provider
from sdmtool.accounts.sign_in import STRANGER
from sdmtool.models import User

ASKED = "asked the trust"
LASTS = 10 * 60


@require_POST
@public
def there(request: HttpRequest) -> HttpResponse:
    """To the trust's page. What the answer must fit stays in the session."""
    if not provider.is_set():
        return redirect("sign-in")
    question = provider.new_question()
    try:
        way = provider.way_there(question, _back(request))
    except provider.NotBelieved:
        return _not_in()
    wanted = request.POST.get("next", "")
    request.session[ASKED] = question | {"next": wanted, "began": str(int(time.time()))}
    return redirect(way)


@require_safe
@public
def back(request: HttpRequest) -> HttpResponse:
    """From the trust's page: signed in, or on to the second factor, or back to the beginning."""
    question = request.session.pop(ASKED, None)
    if not provider.is_set() or question is None or not _is_answer(request, question):
        return _not_in()
    try:
        email = provider.verified_email(question, request.GET.get("code", ""), _back(request))
    except provider.NotBelieved:
        audit.record_refusal(by=STRANGER, action="sign in, the trust's answer did not hold")
        return _not_in()
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        audit.record_refusal(by=STRANGER, action="sign in, no account for the trust's")
        return _not_in()
    on_the_way.begin(request, user, question["next"])
    if settings.OIDC_SECOND_FACTOR:
        return on_the_way.enter(request, user, "the trust's own sign-in")
    return redirect("second-factor")


def _is_answer(request: HttpRequest, question: dict[str, str]) -> bool:
    """Whether this is the answer to what this browser asked, within ten minutes."""
    given = request.GET.get("state", "").encode()
    in_time = time.time() - int(question["began"]) <= LASTS
    return in_time and compare_digest(given, question["state"].encode())


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("trust-sign-in-back"))


def _not_in() -> HttpResponse:
    return redirect(f"{reverse('sign-in')}?not-in=1")
