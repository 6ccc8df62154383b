"""The typed code: what a letter shows, what a tired person may type, and what counts as a slip."""

import ast
import math
from pathlib import Path

import pytest

from consultations import codes
from consultations.codes import ALPHABET, Code, Slip, new_code, read_code

TYPED = 10_000


def is_caught(typed: str) -> bool:
    try:
        read_code(typed)
    except Slip:
        return True
    return False


def with_one_wrong_character(full: str, rng) -> str:
    place = rng.randrange(len(full))
    other = rng.choice([letter for letter in ALPHABET if letter != full[place]])
    return full[:place] + other + full[place + 1 :]


def with_two_neighbours_swapped(full: str, rng) -> str:
    places = [i for i in range(len(full) - 1) if full[i] != full[i + 1]]
    i = rng.choice(places)
    return full[:i] + full[i + 1] + full[i] + full[i + 2 :]


def full_code() -> str:
    return new_code().shown.replace("-", "")


def test_a_letter_shows_four_groups_of_four_and_a_check_character():
    groups = new_code().shown.split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4, 1]
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.catalogue("B9")
@pytest.mark.parametrize("slip", [with_one_wrong_character, with_two_neighbours_swapped])
def test_a_slip_of_the_keys_is_caught_before_it_counts_as_a_guess(slip, rng):
    caught = sum(is_caught(slip(full_code(), rng)) for _ in range(TYPED))
    print(f"{slip.__name__}: {caught} of {TYPED} caught")
    assert caught / TYPED >= 0.99


def test_control_a_plain_sum_would_let_swaps_through(rng, monkeypatch):
    monkeypatch.setattr(codes, "_times_x", lambda element: element)
    assert not any(is_caught(with_two_neighbours_swapped(full_code(), rng)) for _ in range(500))


def test_control_without_the_check_every_wrong_character_would_pass(rng, monkeypatch):
    class FitsAnything(str):
        __hash__ = None

        def __ne__(self, other):
            return False

    monkeypatch.setattr(codes, "check_character", lambda characters: FitsAnything("0"))
    typed = [with_one_wrong_character(new_code().characters + "0", rng) for _ in range(500)]
    assert not any(is_caught(one) for one in typed)


@pytest.mark.catalogue("B9")
def test_capitals_spaces_and_look_alikes_are_read_kindly(rng):
    for _ in range(TYPED // 10):
        code = new_code()
        typed = code.shown.lower().replace("-", rng.choice(["", " ", "-", " – "]))
        typed = typed.replace("0", rng.choice("0oO")).replace("1", rng.choice("1iIlL"))
        assert read_code(f"  {typed}\n") == code


@pytest.mark.parametrize(
    "typed", ["", " ", "4F7K", "4F7K-92QD-M0XA-7TRB", "x" * 500, "U" * 17, "é" * 17]
)
def test_what_cannot_be_a_code_is_a_slip(typed):
    with pytest.raises(Slip):
        read_code(typed)


@pytest.mark.catalogue("B1")
def test_codes_come_from_the_system_generator_and_never_repeat():
    many = {new_code().characters for _ in range(100_000)}
    assert len(many) == 100_000
    assert math.log2(len(ALPHABET)) * codes.RANDOM_CHARACTERS == 80
    counts = [
        sum(code[place] == letter for code in many) for place in (0, 15) for letter in ALPHABET
    ]
    expected = 100_000 / 32
    chi_square = sum((seen - expected) ** 2 / expected for seen in counts)
    assert chi_square < 133  # 62 degrees of freedom: chance alone is above it once in two million


@pytest.mark.catalogue("B1")
@pytest.mark.parametrize("module", ["codes.py", "actions/invitations.py"])
def test_no_secret_comes_from_a_guessable_generator(module):
    tree = ast.parse((Path(codes.__file__).parent / module).read_text())
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    assert "secrets" in imported
    assert not imported & {"random", "uuid", "time"}


def test_selector_and_secret_are_the_two_halves_of_the_code():
    code = Code("4F7K92QDM0XA7TRB")
    assert (code.selector, code.secret) == ("4F7K", "92QDM0XA7TRB")
