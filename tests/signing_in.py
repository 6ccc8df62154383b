"""A member of staff at a browser. The only place in the tests that knows how signing in is done."""

import re
import time
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from sdmtool import sessions
from sdmtool.accounts import second_factor


def signed_in(user: Any, client: Client | None = None) -> Client:
    """`client`, or a new one, past the password and the second factor of `user`."""
    client = client or Client()
    client.force_login(user)
    session = client.session
    session[sessions.BEGAN] = session[sessions.SEEN] = int(time.time())
    session.save()
    return client


def with_app(user: Any) -> Any:
    """`user`, with an app that shows codes; see `code_of`."""
    TOTP.activate(user, generate_totp_secret())
    return user


def code_of(user: Any) -> str:
    """What the app of `user` shows now."""
    return second_factor.code_now(user)


def fresh_code(user: Any) -> str:
    """A code that is good now, whatever was used before: of a new app when there is one already."""
    second_factor.forget(user)
    return code_of(with_app(user))


def with_password_only(user: Any, password: str, client: Client | None = None) -> Client:
    """A browser in which the right password was given, and nothing else yet."""
    client = client or Client()
    answer = client.post(reverse("sign-in"), {"email": user.email, "password": password})
    assert answer.headers.get("Location") == reverse("second-factor"), answer.status_code
    return client


def join_path(written: str) -> str:
    """The path of the link to join in some output."""
    return re.search(r"/join/\S+", written).group()
