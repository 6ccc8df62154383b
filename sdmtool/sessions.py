"""How long a member of staff stays signed in, and what becomes of a page that was too late.

Fifteen minutes without a request, or twelve hours after signing in, and the session is over. What a
late page sent is kept for whoever was signed in there, in this browser's next session, and shown to
them alone after they have signed in again; nothing is written in their name before that.
Tests: tests/sdmtool/test_sessions.py.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from sdmtool.access import BY_INVITATION, PUBLIC

IDLE = 15 * 60
TOGETHER = 10
ABSOLUTE = 12 * 60 * 60
KEPT_FOR = 60 * 60
BEGAN, SEEN, KEPT, LATE = "began", "seen", "kept form", "was signed in"
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "new_password", "code", "credential"})

Kept = dict[str, Any]
GetResponse = Callable[[HttpRequest], HttpResponse]


class StaffSessionMiddleware:
    """Ends a staff session that is over, before anything else sees who it belonged to."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            if is_over(request):
                return self._too_late(request, int(request.session[SESSION_KEY]))
            _note_press(request)
        elif request.method == "POST" and _was_signed_in(request) and _needs_signing_in(request):
            return self._too_late(request, int(request.session[LATE]["user"]))
        return self.get_response(request)

    def _too_late(self, request: HttpRequest, user: int) -> HttpResponse:
        """Remembers who it was, too: another of their pages may send what was typed a moment on."""
        kept = _sent(request, user) or kept_form(request)
        request.session.flush()
        request.session[LATE] = {"user": user, "at": int(time.time())}
        keep_form(request, kept)
        wanted = "" if request.method == "POST" else request.get_full_path()
        asked = urlencode({"next": wanted, "late": "1"})
        return redirect(f"{reverse('sign-in')}?{asked}")


def _note_press(request: HttpRequest) -> None:
    """Presses within ten seconds of each other count as one, so that not every page writes."""
    now = int(time.time())
    if now - request.session[SEEN] >= TOGETHER:
        request.session[SEEN] = now


def _was_signed_in(request: HttpRequest) -> bool:
    """Whether a session ended here by itself within the hour, and nobody has begun one since."""
    late = request.session.get(LATE)
    return late is not None and time.time() - late["at"] < KEPT_FOR


def _needs_signing_in(request: HttpRequest) -> bool:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "access", None) not in {PUBLIC, BY_INVITATION}


def begin(request: HttpRequest) -> None:
    """The clocks of a new staff session. Its cookie goes with the browser's window."""
    request.session.set_expiry(0)
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def is_over(request: HttpRequest) -> bool:
    """Whether this staff session has been quiet for too long, or is too old."""
    now = int(time.time())
    began, seen = request.session.get(BEGAN, 0), request.session.get(SEEN, 0)
    return now - seen > IDLE or now - began > ABSOLUTE


def seconds_left(request: HttpRequest) -> int:
    """Until the session ends by itself if nothing is pressed."""
    now = int(time.time())
    return max(0, min(IDLE, request.session.get(BEGAN, now) + ABSOLUTE - now))


def keep_form(request: HttpRequest, kept: Kept | None) -> None:
    """Keep what a late page sent, in this session."""
    if kept:
        request.session[KEPT] = kept


def kept_form(request: HttpRequest) -> Kept | None:
    """What is kept here, if it is not older than an hour."""
    kept = request.session.get(KEPT)
    return kept if kept and time.time() - kept["sent"] < KEPT_FOR else None


def forget_form(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def _sent(request: HttpRequest, user: int) -> Kept | None:
    """What a late POST carried, without tokens and passwords; files are not kept. None: nothing."""
    if request.method != "POST":
        return None
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
        for value in values
    ]
    if not fields:
        return None
    return {
        "user": user,
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "sent": int(time.time()),
    }
