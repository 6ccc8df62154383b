"""One worry, large: pictures only where trials counted, always beside the dummy pill."""

import re

import pytest
from django.urls import reverse

from consultations.actions import meeting
from consultations.answers import OWN, Answers, FilledIn
from consultations.models import Comparison
from consultations.present.compare import compare_page
from consultations.present.worry import Face, worry_page
from consultations.queries import clinic as queries
from medications import queries as medications
from tests import stories
from tests.consultations.clinic import text_of, the_opener

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def address(consultation, number):
    return reverse("consultations:worry", args=[consultation.public_id, number])


def the_page(consultation, number=1, ticked=()):
    compared = queries.newest_comparison(consultation)
    release = stories.the_release()
    page = compare_page(consultation.public_id, compared, release, ticked, ())
    return worry_page(page, release, number, ticked, medications.number_line)


def test_every_worry_of_every_kind_shows_what_the_release_says_and_nothing_else():
    consultation, release = stories.compared(), stories.the_release()
    for number, code in enumerate(Comparison.objects.get().result["effects"], 1):
        page = the_page(consultation, number)
        assert page.title == release.effect(code).label
        for medicine in page.medicines:
            slug = medicine.name.lower().replace(" ", "-")
            profile = next(p for p in release.profiles if p.name.lower() == medicine.name.lower())
            (row,) = [row for row in profile.rows if row.effect.code == code]
            assert medicine.rating is row.rating, slug
            assert (medicine.picture is None) == (not row.numbers), slug


def test_a_picture_has_a_hundred_people_and_adds_up_to_both_figures():
    seen = 0
    consultation = stories.compared()
    for number in range(1, 6):
        for medicine in the_page(consultation, number).medicines:
            if (picture := medicine.picture) is None:
                continue
            people = picture.people
            assert len(people) == 100
            with_it = people.count(Face.ALSO_DUMMY) + people.count(Face.EXTRA)
            dummy = people.count(Face.ALSO_DUMMY) + people.count(Face.SPARED)
            assert str(with_it) == picture.number.in_100.replace("fewer than 1", "0")
            assert str(dummy) == picture.number.dummy_in_100.replace("fewer than 1", "0")
            assert "trial" in picture.number.people
            seen += 1
    assert seen > 40


def test_the_short_list_and_what_is_taken_now_are_shown_with_the_other_options_on_it():
    consultation = stories.compared()
    everything = the_page(consultation)
    assert not everything.is_short_list
    page = the_page(consultation, ticked=("stay", "medicine:cariprazine"))
    assert {m.name for m in page.medicines} == {"Cariprazine", "Risperidone"}
    assert [other.title for other in page.others] == ["Stay as now"]


def test_a_medicine_on_the_short_list_without_a_place_is_shown_too():
    consultation = stories.compared()
    unplaced = Comparison.objects.get().result["unplaced"][0]["medicine"]
    page = the_page(consultation, ticked=(f"medicine:{unplaced}",))
    assert "not enough known for a place" in [m.where for m in page.medicines]


def test_the_page_says_each_number_in_words_and_where_there_is_none():
    consultation = stories.compared()
    page = text_of(the_opener(consultation).get(address(consultation, 1)))
    assert "Dummy pill" in page
    assert re.search(r"\d+ more than on a dummy pill", page, re.IGNORECASE)
    assert "No trial figure here, so no picture. That does not mean none." in page
    assert "of 100 people" in page
    assert "Read with care" in page


@pytest.mark.parametrize("number", [0, 6, 99])
def test_a_worry_the_list_does_not_have_is_not_found(number):
    consultation = stories.compared()
    assert the_opener(consultation).get(address(consultation, number)).status_code == 404


def test_own_words_have_no_page_and_do_not_shift_the_others():
    answers = Answers(
        places=((OWN,), ("weight_gain",)), own_words="My voice", filled_in=FilledIn.ALONE
    )
    consultation = stories.compared(answers=answers)
    assert the_page(consultation, 1).title == "Weight gain"
    assert the_opener(consultation).get(address(consultation, 2)).status_code == 404
    compare = text_of(
        the_opener(consultation).get(
            reverse("consultations:compare", args=[consultation.public_id])
        )
    )
    assert address(consultation, 1) in compare


def test_before_anything_is_compared_it_leads_to_compare():
    consultation = stories.listed()
    answer = the_opener(consultation).get(address(consultation, 1))
    assert answer.headers["Location"].endswith("/compare/")
    stories.act(consultation, meeting.compare)
    assert the_opener(consultation).get(address(consultation, 1)).status_code == 200
