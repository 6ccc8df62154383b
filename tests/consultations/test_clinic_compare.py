"""Compare as a page: what was pinned, shown with every real option beside it."""

import re

import pytest
from django.db import connection, transaction

from consultations.actions import meeting, opening
from consultations.answers import OWN, Answers
from consultations.models import Comparison, RuledOut
from consultations.option_texts import CODES
from consultations.queries import clinic as queries
from sdmtool.access import Role
from tests import stories
from tests.consultations.clinic import (
    a_colleague,
    a_newer_release,
    at,
    text_of,
    the_opener,
)
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
QUERIES = {"sqlite": 16, "postgresql": 17}[connection.vendor]
CHECKED = '" checked>'


def page_of(consultation, **query):
    return text_of(the_opener(consultation).get(at(consultation, "compare"), query))


def sent(consultation, name, user=None, **form):
    browser = signed_in(user) if user else the_opener(consultation)
    consultation.refresh_from_db()
    form.setdefault("version", consultation.version)
    return browser.post(at(consultation, name), form)


def without_working(page):
    return re.sub(r"<details.*?</details>", "", page)


# --- what stands on it --------------------------------------------------------------------------


def test_the_medicines_stand_in_the_pinned_order_with_their_places():
    page = page_of(stories.compared())
    placed = Comparison.objects.get().result["placed"]
    found = re.findall(r'id="medicine-([a-z]+)"', page)
    assert found == [row["medicine"] for row in placed]
    assert page.count("joint</small>") == sum(row["joint"] for row in placed)


def test_every_cell_has_its_symbol_and_its_word():
    consultation = stories.compared()
    page, release = page_of(consultation), stories.the_release()
    placed = Comparison.objects.get().result["placed"]
    for row in placed:
        block = page[page.index(f'id="medicine-{row["medicine"]}"') :]
        block = block[: block.index("</tbody>")]
        profile = release.profile(row["medicine"])
        for code in (*stories.ROWANS_LIST.items, *stories.ROWANS_LIST.helpful):
            rating = profile.rating(code)
            assert f'rating--{rating.tone}"' in block
            assert rating.words in block
        known = [level for level in row["levels"] if level is not None]
        assert block.count('data-label="') == len(row["levels"]) + 1
        assert block.count(">not known<") >= len(row["levels"]) - len(known)


@pytest.mark.catalogue("H11")
def test_no_percentage_and_no_sum_stands_outside_the_working():
    page = page_of(stories.compared())
    outside = without_working(page)
    assert "%" not in outside
    assert "Sum" not in outside
    assert "The working, for professionals" in page


def test_every_other_real_option_has_the_same_row_and_the_same_tick():
    page = page_of(stories.compared())
    for code in CODES:
        assert f'name="options" value="{code}"' in page
    others = page[page.index('id="options"') :]
    assert others.count('class="compare__medicine"') == len(CODES)
    assert others[: others.index("</table>")].count('class="tick"') == len(CODES)


def test_staying_as_now_shows_the_ratings_of_the_medicine_taken_now():
    page = page_of(stories.compared())
    stay = page[page.index("Stay as now<small>") :]
    stay = stay[: stay.index("</tbody>")]
    release = stories.the_release()
    words = [release.profile("risperidone").rating(c).words for c in stories.ROWANS_LIST.items]
    assert re.findall(r'rating__words">([^<]*)<', stay)[: len(words)] == words


def test_nothing_is_ticked_for_anybody():
    assert CHECKED not in page_of(stories.compared())


def test_what_is_not_known_well_enough_stands_apart_with_what_is_missing():
    page = page_of(stories.compared())
    gaps = page[page.index('id="gaps"') : page.index('id="aside"')]
    for row in Comparison.objects.get().result["unplaced"]:
        assert f'value="medicine:{row["medicine"]}"' in gaps
    assert "Not worse and not better" in gaps


def test_what_is_set_aside_names_the_reason_who_gave_it_and_how_to_ask():
    page = page_of(stories.compared())
    aside = page[page.index('id="aside"') :]
    assert "Clozapine" in aside
    assert "two other medicines were each given a fair trial" in aside
    assert "Reason from release 1" in aside
    assert "say so today and ask again" in aside


