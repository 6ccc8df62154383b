from hypothesis import given
from hypothesis import strategies as st

from sdmtool.text import HIDDEN, one_line, plain


def test_words_stay_as_they_were_written():
    assert plain("  I grew out of my own clothes – twice.\n\nJärvi ☕ 日本 اردو ") == (
        "I grew out of my own clothes – twice.\n\nJärvi ☕ 日本 اردو"
    )


def test_a_nul_byte_and_control_characters_are_dropped():
    assert plain("a\x00b\x07c\x1b[31m") == "abc[31m"


def test_a_direction_override_cannot_turn_a_rating_round():
    assert plain("not \u202eenon\u202c known") == "not enon known"


def test_a_tower_of_marks_is_cut_to_two():
    assert plain("o" + "\u0301" * 40).count("\u0301") <= 2


def test_one_line_folds_breaks_and_spaces():
    assert one_line("a\r\n b\t\tc") == "a b c"


@given(st.text())
def test_nothing_hidden_remains_and_cleaning_twice_changes_nothing(text):
    cleaned = plain(text)
    assert not HIDDEN & set(cleaned)
    assert "\x00" not in cleaned
    assert plain(cleaned) == cleaned
