"""What leaves the app, and that nothing can be changed on the way."""

from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medications.ratings import Rating
from medications.snapshots import Release, whole_in_100


@pytest.mark.parametrize(
    ("risk", "people"),
    [("0", 0), ("0.00499", 0), ("0.005", 1), ("0.015", 2), ("0.025", 3), ("0.0765", 8), ("1", 100)],
)
def test_people_in_100_are_whole_and_halves_go_up(risk: str, people: int) -> None:
    assert whole_in_100(Decimal(risk)) == people


@given(st.decimals(min_value=0, max_value=1, places=8))
def test_rounding_is_never_off_by_more_than_half_a_person(risk: Decimal) -> None:
    assert abs(whole_in_100(risk) - risk * 100) <= Decimal("0.5")


def test_every_profile_has_all_36_in_the_order_of_the_form(release: Release) -> None:
    for profile in release.profiles:
        assert [row.effect.number for row in profile.rows] == list(range(1, 37))


@pytest.mark.catalogue("H1")
def test_levels_hold_what_is_known_and_nothing_else(release: Release) -> None:
    for profile in release.profiles:
        levels = release.levels()[profile.slug]
        unknown = {row.effect.code for row in profile.rows if not row.rating.is_known}
        assert unknown.isdisjoint(levels)
        assert len(levels) + len(unknown) == 36
    assert release.levels()["benperidol"] == {}


@pytest.mark.catalogue("H1")
def test_an_effect_nobody_has_heard_of_is_not_known(release: Release) -> None:
    assert release.profile("olanzapine").rating("growing_wings") is Rating.NOT_KNOWN


def test_groups_follow_the_order_of_the_form(release: Release) -> None:
    groups = release.groups()
    assert [group for group, _ in groups][:2] == [
        "Sleep and energy",
        "Weight, sugar and cholesterol",
    ]
    assert sorted(effect.number for _, effects in groups for effect in effects) == list(
        range(1, 37)
    )
    assert release.effect("tremor").label == "Shaking or tremor"


def test_a_snapshot_cannot_be_changed(release: Release) -> None:
    with pytest.raises(FrozenInstanceError):
        release.number = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        release.profiles[0].rows[0].rating = Rating.NONE  # type: ignore[misc]
    assert replace(release, number=2) is not release
