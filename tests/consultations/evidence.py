"""A release made straight from the evidence files, without a database: for tests of pure pages."""

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from medications.ratings import Confidence, Rating
from medications.snapshots import Effect, Profile, RatingRow, Release

FOLDER = Path(__file__).parents[2] / "fixtures" / "evidence"


def _read(name):
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def made_up(effects, profiles):
    """A release of `profiles`: name -> effect code -> level, or (level, confidence)."""
    effects = tuple(effects)
    return Release(
        number=0,
        name="made up",
        published_on=date(2026, 11, 23),
        review_by=date(2027, 5, 23),
        is_demonstration=True,
        content_hash="",
        effects=effects,
        profiles=tuple(_profile(name, effects, rated) for name, rated in sorted(profiles.items())),
    )


def effect(code, label="", number=0):
    return Effect(code, number, label or code.replace("_", " ").capitalize(), "", "")


@lru_cache
def release():
    """All 36 side effects and 22 medicines of the demonstration."""
    effects = [
        effect(row["code"], row["label"], int(row["number"])) for row in _read("effects.csv")
    ]
    profiles = {row["slug"]: {} for row in _read("medicines.csv")}
    for row in _read("ratings.csv"):
        profiles[row["medicine"]][row["effect"]] = (int(row["rating"]), row["confidence"])
    return made_up(effects, profiles)


def _profile(name, effects, rated):
    return Profile(
        slug=name,
        name=name,
        revision=1,
        generation="",
        chemical_class="",
        forms=(),
        long_acting=(),
        needs_two_trials=False,
        note="",
        rows=tuple(_row(e, rated.get(e.code)) for e in effects),
        texts={},
    )


def _row(effect, rated):
    if rated is None:
        return RatingRow(effect, Rating.NOT_KNOWN)
    level, confidence = rated if isinstance(rated, tuple) else (rated, Confidence.HIGH)
    return RatingRow(effect, Rating(str(level)), Confidence(confidence))
