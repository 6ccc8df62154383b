import pytest

from consultations import references


@pytest.mark.parametrize("number", ["9434765919", "4505577104", "9990000018"])
def test_a_number_with_the_right_check_digit_passes(number):
    assert references.is_possible(number)


def test_one_wrong_digit_anywhere_is_found():
    right = "9434765919"
    for place, digit in enumerate(right):
        for other in set("0123456789") - {digit}:
            assert not references.is_possible(right[:place] + other + right[place + 1 :])


def test_two_neighbouring_digits_swapped_are_found():
    right = "9434765919"
    for place in range(9):
        one, other = right[place], right[place + 1]
        if one != other:
            assert not references.is_possible(right[:place] + other + one + right[place + 2 :])


def test_a_number_whose_check_digit_would_be_ten_is_never_possible():
    start = next(
        text
        for text in (f"{number:09}" for number in range(100_000_000, 100_001_000))
        if sum(w * int(d) for w, d in zip(references.WEIGHTS, text, strict=True)) % 11 == 1
    )
    assert not any(references.is_possible(f"{start}{digit}") for digit in range(10))


@pytest.mark.parametrize("reference", ["CT-0412", "12345", "A/99", "123456789", "12345678901"])
def test_the_clinics_own_reference_is_not_checked(reference):
    assert references.is_possible(reference)


@pytest.mark.parametrize("reference", ["", "-", "A", "<B>", "A" * 40, "\x00CT", "ÅÄ"])
def test_what_no_clinic_would_write_is_refused(reference):
    assert not references.is_possible(reference)


def test_a_number_is_kept_without_spaces_and_shown_with_them():
    assert references.tidy(" 943 476 5919 ") == "9434765919"
    assert references.tidy("943-476-5919") == "9434765919"
    assert references.tidy("ct-0412") == "CT-0412"
    assert references.spaced("9434765919") == "943 476 5919"
    assert references.spaced("CT-0412") == "CT-0412"
