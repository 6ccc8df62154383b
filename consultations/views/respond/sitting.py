"""One sitting at somebody's own form: begun by an invitation, ended by leaving or by 20 quiet
minutes.

The session holds which invitation opened it and when it was last used, and nothing somebody wrote.
Tests: tests/consultations/test_respond_session.py.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse

from consultations.loading import SESSION_KEY, with_invitation
from consultations.queries.respond import Visitor
from medications.queries import NoRelease
from sdmtool.access import by_invitation

View = Callable[..., HttpResponse]
IDLE_SECONDS = 20 * 60
LAST_USED = "last used"
HANDED_OVER = "handed over"  # on the clinic's own tablet, which goes back to staff afterwards


def begin(
    request: HttpRequest, invitation: Visitor, *, is_handed_over: bool = False
) -> HttpResponse:
    """A new session for this invitation. Whatever the browser held before ends, a staff session
    too.
    """
    request.session.flush()
    rotate_token(request)
    request.session[SESSION_KEY] = str(invitation.public_id)
    _note_use(request)
    if not is_handed_over:
        return redirect("respond:before")
    request.session[HANDED_OVER] = True
    return _cleared(redirect("respond:welcome"))


def end(request: HttpRequest, then: str) -> HttpResponse:
    """No session, nothing kept by the browser, and on to `then`; a tablet goes back to staff."""
    is_handed_over = request.session.get(HANDED_OVER, False)
    request.session.flush()
    return _cleared(redirect("respond:give-back" if is_handed_over else then))


def for_respondent(*, keeps_answers: bool = False) -> Callable[[View], View]:
    """A page for an invitation's own session: `view(request, invitation)`.

    After 20 quiet minutes the session is over. A page that `keeps_answers` still saves what is sent
    from it, so that a late press of the button loses nothing; only then is the door shut.
    """

    def decorate(view: View) -> View:
        loaded = with_invitation(view)

        @by_invitation
        @wraps(view)
        def seated(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if _is_over(request):
                if keeps_answers and request.method == "POST":
                    loaded(request, **kwargs)
                return end(request, f"{reverse('respond:start')}?closed")
            _note_use(request)
            try:
                return loaded(request, **kwargs)
            except NoRelease:
                return render(request, "consultations/respond/not_ready.html", status=503)

        return seated

    return decorate


def _cleared(response: HttpResponse) -> HttpResponse:
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _is_over(request: HttpRequest) -> bool:
    if SESSION_KEY not in request.session:
        return False
    return time.time() - request.session.get(LAST_USED, 0) > IDLE_SECONDS


def _note_use(request: HttpRequest) -> None:
    request.session[LAST_USED] = int(time.time())