def test_own_words_head_a_column_that_is_not_compared():
    answers = Answers(places=(("weight_gain",), (OWN,)), own_words="Behind glass")
    page = page_of(stories.compared(answers=answers))
    assert "own words, not compared" in page
    assert "“Behind glass”" in page
    assert "not compared</span>" in page


def test_a_list_of_own_words_alone_says_that_there_is_no_order():
    answers = Answers(places=((OWN,),), own_words="Behind glass")
    page = page_of(stories.compared(answers=answers))
    assert "the medicines have no order here" in page
    assert 'value="medicine:aripiprazole"' in page


def test_before_anything_is_compared_the_page_says_so_and_works_out_nothing():
    consultation = stories.listed()
    assert "Nothing has been compared yet" in page_of(consultation)
    assert not Comparison.objects.exists()


# --- pinned -------------------------------------------------------------------------------------


@pytest.mark.catalogue("H5")
def test_looking_at_it_never_compares_again_and_a_newer_release_is_a_notice():
    consultation = stories.compared()
    before = page_of(consultation)
    with transaction.atomic():
        newer = a_newer_release()
        page = page_of(consultation)
        assert f"Release {newer.number} was published on" in page
        assert "Compare again" in page
        table = slice(page.index("<table"), page.index("</table>"))
        assert page[table] == before[before.index("<table") : before.index("</table>")]
        assert Comparison.objects.count() == 1
        transaction.set_rollback(True)


def test_a_changed_list_is_a_notice_and_the_page_still_shows_the_one_before():
    consultation = stories.compared()
    stories.a_sent_sheet(stories.the_person(consultation), Answers(places=(("tremor",),)))
    page = page_of(consultation)
    assert "Rowan has sent a changed list. This page still shows the one before." in page
    assert "Weight gain" in page
    assert sent(consultation, "compare_now").status_code == 302
    assert "Weight gain" not in page_of(consultation)


def test_a_release_that_was_tampered_with_is_not_shown(monkeypatch):
    consultation = stories.compared()
    Comparison.objects.get()
    from consultations.views.clinic import compare_page
    from medications import queries as medications

    def altered(*args, **words):
        raise medications.ReleaseAltered

    monkeypatch.setattr(compare_page.medications, "release", altered)
    answer = the_opener(consultation).get(at(consultation, "compare"))
    assert answer.status_code == 503
    assert "are not the ones that were signed" in text_of(answer)


def test_opening_it_takes_the_same_number_of_queries_every_time(django_assert_num_queries, say):
    consultation = stories.compared()
    browser, url = the_opener(consultation), at(consultation, "compare")
    browser.get(url)
    with django_assert_num_queries(QUERIES) as told:
        browser.get(url)
    for medicine in ("amisulpride", "olanzapine", "quetiapine"):
        stories.act(consultation, opening.rule_out, medicine=medicine, reason="heart tracing")
    stories.act(consultation, meeting.compare)
    with django_assert_num_queries(QUERIES):
        browser.get(url)
    say(f"compare: {len(told)} queries")


# --- a card in place ----------------------------------------------------------------------------


def test_a_card_opens_from_the_pinned_release():
    consultation = stories.compared()
    page = text_of(the_opener(consultation).get(at(consultation, "card", "aripiprazole")))
    assert "data-card-body" in page
    assert "Restlessness" in page
    missing = the_opener(consultation).get(at(consultation, "card", "aspirin"))
    assert missing.status_code == 404


# --- ticks --------------------------------------------------------------------------------------


def test_ticks_become_the_short_list_and_lead_on_to_decide():
    consultation = stories.compared()
    answer = sent(consultation, "shorten", options=["stay", "medicine:aripiprazole"])
    assert answer["Location"] == at(consultation, "decide")
    assert queries.deciding(consultation).options == ("stay", "medicine:aripiprazole")
    assert page_of(consultation).count(CHECKED) == 2


