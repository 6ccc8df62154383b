"""What people are told about their choices and rights: dated, sourced, complete, and in plain
words.
"""

import re

import pytest
from django.utils import timezone

from consultations import situations
from consultations.models.consultation import Situation
from consultations.present import wording
from tests.content.reading import grade

EDITION = situations.current_edition()
TEXTS = (*EDITION.situations, EDITION.carer)
NEVER = re.compile(r"\b(patient|compliance|compliant|recommend\w*|best|safest)\b", re.I)


def sentences_of(text):
    return [
        line for name in ("can_choose", "cannot_choose", "rights") for line in getattr(text, name)
    ]


def test_every_situation_a_consultation_can_have_is_explained():
    assert {text.code for text in EDITION.situations} == set(Situation.values)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.code)
def test_each_text_names_a_public_source(text):
    assert text.citation
    assert text.address.startswith("https://www.legislation.gov.uk/")


def test_the_edition_is_dated_and_says_that_nobody_with_legal_training_has_read_it():
    assert EDITION.dated <= timezone.localdate() or EDITION.is_demonstration
    assert EDITION.edition == EDITION.dated.isoformat()
    assert (EDITION.country, EDITION.reviewer) == ("England", "")
    assert EDITION.status == "draft, needs legal review"


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.code)
def test_the_words_are_ours_and_nobody_is_called_a_patient(text):
    for line in (text.title, *sentences_of(text)):
        assert not NEVER.search(line), line


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.code)
def test_a_twelve_year_old_could_read_it(text):
    told = [
        line if line.endswith(".") else f"You can choose {line}." for line in sentences_of(text)
    ]
    school_year = grade(" ".join(told).replace("’s", "s"))
    print(f"{text.code}: reading grade {school_year:.1f}")
    assert school_year <= 7


def test_the_emergency_number_comes_first_and_every_line_can_be_dialled():
    assert EDITION.crisis[0].number == "999"
    for line in EDITION.crisis:
        assert line.dial.isdigit()
        assert line.dial == line.number.replace(" ", "")


@pytest.mark.parametrize("missing", ["can_choose", "cannot_choose", "rights", "title"])
def test_an_edition_with_a_gap_is_refused(tmp_path, missing):
    whole = max(situations.FOLDER.glob("*.toml")).read_text(encoding="utf-8")
    start = whole.index(f"{missing} =", whole.index("[[situations]]"))
    end = whole.index("\n]\n", start) + 2 if missing != "title" else whole.index("\n", start)
    gap = "[]" if missing != "title" else '""'
    damaged = tmp_path / "damaged.toml"
    damaged.write_text(whole[:start] + f"{missing} = {gap}" + whole[end:], encoding="utf-8")
    with pytest.raises(situations.UnfitEdition):
        situations.read_edition(damaged)


def test_an_edition_that_forgets_a_situation_is_refused(tmp_path):
    whole = max(situations.FOLDER.glob("*.toml")).read_text(encoding="utf-8")
    damaged = tmp_path / "damaged.toml"
    damaged.write_text(whole.replace('code = "crisis"', 'code = "informal"'), encoding="utf-8")
    with pytest.raises(situations.UnfitEdition):
        situations.read_edition(damaged)


@pytest.mark.parametrize("words", [wording.PERSON, wording.for_carer("Kit")])
def test_what_the_pages_say_is_as_easy_to_read(words):
    said = [text for text in vars(words).values() if isinstance(text, str) and " " in text]
    school_year = grade(" ".join(said).replace("’s", ""))
    print(f"reading grade {school_year:.1f}")
    assert school_year <= 6
    assert not [text for text in said if NEVER.search(text)]
