"""Decide as a page: two options at least, each view in own words, saved often, signed once."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from consultations.actions import meeting
from consultations.answers import Answers
from consultations.models import Decision, Voice
from consultations.option_texts import CODES
from consultations.queries import clinic as queries
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.clinic import (
    TWO,
    a_colleague,
    a_decision,
    a_newer_release,
    at,
    browser_of,
    text_of,
)
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
QUERIES = {"sqlite": 20, "postgresql": 21}[connection.vendor]


def page_of(consultation, user=None):
    return text_of(browser_of(consultation, user).get(at(consultation, "decide")))


def sent(consultation, name, user=None, **changes):
    browser = browser_of(consultation, user)
    return browser.post(at(consultation, name), a_decision(consultation, **changes))


# --- what stands on it --------------------------------------------------------------------------


def test_the_six_other_options_are_always_there():
    page = page_of(stories.compared())
    for code in CODES:
        assert 'name="options" id="' in page
        assert f'value="{code}"' in page


def test_what_is_on_the_short_list_is_ticked_and_comes_first():
    consultation = stories.compared()
    stories.act(consultation, meeting.shorten, options=["medicine:cariprazine", "wait"])
    page = page_of(consultation)
    assert page.count('" checked>') == 2
    assert page.index('value="medicine:cariprazine"') < page.index('value="stay"')


def test_the_persons_frame_stands_before_the_professionals():
    page = page_of(stories.decided())
    assert page.index("voice--person") < page.index("voice--professional")
    assert page.index("I will try it.") < page.index("It fits the list.")


def test_words_that_were_kept_are_not_in_any_box():
    page = page_of(stories.decided())
    assert "I will try it." in page
    assert not any(
        "I will try it." in box.split("</textarea>")[0] for box in page.split("<textarea")[1:]
    )


def test_before_anything_is_compared_the_page_leads_to_compare():
    page = page_of(stories.listed())
    assert "Nothing has been decided here yet" in page
    assert "Sign as" not in page


def test_it_takes_the_same_number_of_queries_with_many_voices(django_assert_num_queries, say):
    consultation = stories.decided()
    browser, url = browser_of(consultation), at(consultation, "decide")
    browser.get(url)
    with django_assert_num_queries(QUERIES) as told:
        browser.get(url)
    for number in range(10):
        stories.act(consultation, meeting.keep_voice, kind="person", words=f"Thought {number}")
    with django_assert_num_queries(QUERIES):
        browser.get(url)
    say(f"decide: {len(told)} queries")


# --- saving -------------------------------------------------------------------------------------


def test_a_page_is_saved_and_comes_back_as_it_was():
    consultation = stories.compared()
    assert sent(consultation, "save_decision", person_says="Yes.").status_code == 302
    saved = queries.deciding(consultation)
    assert (saved.options, saved.outcome, saved.chosen) == (TWO, "medicine", TWO[1])
    assert saved.review_on == timezone.localdate() + timedelta(days=28)
    page = page_of(consultation)
    assert "Start on Monday." in page
    assert "Yes." in page


WRONG = [
    ({"options": ["stay"]}, "Tick at least two options"),
    ({"options": []}, "Tick at least two options"),
    ({"options": ["stay", "stay"]}, "Tick at least two options"),
    ({"options": ["stay", "medicine:aspirin"]}, "not an option we know"),
    ({"options": ["stay", "medicine:aspirin\x00"]}, "not an option we know"),
    ({"chosen": ""}, "Choose which one"),
    ({"chosen": "wait"}, "is not ticked above as talked about"),
    ({"chosen": "stay"}, "This is not a medicine"),
    ({"outcome": "option"}, "This is a medicine"),
    ({"outcome": "by magic"}, "Choose from those shown"),
    ({"outcome": "", "chosen": "stay"}, "Say how the meeting ended"),
    ({"outcome": "not_today", "chosen": "", "details": ""}, "Say why not today"),
    ({"outcome": "no_agreement", "chosen": "", "details": " "}, "Say what happens until"),
    ({"outcome": "not_today"}, "Leave this empty: nothing was chosen"),
    ({"review_on_year": "2001"}, "Choose a day after today"),
    ({"review_on_day": "31", "review_on_month": "2"}, "There is no such day"),
    ({"no_review_because": "none"}, "Put in a date or a reason for none, not both"),
    ({"person_says": "x" * 1001}, "There is room for 1000"),
    ({"plan": "x" * 200_000}, "There is room for 1000"),
    ({"copy_given": "by owl"}, "Choose from those shown"),
]


@pytest.fixture(scope="module")
def waiting(published, django_db_blocker):
    """One compared consultation for every page that is refused: none of them changes it."""
    with django_db_blocker.unblock():
        return stories.compared()


@pytest.mark.parametrize("name", ["save_decision", "sign"])
@pytest.mark.parametrize("wrong, says", WRONG, ids=[says for _, says in WRONG])
def test_what_is_wrong_is_said_where_it_is_and_everything_typed_is_still_there(
    name, wrong, says, waiting
):
    consultation = waiting
    typed = {"watch_for": "Pacing at night.", "professional_says": "It fits.", **wrong}
    answer = sent(consultation, name, **typed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert says in page
    assert "What you typed is still here." in page
    for field in ("watch_for", "professional_says", "details", "plan", "person_says"):
        words = a_decision(consultation, **typed)[field].strip()
        assert words[:1000] in page
    assert queries.deciding(consultation).options == ()
    assert not Voice.objects.exists()
    assert not Decision.objects.exists()


def test_not_today_is_a_whole_decision():
    consultation = stories.compared()
    until = {"outcome": "not_today", "chosen": "", "details": "After the exam on 4 December."}
    assert sent(consultation, "sign", **until).status_code == 302
    assert Decision.objects.get().record["decision"]["headline"] == "Not today"


def test_control_letters_and_a_nul_byte_are_taken_out_of_what_is_kept():
    consultation = stories.compared()
    sent(consultation, "save_decision", person_says="I\x00 will\u202e try\u200b it.\r\nReally.")
    assert Voice.objects.get(participant__kind="person").words == "I will try it.\nReally."


def test_a_megabyte_of_words_is_refused_in_words():
    consultation = stories.compared()
    answer = sent(consultation, "save_decision", plan="x" * 1_000_000)
    assert answer.status_code in {413, 422}
    assert "<h1" in text_of(answer)
    assert not queries.deciding(consultation).plan


# --- somebody else was faster -------------------------------------------------------------------


@pytest.mark.catalogue("F7")
def test_an_old_page_is_not_saved_and_shows_both_texts():
    consultation = stories.compared()
    old = consultation.version
    theirs = {"plan": "Wait until spring.", "person_says": "", "professional_says": ""}
    sent(consultation, "save_decision", a_colleague(consultation), **theirs)
    mine = {"version": old, "plan": "Start on Monday.", "person_says": "Not yet."}
    for name in ("save_decision", "sign"):
        answer = sent(consultation, name, **mine)
        page = text_of(answer)
        assert answer.status_code == 409
        assert "Somebody else wrote to this record" in page
        assert "Wait until spring." in page
        assert "Start on Monday." in page
        assert "Not yet." in page
    assert queries.deciding(consultation).plan == "Wait until spring."
    assert not Voice.objects.exists()


def test_pressing_again_on_the_page_that_shows_both_saves_mine():
    consultation = stories.compared()
    old = consultation.version
    sent(consultation, "save_decision", plan="Theirs.")
    answer = sent(consultation, "save_decision", version=old, plan="Mine.")
    version = queries.visit(consultation).version
    consultation.refresh_from_db()
    assert f'name="version" value="{consultation.version}"' in text_of(answer)
    assert version <= consultation.version
    assert sent(consultation, "save_decision", plan="Mine.").status_code == 302
    assert queries.deciding(consultation).plan == "Mine."


@pytest.mark.parametrize("version", ["", "abc", "-1", "0", "99999999999999999999", "1.5"])
def test_a_page_without_a_real_version_is_an_old_page(version):
    consultation = stories.compared()
    assert sent(consultation, "save_decision", version=version).status_code == 409


@pytest.mark.parametrize("name", ["save_decision", "sign"])
def test_a_changed_list_on_the_way_is_told_and_what_was_typed_is_still_there(name):
    consultation = stories.compared()
    form = a_decision(consultation, plan="Start on Monday.")
    stories.a_sent_sheet(stories.the_person(consultation), Answers(places=(("tremor",),)))
    browser, url = browser_of(consultation), at(consultation, name)
    for _ in "pressed", "and pressed again on the page that came back":
        answer = browser.post(url, form)
        assert answer.status_code == 409
        assert "The list has changed since this was compared" in text_of(answer)
        assert "Start on Monday." in text_of(answer)
        consultation.refresh_from_db()
        form["version"] = consultation.version
    assert not Decision.objects.exists()
    stories.act(consultation, meeting.compare)
    form["version"] = consultation.version
    assert browser.post(url, form).status_code == 302
    assert queries.deciding(consultation).plan == "Start on Monday."


# --- own words ----------------------------------------------------------------------------------


def test_words_are_kept_at_once_and_the_rest_of_the_page_stays_as_typed():
    consultation = stories.compared()
    typed = {"options": ["stay"], "plan": "Half a plan", "person_says": "Not before the exam."}
    answer = sent(consultation, "keep_words", keep_person="1", **typed)
    page = text_of(answer)
    assert "Nobody can change these words now" in page
    assert Voice.objects.get().words == "Not before the exam."
    assert "Half a plan" in page
    assert 'value="stay" checked' in page
    assert "Tick at least two" not in page


def test_keeping_nothing_says_so():
    consultation = stories.compared()
    answer = sent(consultation, "keep_words", keep_professional="1")
    assert answer.status_code == 422
    assert "Write what was said first" in text_of(answer)
    assert not Voice.objects.exists()


# --- signing ------------------------------------------------------------------------------------


def test_a_prescriber_signs_and_the_page_only_reads_from_then_on():
    consultation = stories.compared()
    assert sent(consultation, "sign", person_says="Yes.").status_code == 302
    page = page_of(consultation)
    assert "Signed by Dr Ada Example" in page
    assert "<textarea" not in page
    assert "Yes." in page
    assert "Tablets, 5 mg, in the morning." in page


@pytest.mark.parametrize(
    "missing, says",
    [
        ({"outcome": "", "chosen": ""}, "Say how the meeting ended"),
        (
            {"review_on_day": "", "review_on_month": "", "review_on_year": ""},
            "Put in a date for the review",
        ),
        ({"copy_given": ""}, "Say whether the person has their copy"),
    ],
)
def test_what_may_stay_open_when_saving_may_not_when_signing(missing, says):
    consultation = stories.compared()
    assert sent(consultation, "save_decision", **missing).status_code == 302
    answer = sent(consultation, "sign", **missing)
    assert answer.status_code == 422
    assert says in text_of(answer)


@pytest.mark.catalogue("F5")
def test_the_sign_button_pressed_twice_signs_once_and_answers_the_same():
    consultation = stories.compared()
    browser, form = browser_of(consultation), a_decision(consultation)
    first = browser.post(at(consultation, "sign"), form)
    again = browser.post(at(consultation, "sign"), form)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert Decision.objects.count() == 1
    assert AuditEvent.objects.filter(action="sign", kind="write").count() == 1


@pytest.mark.catalogue("F5")
def test_another_page_after_the_signature_adds_nothing_and_shows_what_was_typed():
    consultation = stories.compared()
    form = a_decision(consultation)
    browser = browser_of(consultation)
    browser.post(at(consultation, "sign"), form)
    for name in ("sign", "save_decision"):
        answer = browser.post(at(consultation, name), {**form, "plan": "Something else."})
        page = text_of(answer)
        assert answer.status_code == 409
        assert "This was signed while your page was open" in page
        assert "Something else." in page
    assert Decision.objects.get().record["decision"]["plan"] == "Start on Monday."


@pytest.mark.catalogue("T11")
def test_a_newer_release_is_asked_about_and_the_page_keeps_everything():
    consultation = stories.compared()
    form = a_decision(consultation, person_says="Yes.")
    with transaction.atomic():
        newer = a_newer_release()
        answer = browser_of(consultation).post(at(consultation, "sign"), form)
        page = text_of(answer)
        assert answer.status_code == 409
        assert "Which release counts?" in page
        assert "Yes." in page
        assert "Start on Monday." in page
        assert not Decision.objects.exists()
        keeps = a_decision(consultation, person_says="Yes.", keeps_release=newer.number - 1)
        browser_of(consultation).post(at(consultation, "sign"), keeps)
        assert Decision.objects.get().record["release"]["number"] == newer.number - 1
        transaction.set_rollback(True)


def test_a_team_member_saves_cannot_sign_and_sees_who_can():
    consultation = stories.compared()
    member = a_colleague(consultation, Role.TEAM_MEMBER)
    page = page_of(consultation, member)
    assert "Sign as" not in page
    assert "A prescriber signs. In this clinic: Dr Ada Example" in page
    assert sent(consultation, "save_decision", member).status_code == 302
    assert sent(consultation, "sign", member).status_code == 403
    assert not Decision.objects.exists()


def test_a_peer_worker_neither_decides_nor_signs():
    consultation = stories.compared()
    worker = a_colleague(consultation, Role.PEER_WORKER)
    assert "<textarea" not in page_of(consultation, worker)
    for name in ("save_decision", "keep_words", "sign"):
        assert sent(consultation, name, worker).status_code == 403


def test_another_clinics_decision_does_not_exist():
    consultation = stories.compared()
    stranger = stories.a_prescriber(stories.a_clinic("Sample Lane Clinic"))
    for name in ("save_decision", "keep_words", "sign"):
        assert sent(consultation, name, stranger).status_code == 404
    assert signed_in(stranger).get(at(consultation, "decide")).status_code == 404


# --- another day --------------------------------------------------------------------------------


def test_not_able_today_needs_a_reason_and_a_day_and_stands_on_the_worklist():
    consultation = stories.listed()
    browser, url = browser_of(consultation), at(consultation, "postpone")
    again = timezone.localdate() + timedelta(days=3)
    form = {
        "postpone-version": consultation.version,
        "postpone-reason": "Too tired.",
        "postpone-offer_again_on_day": again.day,
        "postpone-offer_again_on_month": again.month,
        "postpone-offer_again_on_year": again.year,
    }
    empty = browser.post(url, {**form, "postpone-reason": ""})
    assert empty.status_code == 422
    assert "Say why not today" in text_of(empty)
    assert browser.post(url, {**form, "postpone-version": 1}).status_code == 409
    assert browser.post(url, form).status_code == 302
    page = text_of(browser.get(at(consultation, "my_list")))
    assert "Too tired. Offer again on" in page
    consultation.refresh_from_db()
    browser.post(at(consultation, "reopen"), {"version": consultation.version})
    assert "Go on to compare" in text_of(browser.get(at(consultation, "my_list")))


def test_closing_without_a_decision_needs_a_reason():
    consultation = stories.listed()
    browser, url = browser_of(consultation), at(consultation, "abandon")
    form = {"abandon-version": consultation.version, "abandon-reason": ""}
    assert browser.post(url, form).status_code == 422
    assert browser.post(url, {**form, "abandon-reason": "Moved away."}).status_code == 302
    assert "Closed without a decision. Moved away." in text_of(
        browser.get(at(consultation, "my_list"))
    ).replace("</b>", "").replace("<b>", "")
