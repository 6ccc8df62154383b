"""Writing in a draft cell by cell, and taking it from what is published.

A cell is saved with the version of the draft its page was made from; a page that came too late is
told what stands there now, and nothing is written. The history of cells is the record of who wrote
what; the audit holds the steps of a draft. Tests: tests/medications/test_drafts.py.
"""

from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from medications.actions.profiles import NotADraft, rate, start_profile, write_card_texts
from medications.entries import RatingEntry, values
from medications.lifecycle import OPEN, Status
from medications.models import CellChange, Medicine, Profile, ProfileRating, RatingSource
from medications.stored import bare_entry, newest_approved, rating_entries, text_entries
from sdmtool.models import User

_VERSION = Coalesce(
    Subquery(
        CellChange.objects.filter(profile=OuterRef("profile"))
        .order_by("-number")
        .values("number")[:1]
    ),
    0,
)
ROW = ("effect", "sources", "numbers")  # not columns of the rating's own row


class AlreadyOpen(Exception):
    """There is a draft of this medicine, or one in review."""


class NoSuchCell(LookupError):
    """No such profile, or no such side effect in it."""


class ChangedMeanwhile(Exception):
    """Somebody else wrote in this draft; `now` is what the cell says."""

    def __init__(self, now: RatingEntry, version: int) -> None:
        super().__init__(now.effect)
        self.now, self.version = now, version


@transaction.atomic
def start_draft(*, medicine: Medicine, by: User) -> Profile:
    """A draft that says what the newest approved profile says, or nothing when there is none."""
    if medicine.profiles.filter(status__in=[status.value for status in OPEN]).exists():
        raise AlreadyOpen(medicine.slug)
    published = newest_approved(medicine)
    draft = start_profile(medicine=medicine, by=by)
    if published:
        rate(profile=draft, ratings=rating_entries(published), by=by)
        write_card_texts(profile=draft, texts=text_entries(published), by=by)
    return draft


@transaction.atomic
def rate_cell(*, profile_id: int, entry: RatingEntry, version: int, why: str, by: User) -> int:
    """Write one cell; `entry` without figures, which stay. The version the draft has then.

    A reason alone is kept too. ChangedMeanwhile, NotADraft, NoSuchCell.
    """
    row, was = _cell(profile_id, entry.effect)
    if row.profile.status != Status.DRAFT:
        raise NotADraft(f"The profile {row.profile} is {Status(row.profile.status).words}.")
    if version != row.stands:
        raise ChangedMeanwhile(was, row.stands)
    entry = replace(entry, sources=_in_order(was.sources, entry.sources))
    if entry == was and not why:
        return version
    _next_version(row, was, entry, why, by)
    if values(entry, *ROW) != values(was, *ROW):
        ProfileRating.objects.filter(pk=row.pk).update(**values(entry, *ROW))
    _name_sources(row, was.sources, entry.sources)
    return version + 1


def _cell(profile_id: int, effect: str) -> tuple[Any, RatingEntry]:
    """The cell's row with `stands`, the draft's version, and the `place` of its last source.

    One query; the profile is locked.
    """
    rows = list(
        ProfileRating.objects.select_for_update(of=("profile",))
        .select_related("profile")
        .annotate(
            stands=_VERSION, names=F("named_sources__source"), place=F("named_sources__place")
        )
        .filter(profile=profile_id, effect=effect)
        .order_by("named_sources__place")
    )
    if not rows:
        raise NoSuchCell(f"{profile_id} {effect}")
    return rows[-1], bare_entry(rows[-1], tuple(row.names for row in rows if row.names))


def _next_version(row: Any, was: RatingEntry, entry: RatingEntry, why: str, by: User) -> None:
    """The change with its number, which the database gives to one of those who ask at once.

    Whoever waited for the lock has read what stood before it, so the number is already taken.
    """
    try:
        with transaction.atomic():
            CellChange.objects.create(
                profile_id=row.profile_id,
                number=row.stands + 1,
                effect_id=entry.effect,
                was=_told(was),
                became=_told(entry),
                why=why,
                changed_at=timezone.now(),
                changed_by=by,
            )
    except IntegrityError:
        again, now = _cell(row.profile_id, entry.effect)
        raise ChangedMeanwhile(now, again.stands) from None


def _in_order(named: tuple[str, ...], sent: tuple[str, ...]) -> tuple[str, ...]:
    """What was sent, in the order it stood in; what is new comes last."""
    new = tuple(code for code in sent if code not in named)
    return tuple(code for code in named if code in sent) + new


def _name_sources(row: Any, were: tuple[str, ...], are: tuple[str, ...]) -> None:
    if gone := set(were) - set(are):
        row.named_sources.filter(source__in=gone).delete()
    new = (code for code in are if code not in were)
    RatingSource.objects.bulk_create(
        RatingSource(rating=row, source_id=code, place=place)
        for place, code in enumerate(new, (row.place or 0) + 1)
    )


def version_of(profile: Profile) -> int:
    """How often a draft has been written in. One query."""
    return CellChange.objects.filter(profile=profile).aggregate(last=Max("number"))["last"] or 0


def _told(entry: RatingEntry) -> dict[str, Any]:
    return {**values(entry, "numbers"), "sources": list(entry.sources)}
