"""The pages beside the list: what matters, medicines lived with, how somebody would take one."""

from dataclasses import replace

import pytest

from consultations.actions import meeting
from consultations.living import Again, LivedWith, Living, Role
from consultations.models import Sheet
from consultations.queries.respond import progress
from consultations.reasons import WhyAside
from tests import stories
from tests.consultations.clinic import at as page_at
from tests.consultations.clinic import text_of, the_opener
from tests.consultations.sitting import Sitting, at, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
DRUMS = "Playing the drums again <b>soon</b>"


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def form(rowan):
    return Sitting(rowan)


def living_of(participant):
    return progress(participant).answers.living


def names_of(participant):
    return [lived.medicine for lived in living_of(participant).medicines]


def olanzapine(**changes):
    return {
        "medicine": "olanzapine",
        "harmed": "Three stone in five months",
        "again": "no",
    } | changes


def test_every_page_can_be_skipped(form):
    assert at(form.send("before", filled_in="alone")) == "matters"
    assert at(form.send("matters")) == "lived"
    assert at(form.send("lived")) == "choose"
    assert at(form.choose("tremor")) == "taking"
    assert at(form.send("taking")) == "check"
    assert "Medicines you have had" not in said(form.see("check"))


def test_what_matters_and_who_decides_is_kept_and_read_back(form, rowan):
    form.send("matters", goals=DRUMS, role="together")
    assert living_of(rowan) == Living(goals=DRUMS, role=Role.TOGETHER)
    form.choose("tremor")
    page = said(form.see("check"))
    assert "Playing the drums again <b>soon</b>" in page
    assert "Who should decide this time? We decide together." in page


def test_medicines_are_added_one_by_one_and_can_be_taken_off(form, rowan):
    assert at(form.send("lived", add="1", **olanzapine())) == "lived"
    assert at(form.send("lived", other="Something from abroad", medicine="other")) == "choose"
    assert [m.medicine for m in living_of(rowan).medicines] == [
        "olanzapine",
        "Something from abroad",
    ]
    assert "Olanzapine" in said(form.see("lived"))
    assert at(form.client.post("/i/medicines-before/", {"remove": "olanzapine"})) == "lived"
    assert names_of(rowan) == ["Something from abroad"]


def test_words_about_no_medicine_are_asked_about_and_stay_on_the_page(form, rowan):
    answer = form.send("lived", harmed="Three stone", bothers_now="Sleep")
    assert "Say which medicine this is about" in said(answer)
    assert 'value="Three stone"' in answer.text
    assert "Sleep" in answer.text
    assert living_of(rowan) == Living()


def test_an_eleventh_medicine_is_one_too_many_and_says_so(form, rowan):
    for number in range(10):
        form.send("lived", add="1", medicine="other", other=f"Medicine {number}")
    answer = form.send("lived", add="1", medicine="other", other="Medicine eleven")
    assert "There is room for 10 medicines" in said(answer)
    assert len(living_of(rowan).medicines) == 10


def test_how_it_would_be_taken_is_said_in_one_sentence(form, rowan):
    form.choose("tremor")
    form.send("taking", comes_as=["liquid", "injection"], times=["bedtime"], taking="No needles")
    assert "A liquid; an injection every few weeks; at bedtime. No needles" in said(
        form.see("check")
    )


@pytest.mark.parametrize("page", ["matters", "lived", "taking"])
def test_nul_bytes_and_long_words_are_answered_in_words(form, page):
    box = {"matters": "goals", "lived": "bothers_now", "taking": "taking"}[page]
    answer = form.send(page, **{box: "x" * 501})
    assert answer.status_code == 200
    assert "This is too long" in said(answer)
    assert form.send(page, **{box: "a\x00b"}).status_code == 302


def test_a_carer_is_not_asked_who_decides_and_speaks_for_themselves(rowan):
    jo = stories.the_carer(rowan.consultation)
    page = Sitting(jo).see("matters")
    assert "What would a good life look like for Rowan?" in said(page)
    assert "Who should decide" not in page.text


def sent_with(living):
    consultation = stories.a_consultation()
    answers = replace(stories.ROWANS_LIST, living=living)
    stories.a_sent_sheet(stories.the_person(consultation), answers)
    consultation.refresh_from_db()
    return consultation


def test_the_clinic_reads_it_in_the_persons_own_frame():
    lived = LivedWith("olanzapine", harmed="Three stone", again=Again.NO)
    consultation = sent_with(Living(goals=DRUMS, role=Role.ME, medicines=(lived,)))
    page = text_of(the_opener(consultation).get(page_at(consultation, "my_list")))
    frame = page[page.index("voice--person") : page.index("</article>")]
    assert "Playing the drums again &lt;b&gt;soon&lt;/b&gt;" in frame
    assert "I decide" in frame
    assert "Olanzapine" in frame
    assert "Three stone" in frame


def test_what_somebody_would_not_take_again_is_set_aside_in_their_own_words():
    lived = LivedWith("olanzapine", harmed="Three stone", again=Again.NO)
    consultation = sent_with(Living(medicines=(lived,)))
    compared = stories.act(consultation, meeting.compare)
    reason = compared.inputs["set_aside"]["olanzapine"]
    assert reason == {
        "why": WhyAside.NOT_AGAIN,
        "words": "“Three stone” Would not take it again.",
        "given_by": "Rowan",
    }
    page = text_of(the_opener(consultation).get(page_at(consultation, "compare")))
    assert "only the person whose list it is can ask that" in page


def test_words_beside_the_list_are_marked_unread_on_the_worklist():
    consultation = sent_with(Living(bothers_now="The shaking"))
    page = text_of(the_opener(consultation).get("/consultations/"))
    assert "not read yet" in page


def test_a_sent_sheet_keeps_it_for_ever():
    sent_with(Living(goals=DRUMS))
    assert Sheet.objects.get().answers["living"]["goals"] == DRUMS
