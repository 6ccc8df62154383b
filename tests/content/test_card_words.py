"""The passages of the cards: sourced, dated, unreviewed and saying so, in plain words."""

import re
import tomllib
from typing import Any

import pytest

from medications import content, evidence
from medications.card_fields import ABOUT, SERIOUS, TAKING, CardField
from tests.content.reading import GRADE_FOR_AGE_11, grade
from tests.medications.conftest import FIXTURES
from tests.medications.pages import NEVER

FILES = evidence.read(FIXTURES / "evidence")
CONTENT = content.read(FIXTURES / "vocabulary")
SLUGS = {medicine.slug for medicine in FILES.medicines}
CODES = {effect.code for effect in FILES.effects}
EMPTY_ON_PURPOSE = {"benperidol", "levomepromazine", "pericyazine", "prochlorperazine", "promazine"}


def name(passage: dict[str, Any]) -> str:
    who = passage["medicines"]
    return f"{passage['field']}-{who if who == 'all' else '+'.join(who)}"


each_passage = pytest.mark.parametrize("passage", CONTENT.passages, ids=name)
each_marker = pytest.mark.parametrize("marker", CONTENT.markers, ids=lambda m: m["effect"])


@each_passage
def test_a_passage_names_a_source_an_address_and_when_it_was_read(passage: dict[str, Any]) -> None:
    assert passage["source"]
    assert passage["address"]
    assert re.search(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d\b", passage["dated"])


@each_passage
def test_a_passage_is_for_a_field_and_for_medicines_that_there_are(passage: dict[str, Any]) -> None:
    assert passage["field"] in set(CardField)
    medicines = [] if passage["medicines"] == content.EVERY else passage["medicines"]
    assert set(medicines) | set(passage.get("except", ())) <= SLUGS


@each_passage
def test_a_child_of_eleven_can_read_the_passage(passage: dict[str, Any]) -> None:
    assert grade(passage["text"]) <= GRADE_FOR_AGE_11, grade(passage["text"])


@each_passage
def test_a_passage_says_nothing_that_must_never_be_said(passage: dict[str, Any]) -> None:
    assert not NEVER.search(passage["text"])
    assert not re.search(r"\b\d+ ?(mg|%|per cent)", passage["text"])  # no doses, no figures of ours


@each_marker
def test_a_serious_marker_says_why_and_from_where(marker: dict[str, Any]) -> None:
    assert marker["effect"] in CODES
    assert marker["why"]
    assert marker["source"]
    assert marker["medicines"] == content.EVERY or set(marker["medicines"]) <= SLUGS


def test_nobody_has_checked_the_words_and_every_file_says_so() -> None:
    for file in ("effects", "cards", "serious"):
        says = tomllib.loads((FIXTURES / "vocabulary" / f"{file}.toml").read_text())["content"]
        assert (says["reviewer"], says["is_demonstration"]) == ("", True)


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_every_medicine_has_its_cautions_and_says_when_to_call(slug: str) -> None:
    fields = {text.field for text in CONTENT.texts(slug)}
    assert fields >= {*TAKING, *SERIOUS[:2], CardField.WORKS}
    assert (CardField.HELPS in fields) == (slug not in EMPTY_ON_PURPOSE)
    assert fields >= set(ABOUT) or slug in EMPTY_ON_PURPOSE


@pytest.mark.parametrize("slug", sorted(SLUGS))
def test_every_card_says_not_to_stop_alone(slug: str) -> None:
    stopping = next(text for text in CONTENT.texts(slug) if text.field == CardField.STOPPING)
    assert stopping.text.startswith("Do not stop or change it without talking to us.")


def test_what_is_particular_to_clozapine_replaces_what_holds_for_all() -> None:
    texts = {text.field: text.text for text in CONTENT.texts("clozapine")}
    others = {text.field: text.text for text in CONTENT.texts("risperidone")}
    for field in ("serious_now", "serious_today", "checks", "stopping"):
        assert texts[field] != others[field]
    assert "white blood cells" in texts["checks"]
    assert "you cannot poo" in texts["serious_today"].lower()


def test_plainer_notes_and_citations_are_for_medicines_and_sources_that_there_are() -> None:
    assert set(CONTENT.notes) <= SLUGS
    assert set(CONTENT.citations) <= {source.code for source in FILES.sources}
    for words in (*CONTENT.notes.values(), *CONTENT.citations.values()):
        assert not NEVER.search(words)
    cited = {source.code: source for source in CONTENT.cited(FILES.sources)}
    assert cited["huhn2019_armdata"] in FILES.sources
