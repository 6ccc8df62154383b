"""References a clinic knows a person by. Standard library only.

A reference of ten digits is taken for an NHS number and must carry the right check digit (modulus
11, NHS Data Dictionary, "NHS NUMBER"); any other reference is the clinic's own and is not checked.
Tests: tests/consultations/test_references.py.
"""

import re

WEIGHTS = range(10, 1, -1)
OWN = re.compile(r"[A-Z0-9][A-Z0-9 /.-]{1,18}")


def tidy(typed: str) -> str:
    """Capitals, and no spaces inside ten digits: how a reference is stored and searched for."""
    text = " ".join(typed.upper().split())
    digits = re.sub(r"[ -]", "", text)
    return digits if re.fullmatch(r"[0-9]{10}", digits) else text


def is_ten_digits(reference: str) -> bool:
    return re.fullmatch(r"[0-9]{10}", reference) is not None


def has_right_check_digit(number: str) -> bool:
    """Whether ten digits are a possible NHS number. A remainder that asks for a check digit of 10
    never is.
    """
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    return (11 - total % 11) % 11 == int(number[9])


def is_possible(reference: str) -> bool:
    """Whether a tidied reference may be used at all."""
    if is_ten_digits(reference):
        return has_right_check_digit(reference)
    return OWN.fullmatch(reference) is not None


def spaced(reference: str) -> str:
    """As people read it out: 943 476 5919; any other reference as it is."""
    if not is_ten_digits(reference):
        return reference
    return f"{reference[:3]} {reference[3:6]} {reference[6:]}"
