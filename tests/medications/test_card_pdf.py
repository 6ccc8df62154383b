"""Cards on paper: what is printed is what is stored, on every card, at both sizes."""

from typing import Any

import pytest

from medications import queries
from medications.models import ProfileRating
from medications.ratings import Rating
from medications.snapshots import Release
from sdmtool import pdf
from tests.medications import paper
from tests.medications.pages import NEVER

SIZES = {"normal": False, "large print": True}
PUBLISHED = {"poor_sleep", "nausea", "restlessness"}  # aripiprazole prints these in its own wording


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, bool], bytes]:
    """Cards already made in this file: each takes a third of a second."""
    return {}


def a_card(printed: dict[Any, bytes], release: Release, slug: str, is_large: bool) -> bytes:
    if (slug, is_large) not in printed:
        printed[slug, is_large] = pdf.render(*queries.card_print(release, slug, is_large=is_large))
    return printed[slug, is_large]


def stored(slug: str) -> dict[str, Rating]:
    """The ratings of the published profile, read from its rows and not through the release."""
    rows = ProfileRating.objects.filter(profile__medicine=slug)
    return {code: Rating(value) for code, value in rows.values_list("effect", "rating")}


def test_the_aripiprazole_card_prints_the_papers_three_lines_and_the_key(
    release: Release, printed: dict[Any, bytes]
) -> None:
    text = paper.text_of(a_card(printed, release, "aripiprazole", False))
    for line in (
        "Poor sleep ++",
        "Restlessness ++",
        "Feeling sick, not hungry +",
        "+ uncommon or mild; ++ commoner or moderately severe; +++ common or more severe",
    ):
        assert line in text.splitlines()


@pytest.mark.catalogue("H8")
@pytest.mark.parametrize("size", SIZES)
def test_every_card_prints_36_of_36_ratings_as_they_are_stored(
    release: Release, printed: dict[Any, bytes], size: str
) -> None:
    compared = 0
    for profile in release.profiles:
        card = a_card(printed, release, profile.slug, SIZES[size])
        expected = stored(profile.slug)
        if profile.slug == "aripiprazole":
            expected = {code: r for code, r in expected.items() if code not in PUBLISHED}
        assert paper.ratings_on_paper(card, release) == expected, profile.slug
        compared += len(expected)
    assert compared == 22 * 36 - len(PUBLISHED)


@pytest.mark.catalogue("H8")
def test_control_a_row_that_is_not_printed_is_missed(
    release: Release, printed: dict[Any, bytes]
) -> None:
    template, context = queries.card_print(release, "sulpiride")
    shown = context["paper"]
    left, right = shown.columns
    fewer = vars(shown) | {"columns": (left, right[:-1])}
    card = pdf.render(template, context | {"paper": type(shown)(**fewer)})
    assert paper.ratings_on_paper(card, release) != stored("sulpiride")


@pytest.mark.parametrize("size", SIZES)
def test_every_page_says_demonstration_release_review_date_and_page_of_pages(
    release: Release, printed: dict[Any, bytes], size: str
) -> None:
    for slug in ("aripiprazole", "clozapine", "zuclopenthixol", "benperidol"):
        pages = paper.text_of(a_card(printed, release, slug, SIZES[size])).split("\f")[:-1]
        for number, page in enumerate(pages, start=1):
            flat = " ".join(page.split())
            assert flat.count("Demonstration, not for care") >= 2
            assert f"Release {release.number} (demonstration)" in flat
            assert f"Review by {release.review_by:%-d %B %Y}" in flat
            assert f"Page {number} of {len(pages)}" in flat


def test_every_card_fits_both_sides_of_one_sheet(
    release: Release, printed: dict[Any, bytes]
) -> None:
    for profile in release.profiles:
        card = a_card(printed, release, profile.slug, False)
        assert paper.text_of(card).count("\f") == 2, profile.slug


@pytest.mark.catalogue("H11")
def test_every_card_says_what_must_be_said_and_nothing_that_must_not(
    release: Release, printed: dict[Any, bytes]
) -> None:
    for profile in release.profiles:
        flat = " ".join(paper.text_of(a_card(printed, release, profile.slug, False)).split())
        for said in (
            "Do not stop or change a medicine without talking to us.",
            "Life in danger: 999",
            "Samaritans 116 123",
            "Serious – act on it.",
            "It does not show how well the medicine would work for you.",
            "? not known means not measured well enough: it does not mean none.",
            "No pharmacist has checked this card.",
        ):
            assert said in flat, (profile.slug, said)
        assert not NEVER.search(flat), NEVER.search(flat)


@pytest.mark.catalogue("H13")
def test_a_screen_reader_reads_the_card_in_its_order_with_every_letter(
    release: Release, printed: dict[Any, bytes]
) -> None:
    card = a_card(printed, release, "aripiprazole", False)
    facts = paper.facts_of(card)
    assert facts["Tagged"] == "yes"
    assert facts["Title"] == "Aripiprazole: information card"
    read = " ".join(paper.read_aloud(card).split())
    order = (
        "Main side effects",
        "Poor sleep ++",
        "Serious – act on it.",
        "Increased dreaming",
        "?",
    )
    places = [read.index(words) for words in order]
    assert places == sorted(places)
    assert "\ufffd" not in read


def test_in_a_packet_each_page_carries_the_persons_reference_and_nobody_elses(
    release: Release,
) -> None:
    packet = pdf.packet(
        [
            queries.card_print(release, slug, reference="RS 0427")
            for slug in ("olanzapine", "pimozide")
        ]
    )
    pages = paper.text_of(packet).split("\f")[:-1]
    assert len(pages) == 4
    assert all("RS 0427 ·" in page for page in pages)


def test_the_same_card_is_the_same_bytes(release: Release) -> None:
    first, second = (pdf.render(*queries.card_print(release, "asenapine")) for _ in range(2))
    assert first == second
