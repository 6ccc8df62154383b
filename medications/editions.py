"""A release as canonical text, and back: what the content hash is over. Standard library only.

Two texts: one per profile, and one for the release, which holds the words, the sources and every
profile's hash. So the release's hash is over everything that can be shown. Tests:
tests/medications/test_editions.py.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from medications.entries import (
    EffectEntry,
    MedicineEntry,
    RatingEntry,
    SourceEntry,
    TextEntry,
)
from medications.ratings import Confidence, Rating
from medications.snapshots import (
    CardText,
    Effect,
    PerHundred,
    Profile,
    RatingRow,
    Release,
    SourceRef,
)


class ReleaseAltered(Exception):
    """What is stored is not what was signed. Nothing of it may be shown."""


def canonical(content: Any) -> str:
    """`content` as text that is the same every time: sorted keys, no spaces, ASCII."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(text: str) -> str:
    """SHA-256 of `text` in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_release(content: str, content_hash: str, profiles: Mapping[str, str]) -> Release:
    """The release behind two kinds of stored text. `profiles`: medicine slug to profile text.

    ReleaseAltered when any text is not the one that was hashed, or one is missing or too many.
    """
    says = _verified(content, content_hash, "the release")
    hashes = {entry["slug"]: entry["hash"] for entry in says["profiles"]}
    if set(hashes) != set(profiles):
        raise ReleaseAltered("The release does not hold the profiles it was signed with.")
    effects = {entry["code"]: Effect(**entry) for entry in says["effects"]}
    sources = {entry["code"]: SourceRef(**entry) for entry in says["sources"]}
    return Release(
        number=says["number"],
        name=says["name"],
        published_on=date.fromisoformat(says["published_on"]),
        review_by=date.fromisoformat(says["review_by"]),
        is_demonstration=says["is_demonstration"],
        content_hash=content_hash,
        effects=tuple(effects.values()),
        profiles=tuple(
            _profile(_verified(profiles[slug], expected, slug), effects, sources)
            for slug, expected in hashes.items()
        ),
    )


def _verified(text: str, expected: str, what: str) -> Any:
    if digest(text) != expected:
        raise ReleaseAltered(f"The stored text of {what} is not the text that was signed.")
    return json.loads(text)


def _profile(
    says: dict[str, Any], effects: Mapping[str, Effect], sources: Mapping[str, SourceRef]
) -> Profile:
    rows = tuple(_row(row, effects, sources) for row in says["rows"])
    texts = {entry["field"]: CardText(**entry) for entry in says["texts"]}
    lists = {name: tuple(says[name]) for name in ("forms", "long_acting")}
    return Profile(**{**says, **lists, "rows": rows, "texts": texts})


def _row(
    says: dict[str, Any], effects: Mapping[str, Effect], sources: Mapping[str, SourceRef]
) -> RatingRow:
    return RatingRow(
        **{
            **says,
            "effect": effects[says["effect"]],
            "rating": Rating(says["rating"]),
            "confidence": Confidence(says["confidence"]),
            "sources": tuple(sources[code] for code in says["sources"]),
            "numbers": tuple(_number(number, sources) for number in says["numbers"]),
        }
    )


def _number(says: dict[str, Any], sources: Mapping[str, SourceRef]) -> PerHundred:
    risks = {name: Decimal(says[name]) for name in ("risk", "dummy_risk")}
    return PerHundred(**{**says, **risks, "source": sources[says["source"]]})


def profile_text(
    *,
    medicine: MedicineEntry,
    revision: int,
    ratings: Sequence[RatingEntry],
    texts: Sequence[TextEntry],
) -> str:
    """One profile's own text. `ratings` are all 36, in the order of the paper form."""
    return canonical(
        {
            "slug": medicine.slug,
            "name": medicine.name,
            "revision": revision,
            "generation": medicine.generation,
            "chemical_class": medicine.chemical_class,
            "forms": medicine.forms,
            "long_acting": medicine.long_acting,
            "needs_two_trials": medicine.needs_two_trials,
            "note": medicine.note,
            "rows": [_says(entry) for entry in ratings],
            "texts": [asdict(entry) for entry in sorted(texts, key=lambda entry: entry.field)],
        }
    )


def release_text(
    *,
    number: int,
    name: str,
    published_on: date,
    review_by: date,
    is_demonstration: bool,
    effects: Sequence[EffectEntry],
    sources: Sequence[SourceEntry],
    profile_texts: Mapping[str, str],
) -> str:
    """The release's own text. `profile_texts`: medicine slug to profile text, in order of name."""
    return canonical(
        {
            "number": number,
            "name": name,
            "published_on": published_on.isoformat(),
            "review_by": review_by.isoformat(),
            "is_demonstration": is_demonstration,
            "effects": [asdict(effect) for effect in effects],
            "sources": [asdict(source) for source in sources],
            "profiles": [
                {"slug": slug, "hash": digest(text)} for slug, text in profile_texts.items()
            ],
        }
    )


def _says(entry: RatingEntry) -> dict[str, Any]:
    numbers = [
        {**asdict(number), "risk": _plain(number.risk), "dummy_risk": _plain(number.dummy_risk)}
        for number in entry.numbers
    ]
    return {**asdict(entry), "numbers": numbers}


def _plain(risk: Decimal) -> str:
    """0.05886 and 0.05886000 are one number and must be one text."""
    return f"{risk.normalize():f}"
