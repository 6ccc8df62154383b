"""How often somebody may try to get in from one address. Kept in the database, so every worker
counts alike.

Ten wrong tries in five minutes from one address, then a wait. When the whole service has seen 600
wrong tries in a minute, every address that has already been wrong waits too; an address that has
not still gets its first try, so that strangers cannot keep anybody out. Nothing is ever counted
against a person or a code. Tests: tests/consultations/test_invitations.py.
"""

import math
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.utils import timezone

from consultations.models import Attempt

WRONG_TRIES = 10
WINDOW = timedelta(minutes=5)
WRONG_TRIES_EVERYWHERE = 600
WINDOW_EVERYWHERE = timedelta(minutes=1)
KEPT = timedelta(days=1)


class TooManyTries(Exception):
    """This address waits. `seconds` is how long, for Retry-After."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} seconds")
        self.seconds = seconds


def begin(address: str) -> Attempt:
    """One try, counted as wrong until its caller deletes it. TooManyTries when it may not be made.

    The row is written before it is counted, so tries made at the same moment count each other.
    Never call it in a transaction that a wrong try would roll back.
    """
    now = timezone.now()
    Attempt.objects.filter(tried__lt=now - KEPT).delete()
    attempt = Attempt.objects.create(address=network_of(address), tried=now)
    earlier = Attempt.objects.filter(address=attempt.address, tried__gt=now - WINDOW).exclude(
        pk=attempt.pk
    )
    free_again = _free_again(list(earlier.order_by("tried").values_list("tried", flat=True)), now)
    if free_again is None:
        return attempt
    attempt.delete()
    raise TooManyTries(max(1, math.ceil((free_again - now).total_seconds())))


def _free_again(earlier: list[datetime], now: datetime) -> datetime | None:
    """When an address with these earlier tries may try again; None when it may now."""
    if len(earlier) >= WRONG_TRIES:
        return earlier[len(earlier) - WRONG_TRIES] + WINDOW
    everywhere = Attempt.objects.filter(tried__gt=now - WINDOW_EVERYWHERE).count()
    if earlier and everywhere > WRONG_TRIES_EVERYWHERE:
        return now + WINDOW_EVERYWHERE
    return None


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 an IPv6 address lies in."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
