"""One plain sentence for each of the 36, on what it is like to live with."""

import re

import pytest

from medications import content, evidence
from medications.content import ContentError
from tests.content.reading import GRADE_FOR_AGE_11, grade
from tests.medications.conftest import FIXTURES

CONTENT = content.read(FIXTURES / "vocabulary")
EFFECTS = CONTENT.worded(evidence.read(FIXTURES / "evidence").effects)


def test_there_is_one_sentence_for_each_of_the_36_and_none_to_spare() -> None:
    assert set(CONTENT.sentences) == {effect.code for effect in EFFECTS}
    assert len({effect.sentence for effect in EFFECTS}) == 36


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.code)
def test_a_child_of_eleven_can_read_the_sentence(effect: evidence.EffectEntry) -> None:
    assert grade(effect.sentence) <= GRADE_FOR_AGE_11, grade(effect.sentence)


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.code)
def test_it_is_one_sentence_speaks_to_you_and_fits_a_phone(effect: evidence.EffectEntry) -> None:
    assert effect.sentence.endswith(".")
    assert len(re.findall(r"[.!?](?:\s|$)", effect.sentence)) == 1
    assert re.search(r"\b(you|your)\b", effect.sentence, re.I) or effect.code in {
        "blurred_vision",
        "orgasm_difficulty",
        "constipation",
    }
    assert len(effect.sentence.split()) <= 24


def test_most_sentences_are_well_below_the_limit() -> None:
    grades = sorted(grade(effect.sentence) for effect in EFFECTS)
    assert grades[len(grades) // 2] <= 4.0


def test_control_a_doctors_sentence_is_too_hard() -> None:
    assert grade("Immediate professional evaluation of neurological symptoms is necessary.") > 12


def test_a_missing_sentence_is_noticed() -> None:
    fewer = {code: text for code, text in CONTENT.sentences.items() if code != "tremor"}
    lacking = content.Content(**{**vars(CONTENT), "sentences": fewer})
    with pytest.raises(ContentError, match="no sentence for tremor"):
        lacking.worded(EFFECTS)


def test_groups_are_in_plain_words() -> None:
    groups = {effect.group for effect in EFFECTS}
    assert len(groups) == 8
    assert "Weight, sugar and cholesterol" in groups
    assert not any("metabol" in group.lower() for group in groups)
