"""From the files to a release: complete, through the actions, all or nothing, and once."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from medications import queries, stored
from medications.actions import Incomplete
from medications.content import Content
from medications.entries import RatingEntry
from medications.evidence import Evidence
from medications.management.commands import import_profiles as command
from medications.models import CardText, Profile, ProfileRating, Release, StatusChange
from medications.ratings import Confidence, Rating
from medications.snapshots import Release as ReleaseSnapshot
from sdmtool.models import AuditEvent, User


def run() -> str:
    said = StringIO()
    call_command("import_profiles", stdout=said)
    return said.getvalue()


def test_the_database_says_what_the_files_say(
    release: ReleaseSnapshot, files: Evidence, words: Content
) -> None:
    profiles = {profile.medicine_id: profile for profile in Profile.objects.all()}
    assert set(profiles) == set(files.ratings)
    for slug, profile in profiles.items():
        assert stored.rating_entries(profile) == words.marked(slug, files.ratings[slug])
        assert stored.text_entries(profile) == words.texts(slug)


def test_the_release_says_what_the_database_says(release: ReleaseSnapshot) -> None:
    rows = ProfileRating.objects.select_related("profile")
    for row in rows:
        shown = release.profile(row.profile.medicine_id).rating(row.effect_id)
        assert shown.value == row.rating
    assert len(rows) == 22 * 36


def test_every_known_rating_keeps_its_sources_and_confidence(release: ReleaseSnapshot) -> None:
    known = [row for p in release.profiles for row in p.rows if row.rating.is_known]
    assert len(known) == 403
    assert all(row.sources and row.confidence for row in known)
    assert sum(row.borrowed for row in known) == 84
    assert sum(row.sources_disagree for row in known) == 81
    assert sum(len(row.numbers) for p in release.profiles for row in p.rows) == 116


@pytest.mark.catalogue("H15")
def test_medicines_without_a_rating_are_in_the_release(release: ReleaseSnapshot) -> None:
    unrated = [profile.slug for profile in release.profiles if not profile.is_rated]
    assert unrated == [
        "benperidol",
        "levomepromazine",
        "pericyazine",
        "prochlorperazine",
        "promazine",
    ]


def test_the_release_is_a_demonstration_with_a_number_a_date_and_a_review_date(
    release: ReleaseSnapshot,
) -> None:
    assert (release.number, release.name, release.is_demonstration) == (1, "demonstration 1", True)
    assert 180 <= (release.review_by - release.published_on).days <= 184


def test_a_second_run_changes_nothing_and_says_so(release: ReleaseSnapshot) -> None:
    before = (Profile.objects.count(), AuditEvent.objects.count())
    assert run() == "Nothing changed: the current release says what the files say.\n"
    assert (Profile.objects.count(), AuditEvent.objects.count()) == before
    assert Release.objects.count() == 1


def test_one_changed_rating_makes_one_new_revision_and_one_new_release(
    release: ReleaseSnapshot, files: Evidence, words: Content
) -> None:
    entries = list(files.ratings["sulpiride"])
    entries[0] = replace(entries[0], rating=Rating.ONE)
    changed = replace(files, ratings={**files.ratings, "sulpiride": tuple(entries)})
    made = command.import_profiles(changed, words)
    assert made is not None
    assert (made.number, made.previous_id) == (2, 1)
    assert list(Profile.objects.filter(revision=2).values_list("medicine", flat=True)) == [
        "sulpiride"
    ]
    assert queries.current_release().profile("sulpiride").rows[0].rating is Rating.ONE
    assert queries.release(1).profile("sulpiride").rows[0].rating is Rating.TWO


def test_a_bettered_sentence_makes_a_new_release_and_leaves_the_old_one_as_it_was(
    release: ReleaseSnapshot, files: Evidence, words: Content
) -> None:
    sentence = "Your hands shake."
    bettered = replace(words, sentences={**words.sentences, "tremor": sentence})
    assert command.import_profiles(files, bettered) is not None
    assert queries.current_release().effect("tremor").sentence == sentence
    assert queries.release(1).effect("tremor").sentence != sentence
    assert not Profile.objects.filter(revision=2).exists()


def test_nothing_is_left_behind_when_one_profile_does_not_fit(
    release: ReleaseSnapshot, files: Evidence, words: Content
) -> None:
    models = (Profile, CardText, StatusChange, Release, AuditEvent)
    before = [model.objects.count() for model in models]
    bad = RatingEntry("tremor", Rating.TWO, Confidence.HIGH)  # no source
    entries = [bad if e.effect == "tremor" else e for e in files.ratings["zuclopenthixol"]]
    spoilt = replace(files, ratings={**files.ratings, "zuclopenthixol": tuple(entries)})
    with pytest.raises(Incomplete, match="tremor: a rating needs a source"):
        command.import_profiles(spoilt, words)
    assert [model.objects.count() for model in models] == before


def test_the_importers_are_two_accounts_that_nobody_can_sign_in_with(
    release: ReleaseSnapshot,
) -> None:
    author, approver = User.objects.order_by("-email")
    for account in (author, approver):
        assert not account.is_active
        assert not account.has_usable_password()
        assert "no person" in account.full_name
    assert set(Profile.objects.values_list("author", "approver")) == {(author.pk, approver.pk)}


def test_every_step_of_every_profile_is_kept_and_audited(release: ReleaseSnapshot) -> None:
    assert StatusChange.objects.filter(event="submit").count() == 22
    assert StatusChange.objects.filter(event="approve").count() == 22
    assert AuditEvent.objects.filter(action="approve a profile").count() == 22
    assert AuditEvent.objects.filter(action="publish a release").count() == 1
