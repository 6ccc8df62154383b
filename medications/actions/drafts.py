"""Writing in a draft cell by cell, and taking it from what is published.

A cell is saved with the version of the draft its page was made from; a page that came too late is
told what stands there now, and nothing is written. The history of cells is the record of who wrote
what; the audit holds the steps of a draft. Tests: tests/medications/test_drafts.py.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from medications.actions.profiles import NotADraft, rate, start_profile, write_card_texts
from medications.entries import RatingEntry, values
from medications.lifecycle import OPEN, Status
from medications.models import CellChange, Medicine, Profile, RatingSource
from medications.stored import newest_approved, rating_entries, rating_entry, text_entries
from sdmtool.models import User

_VERSION = Coalesce(
    Subquery(
        CellChange.objects.filter(profile=OuterRef("pk")).order_by("-number").values("number")[:1]
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
def rate_cell(*, profile_id: int, entry: RatingEntry, version: int, why: str, by: User) -> None:
    """Write one cell; `entry` without figures, which stay. ChangedMeanwhile, NotADraft."""
    found = Profile.objects.select_for_update().annotate(stands=_VERSION).filter(pk=profile_id)
    draft = found.first()
    if draft is None:
        raise NoSuchCell(profile_id)
    if draft.status != Status.DRAFT:
        raise NotADraft(f"The profile {draft} is {Status(draft.status).words}.")
    row = draft.ratings.prefetch_related("named_sources").filter(effect=entry.effect).first()
    if row is None:
        raise NoSuchCell(entry.effect)
    was = rating_entry(row, with_numbers=False)
    if version != draft.stands:
        raise ChangedMeanwhile(was, draft.stands)
    if entry == was:
        return
    draft.ratings.filter(pk=row.pk).update(**values(entry, *ROW))
    if entry.sources != was.sources:
        row.named_sources.all().delete()
        RatingSource.objects.bulk_create(
            RatingSource(rating=row, source_id=code, place=place)
            for place, code in enumerate(entry.sources)
        )
    CellChange.objects.create(
        profile=draft,
        number=draft.stands + 1,
        effect_id=entry.effect,
        was=_told(was),
        became=_told(entry),
        why=why,
        changed_at=timezone.now(),
        changed_by=by,
    )


def version_of(profile: Profile) -> int:
    """How often a draft has been written in. One query."""
    return CellChange.objects.filter(profile=profile).aggregate(last=Max("number"))["last"] or 0


def _told(entry: RatingEntry) -> dict[str, Any]:
    return {**values(entry, "numbers"), "sources": list(entry.sources)}
