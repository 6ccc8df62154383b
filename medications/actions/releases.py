"""Publishing: one act, two people, for good."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from medications import editions
from medications.models import Profile, Release, ReleaseProfile
from medications.stored import (
    approved_profiles,
    effect_entries,
    medicine_entry,
    rating_entries,
    source_entries,
    text_entries,
)
from sdmtool import audit, frozen
from sdmtool.models import User


class SignedTwice(Exception):
    """A release is signed by two different people."""


class NothingToPublish(Exception):
    """No profile has been approved yet."""


@transaction.atomic
def publish_release(
    *, name: str, review_by: date, second_signer: User, is_demonstration: bool, by: User
) -> Release:
    """One act: the newest approved profile of every medicine becomes the next release, for good."""
    if second_signer.pk == by.pk:
        raise SignedTwice("A release is signed by two people.")
    profiles = approved_profiles()
    if not profiles:
        raise NothingToPublish("No profile has been approved yet.")
    frozen.one_writer(Release)
    release = Release(
        previous=Release.objects.order_by("-number").first(),
        name=name,
        published_at=timezone.now(),
        published_by=by,
        second_signer=second_signer,
        review_by=review_by,
        is_demonstration=is_demonstration,
    )
    release.number = release.previous.number + 1 if release.previous else 1
    texts = {profile: _text_of(profile) for profile in profiles}
    release.content = _release_text(release, texts)
    release.content_hash = editions.digest(release.content)
    release.save()
    ReleaseProfile.objects.bulk_create(
        ReleaseProfile(
            release=release,
            profile=profile,
            medicine_id=profile.medicine_id,
            content=text,
            content_hash=editions.digest(text),
        )
        for profile, text in texts.items()
    )
    audit.record(by=by, kind=audit.Kind.WRITE, action="publish a release", obj=release)
    return release


def _release_text(release: Release, texts: Mapping[Profile, str]) -> str:
    return editions.release_text(
        number=release.number,
        name=release.name,
        published_on=timezone.localdate(release.published_at),
        review_by=release.review_by,
        is_demonstration=release.is_demonstration,
        effects=effect_entries(),
        sources=source_entries(),
        profile_texts={profile.medicine_id: text for profile, text in texts.items()},
    )


def _text_of(profile: Profile) -> str:
    return editions.profile_text(
        medicine=medicine_entry(profile.medicine),
        revision=profile.revision,
        ratings=rating_entries(profile),
        texts=text_entries(profile),
    )
