"""The list of medicines. Standard library only."""

from dataclasses import dataclass

from medications.present.formulations import forms_in_words
from medications.snapshots import Profile, Release


@dataclass(frozen=True)
class Entry:
    """One medicine in the list, with how much is known about it."""

    slug: str
    name: str
    known: str
    comes_as: str
    note: str


@dataclass(frozen=True)
class LibraryPage:
    """Every medicine of one release, in order of name."""

    release: Release
    entries: tuple[Entry, ...]


def library(release: Release) -> LibraryPage:
    """The list for one release."""
    return LibraryPage(release, tuple(_entry(profile) for profile in release.profiles))


def _entry(profile: Profile) -> Entry:
    return Entry(
        slug=profile.slug,
        name=profile.name.capitalize(),
        known=_known(profile),
        comes_as=forms_in_words(profile.forms, has_long_acting=bool(profile.long_acting)),
        note=profile.note,
    )


def _known(profile: Profile) -> str:
    known, total = len(profile.levels()), len(profile.rows)
    if not known:
        return "Nothing is rated yet, so every side effect is not known"
    return f"{known} of {total} side effects rated, {total - known} not known"
