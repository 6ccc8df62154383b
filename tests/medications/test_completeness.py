"""What a profile lacks before it may be submitted."""

from dataclasses import replace

from medications.completeness import lacks
from medications.entries import RatingEntry
from medications.ratings import Confidence, Rating

GOOD = RatingEntry(
    "nausea", Rating.ONE, Confidence.HIGH, sources=("a_paper",), on_card=True, card_wording="Sick"
)


def test_not_known_lacks_nothing_because_it_is_an_honest_answer() -> None:
    assert lacks([RatingEntry("nausea")], ["nausea"]) == ()


def test_a_rating_with_source_and_confidence_is_complete() -> None:
    assert lacks([GOOD], ["nausea"]) == ()


def test_a_side_effect_without_a_row_is_named() -> None:
    assert lacks([GOOD], ["nausea", "tremor"]) == ("tremor: there is no row for it.",)


def test_each_thing_that_is_missing_is_said_in_a_sentence() -> None:
    bare = replace(GOOD, confidence=Confidence.NOT_RATED, sources=(), card_wording="")
    assert lacks([bare], ["nausea"]) == (
        "nausea: a rating needs a source.",
        "nausea: say how far the rating can be trusted.",
        "nausea: it stands on the card, so it needs the card's wording.",
    )


def test_none_must_say_what_none_means() -> None:
    none = replace(GOOD, rating=Rating.NONE)
    assert lacks([none], ["nausea"]) == ("nausea: say what none means here.",)
    assert lacks([replace(none, zero_means="no excess")], ["nausea"]) == ()
