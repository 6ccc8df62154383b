"""The second factor: what is right, what has been used, and the secrets at rest.

Codes and passkeys are django-allauth's; that a code is good once is ours, kept in the database,
because a cache is not shared by all workers. Secrets are encrypted with a key made from the
service's own secret key. Tests: tests/sdmtool/test_second_factor.py.
"""

import base64
import hashlib
import hmac
import time

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction

from sdmtool.models import User

APP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
RECOVERY = Authenticator.Type.RECOVERY_CODES
LAST = "last_counter"
PERIOD = 30  # seconds one code is shown


class Adapter(DefaultMFAAdapter):
    """Secrets are not stored as they are; a copy of the database alone opens nothing."""

    def get_totp_issuer(self) -> str:
        return str(settings.PRODUCT_NAME)

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    known = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = [hashlib.sha256(f"second factor {key!s}".encode()).digest() for key in known]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def has_one(user: User) -> bool:
    """Whether the account has a second factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=(APP, PASSKEY)).exists()


def has_passkey(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=PASSKEY).exists()


def fits(secret: str, typed: str, after: int = -1) -> int | None:
    """The time step (RFC 6238) whose code was typed, one step early or late allowed, and later than
    `after`; None when there is none.
    """
    typed = "".join(typed.split())
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > after and hmac.compare_digest(expected.encode(), typed.encode()):
            return counter
    return None


@transaction.atomic
def use_code(user: User, typed: str) -> str:
    """What `typed` was: "code" from the app or "recovery code", each good once; "" when wrong."""
    owned = Authenticator.objects.select_for_update().filter(user=user, type__in=(APP, RECOVERY))
    for authenticator in owned.order_by("-type"):
        if authenticator.type == APP:
            secret = decrypt(authenticator.data["secret"])
            step = fits(secret, typed, authenticator.data.get(LAST, -1))
            if step is not None:
                authenticator.data[LAST] = step
                authenticator.save(update_fields=["data"])
                authenticator.record_usage()
                return "code"
        elif RecoveryCodes(authenticator).validate_code("".join(typed.split())):
            authenticator.record_usage()
            return "recovery code"
    return ""


@transaction.atomic
def set_up_app(user: User, secret: str, step: int) -> list[str]:
    """The app's secret becomes the account's, in place of an earlier one. Answers with new recovery
    codes; the code that proved it is used up.
    """
    Authenticator.objects.filter(user=user, type=APP).delete()
    made = TOTP.activate(user, secret).instance
    made.data[LAST] = step
    made.save(update_fields=["data"])
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten new ones; the earlier ones open nothing any more."""
    Authenticator.objects.filter(user=user, type=RECOVERY).delete()
    return list(RecoveryCodes.activate(user).get_unused_codes())


def code_now(user: User) -> str:
    """What the account's app shows at this moment; for the demonstration only."""
    found = Authenticator.objects.get(user=user, type=APP)
    return format_hotp_value(hotp_value(decrypt(found.data["secret"]), int(time.time()) // PERIOD))


def forget(user: User) -> None:
    """No second factor any more: the next sign-in sets one up."""
    Authenticator.objects.filter(user=user).delete()


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    found = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found else 0
