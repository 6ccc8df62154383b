"""How often somebody may be wrong when signing in. In the database, so every worker counts alike.

Five wrong passwords for one account from one address, and that pair waits ten minutes. Nobody else
at the address waits, and the account's owner at another address does not either. Five wrong codes
after a right password, and the account's second factor waits, wherever they came from.
Tests: tests/sdmtool/test_wrong_tries.py.
"""

import hashlib
from datetime import timedelta

from django.utils import timezone

from sdmtool.models import WrongTry

TRIES = 5
WAIT = timedelta(minutes=10)
KEPT = timedelta(days=1)
ANYWHERE = ""


def must_wait(account: str, address: str = ANYWHERE) -> bool:
    """Whether five tries within the last ten minutes were wrong."""
    since = timezone.now() - WAIT
    tries = WrongTry.objects.filter(account=_hidden(account), address=address, tried__gt=since)
    return tries.count() >= TRIES


def note(account: str, address: str = ANYWHERE) -> None:
    """One wrong try. Rows older than a day go."""
    now = timezone.now()
    WrongTry.objects.filter(tried__lt=now - KEPT).delete()
    WrongTry.objects.create(account=_hidden(account), address=address, tried=now)


def forget(account: str, address: str = ANYWHERE) -> None:
    """The right one was given."""
    WrongTry.objects.filter(account=_hidden(account), address=address).delete()


def _hidden(account: str) -> str:
    """What was typed is not kept: it may be a password in the wrong box."""
    return hashlib.sha256(account.strip().lower().encode("utf-8", "replace")).hexdigest()
