"""A member of staff at a browser. The only place in the tests that knows how signing in is done."""

from typing import Any

from django.test import Client


def signed_in(user: Any, client: Client | None = None) -> Client:
    """`client`, or a new one, signed in as `user`."""
    client = client or Client()
    client.force_login(user)
    return client
