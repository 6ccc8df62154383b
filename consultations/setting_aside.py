"""Which medicines stand apart from the order, and why, in words. Standard library only.

A prescriber ruled it out for this person, the person would not take it again, or the release asks
for a history that is not recorded (two fair trials). The first of these is the one that is shown.
Tests: tests/consultations/test_setting_aside.py.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from consultations.reasons import Reason, WhyAside
from medications.snapshots import Profile, Release

TRIALS_NEEDED = 2
NOTHING: Mapping[str, str] = MappingProxyType({})
NUMBERS = ("None is", "One is", "Two are", "Three are", "Four are", "Five are", "Six are")


@dataclass(frozen=True)
class RuledOutBy:
    """A medicine a prescriber set aside for this person."""

    medicine: str
    reason: str
    by: str


def reasons(
    release: Release,
    ruled_out: Iterable[RuledOutBy],
    trials: Collection[str],
    refused: Mapping[str, str] = NOTHING,
    name: str = "",
) -> dict[str, Reason]:
    """Medicine to the reason it is set aside, for those of this release that are. `refused`: what
    `name` would not take again, with their own words about it.
    """
    ruled = {row.medicine: row for row in ruled_out}
    found = {}
    for profile in release.profiles:
        if profile.slug in ruled:
            row = ruled[profile.slug]
            found[profile.slug] = Reason(WhyAside.RULED_OUT, row.reason, row.by)
        elif profile.slug in refused:
            said = refused[profile.slug]
            words = f"“{said}” Would not take it again." if said else "Would not take it again."
            found[profile.slug] = Reason(WhyAside.NOT_AGAIN, words, name)
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
