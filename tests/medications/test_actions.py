"""Drafting, approving, publishing: what is done, and what is refused here and by the database."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from medications import actions
from medications.entries import EffectEntry, MedicineEntry, RatingEntry, SourceEntry, TextEntry
from medications.lifecycle import NotPossible, Status
from medications.models import Medicine, Profile, ProfileRating, Release
from medications.ratings import Confidence, Rating
from sdmtool.models import AuditEvent, User

EFFECTS = [
    EffectEntry("nausea", 9, "Feeling sick", "Stomach", "Your stomach feels bad."),
    EffectEntry("tremor", 31, "Shaking or tremor", "Movement", "Your hands shake."),
]
SOURCES = [SourceEntry("a_paper", "A paper", "2020", "here", "open", "published table")]
MEDICINE = MedicineEntry(
    "examplazine",
    "examplazine",
    "first",
    "Examples",
    "X00",
    ("tablet",),
    (),
    False,
    "",
    ("a_paper",),
)
KNOWN = RatingEntry("nausea", Rating.TWO, Confidence.HIGH, sources=("a_paper",))


@pytest.fixture
def medicine(author: User) -> Medicine:
    actions.record_vocabulary(effects=EFFECTS, sources=SOURCES, medicines=[MEDICINE], by=author)
    return Medicine.objects.get()


@pytest.fixture
def draft(medicine: Medicine, author: User) -> Profile:
    return actions.start_profile(medicine=medicine, by=author)


def approved(draft: Profile, author: User, approver: User) -> Profile:
    actions.rate(profile=draft, ratings=[KNOWN], by=author)
    actions.submit_profile(profile=draft, by=author)
    return actions.approve_profile(profile=draft, by=approver)


def published(author: User, approver: User) -> Release:
    return actions.publish_release(
        name="trial",
        review_by=date(2030, 1, 1),
        second_signer=author,
        is_demonstration=True,
        by=approver,
    )


@pytest.mark.catalogue("H1")
def test_a_new_draft_knows_nothing(draft: Profile) -> None:
    assert set(draft.ratings.values_list("effect", "rating")) == {("nausea", "U"), ("tremor", "U")}


def test_a_rating_is_kept_with_its_source(draft: Profile, author: User) -> None:
    actions.rate(profile=draft, ratings=[KNOWN], by=author)
    row = draft.ratings.get(effect="nausea")
    assert (row.rating, list(row.sources.values_list("code", flat=True))) == ("2", ["a_paper"])
    assert draft.ratings.get(effect="tremor").rating == "U"


def test_rating_again_replaces_and_not_known_can_be_said_again(
    draft: Profile, author: User
) -> None:
    actions.rate(profile=draft, ratings=[KNOWN], by=author)
    actions.rate(profile=draft, ratings=[RatingEntry("nausea")], by=author)
    row = draft.ratings.get(effect="nausea")
    assert (row.rating, row.confidence, row.sources.count()) == ("U", "", 0)


def test_a_card_text_written_again_replaces_the_first(draft: Profile, author: User) -> None:
    for text in ("One.", "Two."):
        entry = TextEntry("helps", text, "a source", "", "today")
        actions.write_card_texts(profile=draft, texts=[entry], by=author)
    assert list(draft.texts.values_list("text", flat=True)) == ["Two."]


def test_only_a_draft_can_be_written_in(draft: Profile, author: User, approver: User) -> None:
    done = approved(draft, author, approver)
    with pytest.raises(actions.NotADraft, match="approved"):
        actions.rate(profile=done, ratings=[KNOWN], by=author)
    with pytest.raises(actions.NotADraft):
        actions.write_card_texts(profile=done, texts=[], by=author)


def test_what_is_lacking_is_said_and_the_draft_stays_a_draft(draft: Profile, author: User) -> None:
    bare = RatingEntry("nausea", Rating.TWO, Confidence.HIGH)
    actions.rate(profile=draft, ratings=[bare], by=author)
    with pytest.raises(actions.Incomplete) as refused:
        actions.submit_profile(profile=draft, by=author)
    assert refused.value.lacking == ("nausea: a rating needs a source.",)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_profile_sent_back_is_a_draft_again_with_the_reason(
    draft: Profile, author: User, approver: User
) -> None:
    actions.submit_profile(profile=draft, by=author)
    back = actions.send_back(profile=draft, reason="Look at nausea.", by=approver)
    assert back.status == Status.DRAFT
    assert back.changes.get(event="send_back").reason == "Look at nausea."


@pytest.mark.catalogue("H6")
def test_nobody_approves_their_own_profile(draft: Profile, author: User) -> None:
    actions.submit_profile(profile=draft, by=author)
    with pytest.raises(actions.OwnWork):
        actions.approve_profile(profile=draft, by=author)


@pytest.mark.catalogue("H6")
def test_nor_does_the_database_let_them(draft: Profile, author: User) -> None:
    with (
        pytest.raises(IntegrityError, match="profile_approver_is_not_author"),
        transaction.atomic(),
    ):
        Profile.objects.filter(pk=draft.pk).update(approver=author, status="approved")


def test_a_draft_is_not_approved_before_it_was_submitted(draft: Profile, approver: User) -> None:
    with pytest.raises(NotPossible):
        actions.approve_profile(profile=draft, by=approver)


def test_a_medicine_has_one_open_draft_at_a_time(
    draft: Profile, medicine: Medicine, author: User
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.start_profile(medicine=medicine, by=author)


@pytest.mark.catalogue("H6")
def test_a_release_is_signed_by_two_people(draft: Profile, author: User, approver: User) -> None:
    approved(draft, author, approver)
    with pytest.raises(actions.SignedTwice):
        published(approver, approver)
    assert not Release.objects.exists()


def test_nothing_is_published_before_something_is_approved(
    draft: Profile, author: User, approver: User
) -> None:
    with pytest.raises(actions.NothingToPublish):
        published(author, approver)


def test_releases_are_numbered_one_two_three(draft: Profile, author: User, approver: User) -> None:
    approved(draft, author, approver)
    numbers = [published(author, approver).number for _ in range(3)]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(("number", "previous"), [(3, 1), (2, None), (0, None), (1, 1)])
def test_the_database_refuses_a_gap_in_the_numbers(
    draft: Profile, author: User, approver: User, number: int, previous: int | None
) -> None:
    approved(draft, author, approver)
    first = published(author, approver)
    values = {f.attname: getattr(first, f.attname) for f in Release._meta.concrete_fields}
    copy = Release(**{**values, "number": number, "previous_id": previous, "content_hash": "x"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.bulk_create([copy])


@pytest.mark.catalogue("H1")
@pytest.mark.parametrize("value", ["NULL", "''", "'4'", "'+'"])
def test_the_database_holds_no_sixth_rating_and_no_gap(draft: Profile, value: str) -> None:
    statement = f"UPDATE medications_profilerating SET rating = {value}"
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.catalogue("H1")
def test_the_database_itself_says_not_known_where_nobody_says_anything(draft: Profile) -> None:
    ProfileRating.objects.filter(effect="tremor").delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO medications_profilerating (profile_id, effect_id, confidence, borrowed, "
            "zero_means, sources_disagree, serious, on_card, card_wording) "
            "VALUES (%s, 'tremor', '', FALSE, '', FALSE, FALSE, FALSE, '')",
            [draft.pk],
        )
    assert draft.ratings.get(effect="tremor").rating == Rating.NOT_KNOWN


def test_a_code_is_never_renamed(draft: Profile) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE medications_sideeffect SET code = 'sickness' WHERE code = 'nausea'"
            )
        connection.check_constraints()


def test_every_write_is_audited_with_who_did_it(
    draft: Profile, author: User, approver: User
) -> None:
    approved(draft, author, approver)
    published(author, approver)
    said = AuditEvent.objects.order_by("pk").values_list("action", "by__email")
    assert list(said) == [
        ("record the vocabulary", author.email),
        ("start a profile", author.email),
        ("rate side effects", author.email),
        ("submit a profile", author.email),
        ("approve a profile", approver.email),
        ("publish a release", approver.email),
    ]
