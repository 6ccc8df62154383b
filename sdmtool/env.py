"""Reading the environment: a few functions, and one message that says what to do."""

import os
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def required(name: str, why: str) -> str:
    """The value of `name`; without one, ImproperlyConfigured that says what it is for."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"The environment variable {name} is not set. It is {why}. "
            f"Set it before starting, for example: export {name}=… "
            "(`bin/demo` sets everything for a trial on this machine.)"
        )
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """`name` as yes or no; any other word is ImproperlyConfigured: a slip is never a yes."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {raw!r}: write 1 for yes or 0 for no.")
    return word in TRUE


def csv_list(name: str) -> list[str]:
    """`name` as a list of words between commas; empty when it is not set."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def text(name: str) -> str:
    """The value of `name`, trimmed; empty when it is not set."""
    return os.environ.get(name, "").strip()


def origin_list(name: str) -> list[str]:
    """Scheme and host of the address in `name`, as a Content-Security-Policy names them."""
    parts = urlsplit(text(name))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.scheme and parts.netloc else []


def day(name: str) -> date | None:
    """`name` as a day, written 2027-01-31; None when it is not set."""
    raw = text(name)
    try:
        return date.fromisoformat(raw) if raw else None
    except ValueError as wrong:
        raise ImproperlyConfigured(f"{name} is {raw!r}: write a day as 2027-01-31.") from wrong


def number(name: str) -> int | None:
    """`name` as a whole number of one or more; None when it is not set."""
    raw = text(name)
    if not raw:
        return None
    if not (raw.isascii() and raw.isdecimal()) or int(raw) < 1:
        raise ImproperlyConfigured(f"{name} is {raw!r}: write a whole number, one or more.")
    return int(raw)