@pytest.mark.parametrize("code", ["medicine:aspirin", "stay\x00", "<b>", "medicine:", "x" * 10_000])
def test_a_tick_nobody_knows_is_said_and_the_others_are_still_there(code):
    consultation = stories.compared()
    answer = sent(consultation, "shorten", options=["wait", code])
    page = text_of(answer)
    assert answer.status_code == 422
    assert "not an option we know" in page
    assert 'value="wait" checked' in page
    assert queries.deciding(consultation).options == ()


def test_ticks_from_an_old_page_are_not_saved_and_still_there():
    consultation = stories.compared()
    answer = sent(consultation, "shorten", options=["wait"], version=consultation.version - 1)
    assert answer.status_code == 409
    assert "What you typed is still here" in text_of(answer)
    assert 'value="wait" checked' in text_of(answer)
    assert queries.deciding(consultation).options == ()


# --- set aside ----------------------------------------------------------------------------------


def test_a_prescriber_sets_a_medicine_aside_and_the_order_is_worked_out_without_it():
    consultation = stories.compared()
    version = consultation.version
    form = {"aside-version": version, "aside-medicine": "amisulpride", "aside-reason": "Heart."}
    assert the_opener(consultation).post(at(consultation, "rule_out"), form).status_code == 302
    page = page_of(consultation)
    aside = page[page.index('id="aside"') :]
    assert "Heart. <span" in aside
    assert "Reason from Dr Ada Example" in aside
    assert 'id="medicine-amisulpride"' not in page
    assert sent(consultation, "put_back", medicine="amisulpride").status_code == 302
    assert 'id="medicine-amisulpride"' in page_of(consultation)


@pytest.mark.parametrize(
    "medicine, reason, says",
    [("aspirin", "Heart.", "Choose from those shown"), ("amisulpride", " ", "Say why")],
)
def test_what_is_wrong_with_it_is_said_and_what_was_typed_is_still_there(medicine, reason, says):
    consultation = stories.compared()
    version = consultation.version
    form = {"aside-version": version, "aside-medicine": medicine, "aside-reason": reason}
    answer = the_opener(consultation).post(at(consultation, "rule_out"), form)
    assert answer.status_code == 422
    assert says in text_of(answer)
    assert not RuledOut.objects.exists()
    if reason.strip():
        assert 'value="Heart."' in text_of(answer)


def test_two_fair_trials_bring_clozapine_into_the_order():
    consultation = stories.compared()
    form = {
        "trials-version": consultation.version,
        "trials-medicines": ["olanzapine", "risperidone"],
    }
    the_opener(consultation).post(at(consultation, "record_trials"), form)
    assert "clozapine" not in Comparison.objects.get(number=2).inputs["set_aside"]


def test_a_team_member_compares_and_only_a_prescriber_sets_aside():
    consultation = stories.compared()
    member = a_colleague(consultation, Role.TEAM_MEMBER)
    assert sent(consultation, "compare_now", member).status_code == 302
    assert sent(consultation, "rule_out", member).status_code == 403
    assert sent(consultation, "put_back", member, medicine="amisulpride").status_code == 403


def test_a_peer_worker_sees_it_and_changes_nothing():
    consultation = stories.compared()
    worker = a_colleague(consultation, Role.PEER_WORKER)
    assert signed_in(worker).get(at(consultation, "compare")).status_code == 200
    for name in ("compare_now", "shorten", "record_trials"):
        assert sent(consultation, name, worker).status_code == 403


# --- for a second screen ------------------------------------------------------------------------


def test_a_second_screen_shows_the_same_order_without_the_working_and_without_anything_to_press():
    consultation = stories.compared()
    usual = page_of(consultation)
    shared = text_of(the_opener(consultation).get(at(consultation, "second_screen")))
    order = r'id="medicine-([a-z]+)"'
    assert re.findall(order, shared) == re.findall(order, usual)
    assert "The working, for professionals" in usual
    assert "The working" not in shared
    main = shared[shared.index("<main") : shared.index("</main>")]
    assert "<button" not in main
    assert "<form" not in main


def test_a_second_screen_before_anything_is_compared_leads_to_compare():
    consultation = stories.listed()
    answer = the_opener(consultation).get(at(consultation, "second_screen"))
    assert answer.headers["Location"] == at(consultation, "compare")
