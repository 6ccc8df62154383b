"""The five ratings, and that not known is never none."""

import pytest

from medications.ratings import KEY, PLUSES, Confidence, Rating

LOOKS_LIKE_NONE = {"", "-", "–", "—", "0", "none", "no", "nil", "n/a"}


def test_there_are_five_ratings_with_the_codes_of_the_files() -> None:
    assert [rating.value for rating in Rating] == ["U", "0", "1", "2", "3"]


def test_the_key_is_the_papers_word_for_word() -> None:
    assert KEY == (
        "+ uncommon or mild; ++ commoner or moderately severe; +++ common or more severe"
    )


def test_levels_run_from_none_to_three() -> None:
    assert [rating.level for rating in (Rating.NONE, *PLUSES)] == [0, 1, 2, 3]


@pytest.mark.catalogue("H1")
def test_not_known_has_no_level_and_so_cannot_be_added_or_sorted_as_zero() -> None:
    assert Rating.NOT_KNOWN.level is None
    assert [rating for rating in Rating if rating.level == 0] == [Rating.NONE]
    with pytest.raises(TypeError):
        sorted([Rating.NOT_KNOWN.level, Rating.NONE.level])  # type: ignore[type-var]


@pytest.mark.catalogue("H1")
def test_not_known_is_never_written_as_something_that_reads_like_none() -> None:
    unknown = Rating.NOT_KNOWN
    for shown in (unknown.symbol, unknown.words, unknown.spoken, unknown.tone):
        assert shown.lower() not in LOOKS_LIKE_NONE
    assert unknown.words == unknown.spoken == "not known"
    assert unknown.symbol == "?"


def test_every_rating_has_its_own_symbol_words_tone_and_spoken_form() -> None:
    for name in ("symbol", "words", "tone", "spoken"):
        assert len({getattr(rating, name) for rating in Rating}) == 5


def test_a_screen_reader_hears_how_many_pluses_and_what_they_mean() -> None:
    assert [rating.spoken for rating in PLUSES] == [
        "one plus, uncommon or mild",
        "two pluses, commoner or moderately severe",
        "three pluses, common or more severe",
    ]


@pytest.mark.parametrize("code", ["", "u", "+", "++", "4", "-1", None, 0])
def test_nothing_else_is_a_rating(code: object) -> None:
    with pytest.raises(ValueError, match="not a valid Rating"):
        Rating(code)


def test_confidence_is_said_in_words() -> None:
    assert Confidence("high").words == "good evidence"
    assert Confidence("low").words == "weak evidence"
    assert Confidence("").words == "not rated"
