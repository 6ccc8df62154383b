"""A release as text: the same text every time, and one changed letter is noticed."""

import random

import pytest

from medications import editions
from medications.editions import ReleaseAltered
from medications.models import Release, ReleaseProfile


@pytest.fixture
def stored(release: object) -> tuple[str, str, dict[str, str]]:
    row = Release.objects.get()
    texts = dict(ReleaseProfile.objects.values_list("medicine", "content"))
    return row.content, row.content_hash, texts


def changed(text: str, place: int) -> str:
    """`text` with one bit of one letter flipped."""
    return text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]


def test_what_is_stored_is_what_was_signed(stored: tuple[str, str, dict[str, str]]) -> None:
    content, content_hash, texts = stored
    release = editions.read_release(content, content_hash, texts)
    assert (release.content_hash, len(release.profiles)) == (content_hash, 22)


@pytest.mark.catalogue("H5")
def test_one_flipped_bit_anywhere_is_refused(
    stored: tuple[str, str, dict[str, str]], rng: random.Random
) -> None:
    content, content_hash, texts = stored
    for _ in range(300):
        with pytest.raises(ReleaseAltered):
            editions.read_release(
                changed(content, rng.randrange(len(content))), content_hash, texts
            )
        slug = rng.choice(sorted(texts))
        spoilt = {**texts, slug: changed(texts[slug], rng.randrange(len(texts[slug])))}
        with pytest.raises(ReleaseAltered, match=slug):
            editions.read_release(content, content_hash, spoilt)


def test_a_profile_left_out_or_slipped_in_is_refused(
    stored: tuple[str, str, dict[str, str]],
) -> None:
    content, content_hash, texts = stored
    fewer = {slug: text for slug, text in texts.items() if slug != "clozapine"}
    for profiles in (fewer, {**texts, "placebo": texts["clozapine"]}):
        with pytest.raises(ReleaseAltered, match="profiles it was signed with"):
            editions.read_release(content, content_hash, profiles)


def test_two_profiles_exchanged_are_refused(stored: tuple[str, str, dict[str, str]]) -> None:
    content, content_hash, texts = stored
    exchanged = {**texts, "olanzapine": texts["sulpiride"], "sulpiride": texts["olanzapine"]}
    with pytest.raises(ReleaseAltered):
        editions.read_release(content, content_hash, exchanged)


def test_canonical_text_does_not_depend_on_the_order_things_were_put_in() -> None:
    assert editions.canonical({"b": 1, "a": "é"}) == editions.canonical({"a": "é", "b": 1})
    assert editions.canonical({"a": "é"}).isascii()
