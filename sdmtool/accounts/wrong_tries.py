"""How often somebody may be wrong when signing in. In the database, so every worker counts alike.

Five wrong passwords for one account from one address, and that pair waits ten minutes. Nobody else
at the address waits, and the account's owner at another address does not either. Somebody who tries
many accounts from one address has, after fifty wrong tries there, one for each; a colleague who is
right the first time still comes in. Five wrong codes after a right password, and the account's
second factor waits, wherever they came from.
Tests: tests/sdmtool/test_wrong_tries.py.
"""

import hashlib
from datetime import timedelta

from django.utils import timezone

from sdmtool.models import WrongTry

TRIES = 5
MANY = 50  # wrong tries from one address, whatever the accounts
WAIT = timedelta(minutes=10)
KEPT = timedelta(days=1)
ANYWHERE = ""


def must_wait(account: str, address: str = ANYWHERE) -> bool:
    """Whether five tries within the last ten minutes were wrong, or one where there are many."""
    recent = WrongTry.objects.filter(address=address, tried__gt=timezone.now() - WAIT)
    wrong = recent.filter(account=_hidden(account)).count()
    if wrong == 0 or address == ANYWHERE:
        return wrong >= TRIES
    return wrong >= TRIES or recent.count() >= MANY


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
