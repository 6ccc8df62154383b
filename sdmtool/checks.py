"""What must be true of an installation before real people are in it.

`manage.py check --deploy --fail-level WARNING`, in the web process's own environment, runs these
beside Django's. Each is an error with a number of its own. Tests: tests/sdmtool/test_checks.py.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import Error as DatabaseFault
from django.db import connection
from django.utils import timezone

from sdmtool import web_role
from sdmtool.models import User

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
DEMO_DOMAIN = "@demo.example"
SHORTEST_KEY, FEWEST_LETTERS = 50, 10
STRONG = frozenset({"MinimumLengthValidator", "CommonPasswordValidator", "EasilyGuessed"})
SHOWN = 5  # complaints about the web role
SILENT = {name: value for name, value in web_role.SETTINGS.items() if name.startswith("log_")}


def _error(number: int, says: str, hint: str) -> list[CheckMessage]:
    return [Error(says, hint=hint, id=f"sdmtool.E{number:03}")]


@register()
def the_demonstration_stays_on_this_machine(**kwargs: Any) -> list[CheckMessage]:
    """E001, at every start: demonstration mode answers to no name but this machine's own."""
    elsewhere = sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK)
    if settings.DEMO and elsewhere:
        return _error(
            1,
            "SDM_DEMO is on, and SDM_HOSTS names other machines' way in.",
            "The demonstration has no https and well-known accounts: unset one of the two.",
        )
    return []


@register(deploy=True)
def no_demonstration_and_no_debug_pages(**kwargs: Any) -> list[CheckMessage]:
    """E002, E003."""
    found = []
    if settings.DEMO:
        found += _error(2, "SDM_DEMO is on.", "Unset it where real people's records are.")
    if settings.DEBUG:
        found += _error(3, "SDM_DEBUG is on.", "Its pages show records and settings: unset it.")
    return found


@register(deploy=True)
def the_secret_key_is_long(**kwargs: Any) -> list[CheckMessage]:
    """E004."""
    key = settings.SECRET_KEY
    if len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_LETTERS:
        return []
    make = "python -c 'import secrets; print(secrets.token_urlsafe(64))'"
    return _error(4, "SDM_SECRET_KEY can be guessed.", f"Make one with: {make}")


@register(deploy=True)
def links_have_a_host(**kwargs: Any) -> list[CheckMessage]:
    """E005: a letter's link is made of the name the service was asked by, so names are fixed."""
    hosts = settings.ALLOWED_HOSTS
    if hosts and not any("*" in host or host.startswith(".") for host in hosts):
        return []
    return _error(5, "SDM_HOSTS names no host, or any.", "Write each name in full, with commas.")


@register(deploy=True)
def somebody_hears_of_a_weakness(**kwargs: Any) -> list[CheckMessage]:
    """E006: RFC 9116, with at most a year to go."""
    today, expires = timezone.localdate(), settings.SECURITY_EXPIRES
    named = settings.SECURITY_CONTACT.startswith(("mailto:", "https:"))
    if named and expires and today <= expires <= today + timedelta(days=366):
        return []
    return _error(
        6,
        "/.well-known/security.txt names nobody, or has run out.",
        "Set SDM_SECURITY_CONTACT (mailto:… or https://…) and SDM_SECURITY_EXPIRES, within a year.",
    )


@register(deploy=True)
def nobody_signs_in_by_less(**kwargs: Any) -> list[CheckMessage]:
    """E017: passwords and second factors are as strong as they were shipped."""
    rules: Any = settings.AUTH_PASSWORD_VALIDATORS
    kept = {rule["NAME"].rpartition(".")[2] for rule in rules}
    slow = settings.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")
    on = "sdmtool.sessions.StaffSessionMiddleware" in settings.MIDDLEWARE
    if slow and on and kept >= STRONG and settings.MFA_TOTP_TOLERANCE <= 1:
        return []
    return _error(17, "Signing in is weaker than shipped.", "Put the settings back as they were.")


