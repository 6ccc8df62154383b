"""Passwords that are long and easily guessed all the same. No rule about kinds of characters.

Django's list holds twenty thousand passwords that people use, and hardly one of fifteen characters;
what people make of them to reach a length is refused here: one said twice, a run along the keyboard
or the alphabet, or one with figures behind it. Tests: tests/sdmtool/test_joining.py.
"""

import string
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

RUNS = (string.ascii_lowercase, string.digits * 8, "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv")
GUESSED = "This password is easily guessed. A few words that do not belong together are better."


class EasilyGuessed:
    """A validator for AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = password.strip().lower()
        core = plain.strip(string.digits + string.punctuation + " ")
        if _is_repeated(plain) or _is_run(plain) or not core or core in _common():
            raise ValidationError(GUESSED, code="easily_guessed")

    def get_help_text(self) -> str:
        return "Your password may not be one that is easily guessed."


def _is_repeated(text: str) -> bool:
    """Whether it is one piece, said again and again."""
    return text in (text + text)[1:-1]


def _is_run(text: str) -> bool:
    """Whether it runs along one of RUNS, forwards or backwards."""
    return any(text in run * 2 or text[::-1] in run * 2 for run in RUNS)


def _common() -> set[str]:
    return CommonPasswordValidator().passwords
