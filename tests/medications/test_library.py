"""The public library on screen: everything is there, nothing reads as none, few queries."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from medications.models import ProfileRating
from medications.ratings import Rating
from medications.snapshots import Release
from tests.medications.pages import NEVER, ratings_on_page, words_on_page

LIST = "/medicines/"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def cards(release: Release) -> list[str]:
    return [reverse("medications:card", args=[profile.slug]) for profile in release.profiles]


def stored(slug: str) -> dict[str, Rating]:
    rows = ProfileRating.objects.filter(profile__medicine=slug)
    return {label: Rating(value) for label, value in rows.values_list("effect__label", "rating")}


@pytest.mark.catalogue("H15")
def test_all_22_medicines_are_listed_with_how_much_is_known(
    client: Client, release: Release
) -> None:
    html = page(client, LIST)
    assert [html.index(address) for address in cards(release)] == sorted(
        html.index(address) for address in cards(release)
    )
    words = words_on_page(html)
    assert "22 medicines." in words
    assert "Aripiprazole 30 of 36 side effects rated, 6 not known." in words
    assert words.count("Nothing is rated yet, so every side effect is not known.") == 5


@pytest.mark.catalogue("H4", "H13")
def test_every_card_page_shows_36_of_36_ratings_as_they_are_stored(
    client: Client, release: Release
) -> None:
    for profile, address in zip(release.profiles, cards(release), strict=True):
        assert ratings_on_page(page(client, address)) == stored(profile.slug), profile.slug


@pytest.mark.catalogue("H4")
def test_control_a_rating_shown_as_another_is_noticed(client: Client, release: Release) -> None:
    html = page(client, cards(release)[0])
    spoilt = html.replace('rating__words">not known', 'rating__words">none')
    assert ratings_on_page(spoilt) != stored(release.profiles[0].slug)


def test_a_number_is_shown_with_the_dummy_pill_the_people_and_what_was_counted(
    client: Client, release: Release
) -> None:
    words = words_on_page(page(client, "/medicines/aripiprazole/"))
    assert (
        "8 in 100 people, 4 in 100 on a dummy pill. 1,116 people in 9 trials, counted as akathisia."
        in words
    )
    assert "9 in 100 people, 7 in 100 on a dummy pill (too close to call)." in words


@pytest.mark.catalogue("H11")
def test_every_page_says_demonstration_and_nothing_it_must_never_say(
    client: Client, release: Release
) -> None:
    for address in (LIST, *cards(release)):
        words = words_on_page(page(client, address))
        assert words.count("Demonstration, not for care.") >= 2
        assert f"Release {release.number} (demonstration)" in words
        assert not NEVER.search(words), (address, NEVER.search(words))


@pytest.mark.catalogue("H11")
def test_every_card_says_do_not_stop_and_where_help_is(client: Client, release: Release) -> None:
    for address in cards(release):
        words = words_on_page(page(client, address))
        assert "Do not stop or change a medicine without talking to your team." in words
        assert "It does not show how well the medicine would work for you." in words
        assert "Serious – act on it" in words
        assert "116 123" in words


def test_a_passage_nobody_has_written_is_visibly_empty(client: Client, release: Release) -> None:
    words = words_on_page(page(client, "/medicines/prochlorperazine/"))
    assert "How it may help Nothing written yet" in words


@pytest.mark.parametrize("address", ["aspirin/", "aspirin/card.pdf", "Aripiprazole/", "x" * 99])
def test_a_medicine_no_release_holds_is_not_found(
    client: Client, release: Release, address: str
) -> None:
    assert client.get(f"{LIST}{address}", follow=True).status_code == 404


@pytest.mark.parametrize("ending", ["", "aripiprazole/", "clozapine/", "aripiprazole/card.pdf"])
def test_pages_take_few_queries_and_the_same_for_every_medicine(
    client: Client, release: Release, django_assert_max_num_queries: Any, ending: str
) -> None:
    client.get(LIST)
    with django_assert_max_num_queries(2):  # the view asks which release, and so does the banner
        assert client.get(f"{LIST}{ending}").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_library_only_reads(client: Client, release: Release, method: str) -> None:
    assert getattr(client, method)(LIST).status_code == 405


def test_both_pdfs_are_served_under_names_that_name_no_person(
    client: Client, release: Release
) -> None:
    for ending, name in (("card.pdf", "asenapine-card.pdf"), ("card-large.pdf", "asenapine-card")):
        answer = client.get(f"/medicines/asenapine/{ending}")
        assert answer["Content-Type"] == "application/pdf"
        assert name in answer["Content-Disposition"]
        assert answer.content.startswith(b"%PDF-")


def test_without_pango_the_page_says_to_print_from_the_browser(
    client: Client, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sdmtool import pdf

    def missing() -> None:
        raise pdf.PdfUnavailable(pdf.MISSING)

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    answer = client.get("/medicines/asenapine/card.pdf")
    assert answer.status_code == 503
    assert "printed from the browser" in answer.content.decode()


def test_ids_on_a_card_begin_with_its_medicine_so_that_two_can_stand_on_one_page(
    client: Client, release: Release
) -> None:
    main = page(client, "/medicines/clozapine/").split('<div class="information">')[1]
    inside = main.split("</main>")[0]
    ids = re.findall(r'\bid="([^"]+)"', inside)
    assert ids
    assert all(name.startswith("clozapine-") for name in ids)
    assert {f"#{name}" for name in ids} >= set(re.findall(r'href="(#[^"]+)"', inside))
