"""Which medicines stand apart from the order, and why, in words. Standard library only.

Two reasons so far: a prescriber ruled it out for this person, or the release asks for a history
that is not recorded (two fair trials). A prescriber's own reason is the one that is shown when
there are both.
Tests: tests/consultations/test_setting_aside.py.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from consultations.reasons import Reason, WhyAside
from medications.snapshots import Profile, Release

TRIALS_NEEDED = 2
NUMBERS = ("None is", "One is", "Two are", "Three are", "Four are", "Five are", "Six are")


@dataclass(frozen=True)
class RuledOutBy:
    """A medicine a prescriber set aside for this person."""

    medicine: str
    reason: str
    by: str


def reasons(
    release: Release, ruled_out: Iterable[RuledOutBy], trials: Collection[str]
) -> dict[str, Reason]:
    """Medicine to the reason it is set aside, for those of this release that are."""
    ruled = {row.medicine: row for row in ruled_out}
    found = {}
    for profile in release.profiles:
        if profile.slug in ruled:
            row = ruled[profile.slug]
            found[profile.slug] = Reason(WhyAside.RULED_OUT, row.reason, row.by)
        elif profile.needs_two_trials and len(set(trials)) < TRIALS_NEEDED:
            words = _history(release, trials)
            found[profile.slug] = Reason(WhyAside.NEEDS_HISTORY, words, f"release {release.number}")
    return found


def _history(release: Release, trials: Collection[str]) -> str:
    names = {profile.slug: profile.name for profile in release.profiles}
    tried = sorted(names.get(slug, slug) for slug in set(trials))
    recorded = f"{NUMBERS[len(tried)]} recorded{': ' + ', '.join(tried) if tried else ''}."
    return f"It is offered after two other medicines were each given a fair trial. {recorded}"


def needing_history(release: Release) -> tuple[Profile, ...]:
    """The medicines of a release that ask for two fair trials first."""
    return tuple(profile for profile in release.profiles if profile.needs_two_trials)
