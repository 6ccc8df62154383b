"""The typed code of an invitation: 16 random characters and one check. Standard library only.

Crockford's base32 (no I, L, O, U), shown 4-4-4-4-1. The check character makes the weighted sum of
all 17 zero in GF(32), each place weighted by another power of a generator; so every single wrong
character and every swap of two different characters is caught, and a typing slip is told apart
from a guess before anything is looked up. Tests: tests/consultations/test_codes.py.
"""

import re
import secrets
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 16
SELECTOR_CHARACTERS = 4
GROUPS = (4, 4, 4, 4, 1)
_LIKENESS = str.maketrans("OIL", "011")
_SPACING = re.compile(r"[\s\-\u2010-\u2015]+")
_MODULUS = 0b100101  # x^5 + x^2 + 1, under which x generates all of GF(32)


class Slip(ValueError):
    """What was typed cannot be a code: a character too many, too few, or one that does not fit the
    rest.
    """


@dataclass(frozen=True)
class Code:
    """The 16 characters: the first four find the invitation, the other twelve (60 bits) are the
    secret.
    """

    characters: str

    @property
    def selector(self) -> str:
        return self.characters[:SELECTOR_CHARACTERS]

    @property
    def secret(self) -> str:
        return self.characters[SELECTOR_CHARACTERS:]

    @property
    def shown(self) -> str:
        """All 17, as they stand in a letter: ``4F7K-92QD-M0XA-7TRB-C``."""
        full, groups, start = self.characters + check_character(self.characters), [], 0
        for size in GROUPS:
            groups.append(full[start : start + size])
            start += size
        return "-".join(groups)


def new_code() -> Code:
    """80 bits from the operating system's generator."""
    return Code("".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS)))


def read_code(typed: str) -> Code:
    """The code somebody typed: capitals or not, spaces and hyphens ignored, O read as 0, I and L
    as 1.

    Slip when it cannot be one.
    """
    full = _SPACING.sub("", typed).upper().translate(_LIKENESS)
    if len(full) != RANDOM_CHARACTERS + 1 or any(letter not in ALPHABET for letter in full):
        raise Slip("A code has 17 letters and numbers.")
    if check_character(full[:-1]) != full[-1]:
        raise Slip("One of the characters does not fit the rest.")
    return Code(full[:-1])


def check_character(characters: str) -> str:
    """The one character that makes the weighted sum of all 17 zero."""
    total = 0
    for letter in characters:
        total = _times_x(total ^ ALPHABET.index(letter))
    return ALPHABET[total]


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ _MODULUS if doubled & 0b100000 else doubled
