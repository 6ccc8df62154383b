"""Somebody between the password and the second factor, and the moment they are in.

The session says whose password was right, for ten minutes, and opens nothing but the second factor.
Coming in makes a new session, so an id somebody planted before is worth nothing.
Tests: tests/sdmtool/test_second_factor.py, test_sessions.py.
"""

import time

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from sdmtool import audit, sessions
from sdmtool.models import User

WAY = "on the way"
LASTS = 10 * 60
BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin(request: HttpRequest, user: User, wanted: str = "") -> None:
    """The password was right. Whatever was open in this browser ends here."""
    kept = sessions.kept_form(request)
    request.session.flush()
    request.session.set_expiry(LASTS)
    request.session[WAY] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "began": int(time.time()),
        "next": wanted if _is_own(request, wanted) else "",
    }
    sessions.keep_form(request, kept)


def somebody(request: HttpRequest) -> User | None:
    """Who is on the way here; None for nobody, after ten minutes, or with a changed password."""
    way = request.session.get(WAY)
    if way is None or time.time() - way["began"] > LASTS:
        return None
    user = User.objects.filter(pk=way["user"], is_active=True).first()
    if user and constant_time_compare(way["password"], user.get_session_auth_hash()):
        return user
    return None


def enter(request: HttpRequest, user: User, how: str) -> HttpResponse:
    """Signed in, in a new session; on to the page that was wanted, or to what was being typed."""
    wanted = request.session.get(WAY, {}).get("next", "")
    kept = sessions.kept_form(request)
    with transaction.atomic():
        request.session.flush()
        login(request, user, backend=BACKEND)
        sessions.begin(request)
        UserSession.objects.create_from_request(request)
        audit.record(by=user, kind=audit.Kind.WRITE, action="sign in", detail={"with": how})
    if kept and kept["user"] == user.pk:
        sessions.keep_form(request, kept)
        return redirect("kept-form")
    return redirect(wanted or "start")


def _is_own(request: HttpRequest, wanted: str) -> bool:
    """Whether an address is a page of ours; another site's is never gone to."""
    if not wanted.startswith("/") or wanted.startswith("//"):
        return False
    hosts = {request.get_host()}
    return url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
