"""The board: every medicine with its state, overdue first, found by name or state."""

from datetime import date

import pytest
from django.urls import reverse

from medications import curation
from medications.actions import drafts
from medications.models import Medicine, Release
from sdmtool.access import Role
from tests import stories
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
TODAY = date(2026, 11, 27)


@pytest.fixture
def cura():
    return stories.a_member(stories.a_clinic(), Role.CURATOR)


def test_every_medicine_stands_on_it_once_with_how_much_is_known(cura):
    rows = curation.board(today=TODAY)
    assert [row.slug for row in rows] == list(
        Medicine.objects.order_by("name").values_list("slug", flat=True)
    )
    release = stories.the_release()
    known = {p.slug: sum(row.rating.is_known for row in p.rows) for p in release.profiles}
    assert {row.slug: row.known for row in rows if row.release} == known


def test_a_draft_shows_as_one_and_leads_to_it(cura):
    draft = drafts.start_draft(medicine=Medicine.objects.get(slug="lurasidone"), by=cura)
    page = signed_in(cura).get(reverse("medications:board")).content.decode()
    assert reverse("medications:draft", args=[draft.pk]) in page
    (row,) = curation.board(today=TODAY, state="draft")
    assert (row.slug, row.open_id) == ("lurasidone", draft.pk)


def test_what_is_overdue_comes_first_and_says_so(cura):
    review_by = Release.objects.get().review_by
    rows = curation.board(today=review_by.replace(year=review_by.year + 1))
    released = [row.is_overdue for row in rows]
    assert released == sorted(released, reverse=True)
    assert rows[0].is_overdue
    assert not any(row.is_overdue for row in curation.board(today=review_by))


def test_a_medicine_is_found_by_a_part_of_its_name(cura):
    page = signed_in(cura).get(reverse("medications:board"), {"search": "PRAZOLE"})
    assert "Aripiprazole" in page.content.decode()
    assert "Lurasidone" not in page.content.decode()


def test_it_takes_the_same_number_of_queries_with_a_draft_more(cura, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        curation.board(today=TODAY)
    drafts.start_draft(medicine=Medicine.objects.get(slug="lurasidone"), by=cura)
    with django_assert_max_num_queries(8):
        curation.board(today=TODAY)
