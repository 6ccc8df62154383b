"""The evidence files, read whole: what they hold, and what is refused."""

import csv
import shutil
from pathlib import Path

import pytest

from medications import evidence
from medications.evidence import Evidence, EvidenceError
from medications.ratings import Rating
from tests.medications.conftest import FIXTURES

UNRATED = {"benperidol", "levomepromazine", "pericyazine", "prochlorperazine", "promazine"}


def rows(name: str) -> list[dict[str, str]]:
    with (FIXTURES / "evidence" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_files_hold_36_effects_22_medicines_and_21_sources(files: Evidence) -> None:
    assert (len(files.effects), len(files.medicines), len(files.sources)) == (36, 22, 21)


def test_every_line_of_ratings_keeps_everything_it_says(files: Evidence) -> None:
    found = {(slug, e.effect): e for slug, entries in files.ratings.items() for e in entries}
    for row in rows("ratings"):
        entry = found[row["medicine"], row["effect"]]
        assert (entry.rating, entry.confidence) == (row["rating"], row["confidence"])
        assert (entry.borrowed, entry.sources_disagree) == (
            row["borrowed"] == "yes",
            row["sources_disagree"] == "yes",
        )
        assert (entry.zero_means, entry.card_wording) == (row["zero_means"], row["card_wording"])
        assert entry.on_card == (row["on_card"] == "yes")
        assert ";".join(entry.sources) == row["source_ids"].replace("; ", ";")


@pytest.mark.catalogue("H1")
def test_a_medicine_and_effect_without_a_line_is_not_known(files: Evidence) -> None:
    there = {(row["medicine"], row["effect"]) for row in rows("ratings")}
    missing = [
        entry
        for slug, entries in files.ratings.items()
        for entry in entries
        if (slug, entry.effect) not in there
    ]
    assert len(missing) == 22 * 36 - 403
    assert {entry.rating for entry in missing} == {Rating.NOT_KNOWN}


def test_five_medicines_have_no_rating_at_all(files: Evidence) -> None:
    unrated = {
        slug
        for slug, entries in files.ratings.items()
        if not any(entry.rating.is_known for entry in entries)
    }
    assert unrated == UNRATED


def test_numbers_are_trials_of_the_effect_itself_with_both_risks(files: Evidence) -> None:
    shown = {
        (slug, entry.effect, number.measure, str(number.risk), number.people)
        for slug, entries in files.ratings.items()
        for entry in entries
        for number in entry.numbers
    }
    expected = {
        (r["medicine"], r["effect"], r["term"], r["absolute_risk"], int(r["n_patients"]))
        for r in rows("observations")
        if r["evidence_type"] == "trial_network"
        and r["directness"] == "direct"
        and r["absolute_risk"]
    }
    assert shown == expected
    assert len(shown) == 116


def test_a_figure_borrowed_from_a_wider_measure_is_not_shown_as_a_number(files: Evidence) -> None:
    aripiprazole = {entry.effect: entry for entry in files.ratings["aripiprazole"]}
    assert aripiprazole["tiredness"].numbers == ()  # the file has sedation for it, borrowed
    assert aripiprazole["daytime_sleepiness"].numbers[0].measure == "sedation"


def test_no_clear_difference_in_trials_is_rated_none(files: Evidence) -> None:
    contradictions = [
        (slug, entry.effect)
        for slug, entries in files.ratings.items()
        for entry in entries
        for number in entry.numbers
        if entry.rating is Rating.NONE and number.is_clear and number.risk > number.dummy_risk
    ]
    assert contradictions == []


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("ratings", "amisulpride,abnormal", "amisulprid,abnormal", "line 2: there is no medicine"),
        ("ratings", "abnormal_movements,1", "abnormal_moves,1", "line 2: there is no side effect"),
        ("ratings", "abnormal_movements,1,high", "abnormal_movements,5,high", "not a rating"),
        ("ratings", "abnormal_movements,1,high", "abnormal_movements,+,high", "not a rating"),
        ("ratings", "abnormal_movements,1,high", "abnormal_movements,1,sure", "not a confidence"),
        ("ratings", "abnormal_movements,1,high,no", "abnormal_movements,1,high,maybe", "yes or no"),
        ("ratings", "amisulpride,blurred_vision", "amisulpride,abnormal_movements", "twice"),
        ("ratings", "dgppn_s3_etable6;mccutcheon2023", "a_friend", "there is no source 'a_friend'"),
        ("observations", "0.05886,0.09746", "0.05886,often", "'often' is not a number"),
    ],
)
def test_a_line_that_does_not_fit_is_named(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    folder = Path(shutil.copytree(FIXTURES / "evidence", tmp_path / "evidence"))
    spoil(folder, name, old, new)
    with pytest.raises(EvidenceError, match=says):
        evidence.read(folder)
