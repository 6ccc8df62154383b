"""Passkeys: the ceremony is django-allauth's and python-fido2's; here are its four steps.

The browser's side is static/js/passkey.js. Tests: tests/browser/test_sign_in.py (a real browser
with a virtual authenticator) and tests/sdmtool/test_second_factor.py.
"""

import json
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from sdmtool.models import User

LONGEST = 20_000  # characters; an answer has two or three thousand


def offer(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a browser needs to make a new passkey."""
    with context.request_context(request):
        return dict(auth.begin_registration(user, passwordless=False))


def add(request: HttpRequest, user: User, name: str, credential: str) -> bool:
    """Keep the passkey a browser made. False when it does not answer the offer."""
    made = _read(credential)
    if made is None:
        return False
    with context.request_context(request), transaction.atomic():
        try:
            auth.parse_registration_response(made)
            auth.complete_registration(made)
        except (ValidationError, ValueError, TypeError, KeyError):
            return False
        auth.WebAuthn.add(user, name, made)
    return True


def question(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a passkey has to answer."""
    with context.request_context(request):
        return dict(auth.begin_authentication(user))


def answers(request: HttpRequest, user: User, credential: str) -> bool:
    """Whether one of the account's passkeys has answered the question."""
    given = _read(credential)
    if given is None:
        return False
    with context.request_context(request), transaction.atomic():
        try:
            auth.parse_authentication_response(given)
            used: Authenticator = auth.complete_authentication(user, given)
        except (ValidationError, ValueError, TypeError, KeyError):
            return False
        used.record_usage()
    return True


def _read(credential: str) -> dict[str, Any] | None:
    if len(credential) > LONGEST:
        return None
    try:
        found = json.loads(credential)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
