"""What pharmacists' pages ask: the board of all medicines, one draft, the history of a cell.

Tests: tests/medications/test_board.py, tests/medications/test_drafts.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from medications import completeness, stored
from medications.entries import RatingEntry
from medications.lifecycle import OPEN, Status
from medications.models import CellChange, Medicine, Profile, Release, SideEffect, Source
from medications.present import grid
from medications.ratings import Confidence

NOT_BEGUN = "nothing yet"
Draft = Profile  # what a view is handed, which knows no model


@dataclass(frozen=True)
class BoardRow:
    """One medicine as it stands. `open_id` is the draft or review that is going on."""

    slug: str
    name: str
    state: str
    open_id: int | None
    release: int | None
    review_by: date | None
    is_overdue: bool
    known: int
    weak: int
    lacking: int


def board(*, today: date, search: str = "", state: str = "") -> tuple[BoardRow, ...]:
    """Every medicine, overdue first, then by name. Eight queries however many there are."""
    newest = Release.objects.order_by("-number").first()
    held = set(newest.profiles.values_list("medicine", flat=True)) if newest else set()
    effects = list(SideEffect.objects.values_list("code", flat=True))
    rows = []
    for medicine, profile in _latest():
        entries = stored.entries_of(profile) if profile else ()
        row = _row(
            medicine, profile, entries, effects, newest if medicine.slug in held else None, today
        )
        rows.append(row)
    wanted = [row for row in rows if search.lower() in row.name.lower()]
    wanted = [row for row in wanted if not state or row.state == state]
    return tuple(sorted(wanted, key=lambda row: (not row.is_overdue, row.name)))


def _latest() -> Iterable[tuple[Medicine, Profile | None]]:
    """Each medicine with the profile somebody works on, or else the newest approved one."""
    profiles = (
        Profile.objects.exclude(status=Status.DISCARDED.value)
        .prefetch_related("ratings__named_sources", "ratings__numbers")
        .order_by("revision")
    )
    latest = {profile.medicine_id: profile for profile in profiles}
    return [(medicine, latest.get(medicine.pk)) for medicine in Medicine.objects.order_by("name")]


def _row(
    medicine: Medicine,
    profile: Profile | None,
    entries: tuple[RatingEntry, ...],
    effects: list[str],
    release: Release | None,
    today: date,
) -> BoardRow:
    known = [entry for entry in entries if entry.rating.is_known]
    is_open = profile is not None and profile.status in [status.value for status in OPEN]
    if is_open and profile:
        state = Status(profile.status).words
    else:
        state = "published" if release else ("approved" if profile else NOT_BEGUN)
    return BoardRow(
        slug=medicine.slug,
        name=medicine.name,
        state=state,
        open_id=profile.pk if is_open and profile else None,
        release=release.number if release else None,
        review_by=release.review_by if release else None,
        is_overdue=bool(release and release.review_by < today),
        known=len(known),
        weak=sum(entry.confidence is Confidence.LOW for entry in known),
        lacking=len(completeness.lacks(entries, effects)) if entries else 0,
    )


@dataclass(frozen=True)
class Changed:
    """One change of a cell, for its history: which revision, who, when, why, and what it changed.

    `what` is empty when only a reason was given.
    """

    revision: int
    when: datetime
    who: str
    what: tuple[grid.Beside, ...]
    why: str


def medicine(slug: str) -> Medicine | None:
    return Medicine.objects.filter(slug=slug).first()


def open_draft(profile_id: int) -> Draft | None:
    """The draft or review with this number."""
    going_on = Profile.objects.filter(status__in=[status.value for status in OPEN])
    return going_on.select_related("medicine", "author").filter(pk=profile_id).first()


def history(profile: Profile, effect: str) -> tuple[Changed, ...]:
    """Every change of one cell in every revision of the medicine, newest first. One query."""
    of_the_medicine = CellChange.objects.filter(profile__medicine=profile.medicine_id)
    rows = of_the_medicine.filter(effect=effect).select_related("profile", "changed_by")
    return tuple(
        Changed(
            row.profile.revision,
            timezone.localtime(row.changed_at),
            row.changed_by.full_name,
            grid.changes(row.was, row.became),
            row.why,
        )
        for row in rows.order_by("-pk")
    )


def sources() -> list[tuple[str, str]]:
    """Every source a rating can name."""
    return list(Source.objects.order_by("citation").values_list("code", "citation"))
