"""One profile, from an empty draft to approved."""

from collections.abc import Sequence
from dataclasses import fields

from django.db import transaction
from django.db.models import Max

from medications import completeness, lifecycle
from medications.entries import RatingEntry, TextEntry, values
from medications.lifecycle import Event, Status
from medications.models import (
    CardText,
    CellChange,
    Medicine,
    Observation,
    Profile,
    ProfileRating,
    RatingSource,
    SideEffect,
    StatusChange,
)
from medications.stored import rating_entries
from sdmtool import audit
from sdmtool.models import User

APART = (
    "effect",
    "sources",
    "numbers",
)  # what a rating entry holds that is not a column of its row


class NotADraft(Exception):
    """Only a draft can be written in."""


class OwnWork(Exception):
    """Nobody approves a profile they wrote themselves."""


class Incomplete(Exception):
    """The profile cannot be submitted yet; `lacking` says why in plain sentences."""

    def __init__(self, lacking: Sequence[str]) -> None:
        super().__init__(" ".join(lacking))
        self.lacking = tuple(lacking)


@transaction.atomic
def start_profile(*, medicine: Medicine, by: User) -> Profile:
    """A new draft in which nothing is known yet: 36 rows, every one *not known*."""
    last = Profile.objects.filter(medicine=medicine).aggregate(last=Max("revision"))["last"] or 0
    profile = Profile.objects.create(medicine=medicine, revision=last + 1, author=by)
    ProfileRating.objects.bulk_create(
        ProfileRating(profile=profile, effect=effect) for effect in SideEffect.objects.all()
    )
    audit.record(by=by, kind=audit.Kind.WRITE, action="start a profile", obj=profile)
    return profile


@transaction.atomic
def rate(*, profile: Profile, ratings: Sequence[RatingEntry], by: User) -> None:
    """Set the ratings of a draft, with their sources and numbers.

    Side effects not named stay as they are.
    """
    draft = _draft(profile)
    rows = [
        ProfileRating(profile=draft, effect_id=entry.effect, **values(entry, *APART))
        for entry in ratings
    ]
    for row in rows:
        row.clean_fields(exclude=["profile", "effect"])
    ProfileRating.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["profile", "effect"],
        update_fields=[field.name for field in fields(RatingEntry) if field.name not in APART],
    )
    _replace_evidence(draft, ratings)
    audit.record(
        by=by,
        kind=audit.Kind.WRITE,
        action="rate side effects",
        obj=draft,
        detail={"ratings": len(ratings)},
    )


@transaction.atomic
def write_card_texts(*, profile: Profile, texts: Sequence[TextEntry], by: User) -> None:
    """Write passages of a draft's card, replacing those of the same field."""
    draft = _draft(profile)
    CardText.objects.bulk_create(
        (CardText(profile=draft, **values(entry)) for entry in texts),
        update_conflicts=True,
        unique_fields=["profile", "field"],
        update_fields=["text", "source", "address", "dated", "reviewer", "is_demonstration"],
    )
    audit.record(
        by=by,
        kind=audit.Kind.WRITE,
        action="write card texts",
        obj=draft,
        detail={"fields": [entry.field for entry in texts]},
    )


@transaction.atomic
def submit_profile(*, profile: Profile, by: User) -> Profile:
    """Ask for approval. Incomplete when something is lacking."""
    draft = _draft(profile)
    codes = SideEffect.objects.values_list("code", flat=True)
    if lacking := completeness.lacks(rating_entries(draft), codes):
        raise Incomplete(lacking)
    return _step(draft, Event.SUBMIT, by=by)


@transaction.atomic
def send_back(*, profile: Profile, reason: str, by: User) -> Profile:
    """Back to its author as a draft, with the reason."""
    return _step(_locked(profile), Event.SEND_BACK, by=by, reason=reason)


@transaction.atomic
def approve_profile(*, profile: Profile, by: User) -> Profile:
    """From now on this revision never changes. OwnWork when somebody asks who wrote in it."""
    reviewed = _locked(profile)
    wrote = CellChange.objects.filter(profile=reviewed, changed_by=by)
    if reviewed.author_id == by.pk or wrote.exists():
        raise OwnWork("A profile is approved by somebody other than its author.")
    reviewed.approver = by
    return _step(reviewed, Event.APPROVE, by=by)


def _locked(profile: Profile) -> Profile:
    return Profile.objects.select_for_update().get(pk=profile.pk)


def _draft(profile: Profile) -> Profile:
    locked = _locked(profile)
    if locked.status != Status.DRAFT:
        raise NotADraft(f"The profile {locked} is {Status(locked.status).words}.")
    return locked


def _step(profile: Profile, event: Event, *, by: User, reason: str = "") -> Profile:
    profile.status = lifecycle.after(Status(profile.status), event).value
    profile.save()
    StatusChange.objects.create(
        profile=profile, event=event.value, status=profile.status, reason=reason, changed_by=by
    )
    audit.record(by=by, kind=audit.Kind.WRITE, action=f"{event.words} a profile", obj=profile)
    return profile


def _replace_evidence(draft: Profile, ratings: Sequence[RatingEntry]) -> None:
    rows = dict(
        draft.ratings.filter(effect__in=[entry.effect for entry in ratings]).values_list(
            "effect", "pk"
        )
    )
    Observation.objects.filter(rating__in=rows.values()).delete()
    RatingSource.objects.filter(rating__in=rows.values()).delete()
    RatingSource.objects.bulk_create(
        RatingSource(rating_id=rows[entry.effect], source_id=code, place=place)
        for entry in ratings
        for place, code in enumerate(entry.sources)
    )
    Observation.objects.bulk_create(
        Observation(
            rating_id=rows[entry.effect], source_id=number.source, **values(number, "source")
        )
        for entry in ratings
        for number in entry.numbers
    )
