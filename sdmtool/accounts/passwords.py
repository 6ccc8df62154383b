"""Passwords that are long and easily guessed all the same. No rule about kinds of characters.

Django's list holds twenty thousand passwords that people use, and hardly one of fifteen characters;
what people make of them to reach a length is refused here: one said twice, a run along the keyboard
or the alphabet, or one with figures behind it. Tests: tests/sdmtool/test_joining.py.
"""

import string
from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

RUNS = (string.ascii_lowercase, string.digits * 8, "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv")
COAT = string.digits + string.punctuation + " "
GUESSED = "This password is easily guessed. A few words that do not belong together are better."


class EasilyGuessed:
    """A validator for AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = password.strip().lower()
        if _is_repeated(plain) or _is_run(plain) or _is_common_in_a_longer_coat(plain):
            raise ValidationError(GUESSED, code="easily_guessed")

    def get_help_text(self) -> str:
        return "Your password may not be one that is easily guessed."


def _is_repeated(text: str) -> bool:
    """Whether it is one piece, said again and again."""
    return text in (text + text)[1:-1]


def _is_run(text: str) -> bool:
    """Whether it runs along one of RUNS, forwards or backwards."""
    return any(text in run * 2 or text[::-1] in run * 2 for run in RUNS)


def _is_common_in_a_longer_coat(text: str) -> bool:
    """Whether nothing but figures and signs is before or behind a common one, or there is nothing
    else in it.
    """
    word = text.rstrip(COAT)
    core = word.lstrip(COAT)
    ends = {text[:end] for end in range(len(word), len(text))}  # a common one may end in figures
    return not core or core in _common() or not _common().isdisjoint(ends)


@cache
def _common() -> set[str]:
    return CommonPasswordValidator().passwords