@register(deploy=True)
def the_trusts_sign_in_is_whole(**kwargs: Any) -> list[CheckMessage]:
    """E022: all of it or nothing, and https."""
    given = [settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET]
    if not any(given) and not settings.OIDC_SECOND_FACTOR:
        return []
    if all(given) and settings.OIDC_ISSUER.startswith("https://"):
        return []
    return _error(
        22,
        "The trust's own sign-in is set up in part, or is not https.",
        "Set SDM_OIDC_ISSUER (https://…), SDM_OIDC_CLIENT_ID and SDM_OIDC_CLIENT_SECRET, or none.",
    )


@register(deploy=True)
def static_files_have_been_collected(**kwargs: Any) -> list[CheckMessage]:
    """E007: without them every page answers 500."""
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return []
    return _error(
        7, "Style sheets and scripts have not been collected.", "Run manage.py collectstatic."
    )


@register(deploy=True)
def the_records_are_where_they_should_be(**kwargs: Any) -> list[CheckMessage]:
    """E010 to E016: everything that has to be asked of the database."""
    if connection.vendor != "postgresql":
        return _error(10, "The records are in SQLite.", "Set DATABASE_URL to PostgreSQL.")
    try:
        with connection.cursor() as cursor:
            return [*_about_durability(cursor), *_about_the_role(cursor), *_about_accounts()]
    except DatabaseFault:
        return _error(11, "The database does not answer.", "See DATABASE_URL; run the migrations.")


def _about_durability(cursor: Any) -> list[CheckMessage]:
    off = [name for name in ("fsync", "full_page_writes") if _show(cursor, name) == "off"]
    if _show(cursor, "synchronous_commit") in {"off", "local"}:
        off.append("synchronous_commit")
    if not off:
        return []
    return _error(
        12,
        f"PostgreSQL may lose what it said it kept: {', '.join(off)}.",
        "Put them back to on: answers that were acknowledged would be gone after a crash.",
    )


def _about_the_role(cursor: Any) -> list[CheckMessage]:
    cursor.execute("SELECT current_user")
    role = cursor.fetchone()[0]
    found = []
    complaints = web_role.complaints(cursor, role)
    if complaints:
        told = "; ".join(complaints[:SHOWN])
        found += _error(
            13,
            f"The web process signs in to PostgreSQL as {role}: {told}.",
            "As the owner, run manage.py web_role for a role that owns nothing.",
        )
    loose = [name for name in ("statement_timeout", "lock_timeout") if _show(cursor, name) == "0"]
    if loose:
        found += _error(14, f"No limit: {', '.join(loose)}.", "Run manage.py web_role.")
    if any(_show(cursor, name) != value for name, value in SILENT.items()):
        found += _error(
            15,
            "PostgreSQL's own log may hold what people wrote.",
            "Run manage.py web_role, and as a superuser the lines it prints.",
        )
    return found


def _about_accounts() -> list[CheckMessage]:
    if not User.objects.filter(email__endswith=DEMO_DOMAIN).exists():
        return []
    return _error(
        16,
        f"There are demonstration accounts ({DEMO_DOMAIN}) here.",
        "Their passwords are printed by bin/demo: start from an empty database.",
    )


def _show(cursor: Any, name: str) -> str:
    cursor.execute("SELECT current_setting(%s)", [name])
    value: str = cursor.fetchone()[0]
    return value


@register(deploy=True)
def it_is_decided_how_long_records_are_kept(**kwargs: Any) -> list[CheckMessage]:
    """E020: the trust decides; nothing is assumed for it."""
    decided = settings.RETENTION_DAYS and settings.RETENTION_UNFINISHED_DAYS
    if decided and settings.ERASURE_LEDGER:
        return []
    return _error(
        20,
        "It is not decided how long records are kept, or where removals are written down.",
        "Set SDM_RETENTION_DAYS, SDM_RETENTION_UNFINISHED_DAYS and SDM_ERASURE_LEDGER.",
    )
