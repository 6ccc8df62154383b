"""Stored rows as plain entries, the way an edition writes them down. Reads only."""

from dataclasses import fields, replace
from typing import Any

from medications.entries import (
    EffectEntry,
    MedicineEntry,
    NumberEntry,
    RatingEntry,
    SourceEntry,
    TextEntry,
)
from medications.lifecycle import Status
from medications.models import Medicine, Profile, ProfileRating, SideEffect, Source
from medications.ratings import Confidence, Rating


def approved_profiles() -> list[Profile]:
    """The newest approved profile of every medicine that has one, medicines in order of name."""
    newest: dict[str, Profile] = {}
    approved = Profile.objects.filter(status=Status.APPROVED.value).select_related("medicine")
    for profile in approved.order_by("medicine__name", "revision"):
        newest[profile.medicine_id] = profile
    return list(newest.values())


def newest_approved(medicine: Medicine) -> Profile | None:
    """The newest approved revision of one medicine's profile."""
    approved = medicine.profiles.filter(status=Status.APPROVED.value)
    return approved.order_by("-revision").first()


def effect_entries() -> tuple[EffectEntry, ...]:
    """The 36, in the order of the paper form."""
    return tuple(_entry(EffectEntry, effect) for effect in SideEffect.objects.order_by("number"))


def source_entries() -> tuple[SourceEntry, ...]:
    """Every source, in order of code."""
    return tuple(_entry(SourceEntry, source) for source in Source.objects.order_by("code"))


def medicine_entry(medicine: Medicine) -> MedicineEntry:
    """One medicine with the codes of its sources, in order of code."""
    return MedicineEntry(
        **{
            **_values(MedicineEntry, medicine, but=("sources",)),
            "forms": tuple(medicine.forms),
            "long_acting": tuple(medicine.long_acting),
            "sources": tuple(sorted(source.code for source in medicine.sources.all())),
        }
    )


def medicine_entries() -> tuple[MedicineEntry, ...]:
    """Every medicine, in order of name."""
    medicines = Medicine.objects.order_by("name").prefetch_related("sources")
    return tuple(medicine_entry(medicine) for medicine in medicines)


def rating_entries(profile: Profile) -> tuple[RatingEntry, ...]:
    """All ratings of one profile, in the order of the paper form. Three queries."""
    rows = profile.ratings.order_by("effect__number").prefetch_related("named_sources", "numbers")
    return tuple(rating_entry(row) for row in rows)


def entries_of(profile: Profile) -> tuple[RatingEntry, ...]:
    """The same of a profile that was fetched with its ratings, sources and numbers. No query."""
    return tuple(rating_entry(row) for row in profile.ratings.all())


def text_entries(profile: Profile) -> tuple[TextEntry, ...]:
    """The passages of one profile's card, in order of field."""
    return tuple(_entry(TextEntry, text) for text in profile.texts.order_by("field"))


def rating_entry(row: ProfileRating) -> RatingEntry:
    """One rating with its sources and numbers, for a row that was fetched with both."""
    numbers = (
        NumberEntry(**{**_values(NumberEntry, number, but=("source",)), "source": number.source_id})
        for number in row.numbers.all()
    )
    sources = tuple(named.source_id for named in row.named_sources.all())
    return replace(bare_entry(row, sources), numbers=tuple(numbers))


def bare_entry(row: ProfileRating, sources: tuple[str, ...]) -> RatingEntry:
    """One rating with the sources it names and without figures. No query."""
    return RatingEntry(
        **{
            **_values(RatingEntry, row, but=("effect", "sources", "numbers")),
            "effect": row.effect_id,
            "rating": Rating(row.rating),
            "confidence": Confidence(row.confidence),
            "sources": sources,
        }
    )


def _entry(kind: Any, row: Any) -> Any:
    return kind(**_values(kind, row))


def _values(kind: Any, row: Any, but: tuple[str, ...] = ()) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(kind) if field.name not in but}
