"""A carer's own sheet: asked in other words, kept apart, and shown to nobody who may not see it."""

import pytest

from consultations.answers import Answers
from consultations.models import Sheet
from consultations.present import wording
from consultations.queries import respond
from tests import stories
from tests.consultations.sitting import Sitting, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def jo(rowan):
    return stories.the_carer(rowan.consultation)


@pytest.mark.catalogue("H12")
def test_a_carer_is_asked_what_would_worry_them_and_told_it_stays_apart(jo):
    form = Sitting(jo)
    before = said(form.see("before"))
    assert "Rowan’s own list decides the order of the medicines, not yours" in before
    assert "May Rowan see your sheet?" in before
    form.send("before", filled_in="alone", person_may_see="yes")
    assert "Which side effects would worry you most for Rowan?" in said(form.see("choose"))
    form.choose("restlessness")
    assert "What would worry me most for Rowan" in said(form.see("check"))
    form.send_off()
    assert Answers.from_json(Sheet.objects.get().answers).person_may_see is True


@pytest.mark.catalogue("H12")
@pytest.mark.parametrize("answer", ["", "no"])
def test_a_carer_who_does_not_say_yes_is_seen_by_staff_only(jo, answer):
    form = Sitting(jo)
    form.send("before", person_may_see=answer)
    assert respond.progress(jo).answers.person_may_see is False


@pytest.mark.catalogue("H12")
def test_a_carer_is_not_told_the_persons_situation(rowan):
    type(rowan.consultation).objects.update(situation="detained", not_up_for_choice="Sentinel")
    page = Sitting(stories.the_carer(rowan.consultation)).see("before").text
    assert "under a section" not in page
    assert "Sentinel" not in page


@pytest.mark.catalogue("H12")
def test_neither_sees_a_word_of_the_other(rowan, jo):
    mine, theirs = Sitting(rowan), Sitting(jo)
    mine.choose("orgasm_difficulty", own="Sentinel of Rowan")
    theirs.choose("memory", own="Sentinel of Jo")
    for form in (mine, theirs):
        form.send_off()
    pages = ("before", "choose", "check", "sent")
    assert "Sentinel of Jo" not in "".join(mine.see(name).text for name in pages)
    assert "Sentinel of Rowan" not in "".join(theirs.see(name).text for name in pages)
    assert "Sentinel of Rowan" in mine.see("choose").text  # control: it would be found


def test_the_two_ways_of_speaking_say_everything_in_their_own_words():
    person, carer = wording.PERSON, wording.for_carer("Kit")
    for name in ("lead", "choose_title", "list_title", "helpful_title", "order_intro"):
        assert getattr(person, name) != getattr(carer, name)
        assert "Rowan" not in getattr(carer, name)
