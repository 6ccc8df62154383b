"""A person's pages, from the code to the receipt, and everything that can go wrong on the way."""

import pytest

from consultations.answers import Answers
from consultations.models import Sheet
from consultations.present import choices
from consultations.queries import respond
from tests import stories
from tests.consultations.sitting import FIVE, Sitting, at, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def form(rowan):
    return Sitting(rowan)


def kept(participant):
    return respond.progress(participant).answers


# --- The way through -----------------------------------------------------------------------------


def test_from_the_code_to_the_receipt(form, rowan):
    assert at(form.answer) == "before"
    assert at(form.send("before", filled_in="alone")) == "matters"
    assert at(form.choose(*FIVE)) == "order"
    assert at(form.send("order", go="on")) == "taking"
    assert at(form.send_off()) == "sent"
    receipt = said(form.see("sent"))
    assert "Your answers are sent" in receipt
    assert f"Your reference: {rowan.consultation.reference}" in receipt
    assert Answers.from_json(Sheet.objects.get().answers).items == tuple(sitting_order(FIVE))


def sitting_order(codes):
    """In the order of the page, which is how ticks come in."""
    shown = [effect.code for effect in choices.effects_as_shown(stories.the_release())]
    return sorted(codes, key=shown.index)


def test_one_pick_is_enough_and_needs_no_order(form):
    assert at(form.choose("tremor")) == "taking"
    assert at(form.see("order")) == "taking"
    assert at(form.send_off()) == "sent"


def test_saying_nothing_about_who_fills_it_in_is_fine(form):
    assert at(form.send("before")) == "matters"
    form.choose("tremor")
    assert "Who filled this in Not said" in said(form.see("check"))


def test_what_is_not_up_for_choice_is_said_before_the_first_question():
    consultation = stories.a_consultation(
        situation="detained", not_up_for_choice="Being without a medicine"
    )
    page = said(Sitting(stories.the_person(consultation)).see("before"))
    told = page.index("under a section of the Mental Health Act")
    assert page.index("Being without a medicine") < told < page.index("Who is filling this in?")
    assert "draft, needs legal review" in page
    assert page.index("Nobody is watching this page") < page.index("Who is filling this in?")


@pytest.mark.catalogue("H16")
def test_beside_own_words_it_says_that_nobody_reads_them_now(form):
    page = form.see("choose").text
    box = page.index('name="own"')
    assert "Nobody reads this before your appointment" in page[box : box + 400]
    assert "id_own_watched" in page[box - 200 : box + 200]
    for line in ("tel:999", "tel:111"):
        assert line in page[box : box + 600]


def test_the_order_of_the_medicines_is_nowhere_at_home(form):
    form.fill_in()
    form.send_off()
    everything = "".join(form.see(name).text.lower() for name in ("sent", "check", "order"))
    for medicine in ("aripiprazole", "olanzapine", "risperidone ("):
        assert medicine not in everything


def test_what_was_answered_is_there_again_after_the_code_is_typed_again(rowan):
    first = Sitting(rowan)
    first.choose("tremor", "nausea", own="Behind glass", helpful=["weight_loss"])
    again = Sitting(rowan)  # a new letter: the first browser's session is over
    page = again.see("choose").text
    for ticked in ("tremor", "nausea", "weight_loss"):
        assert f'value="{ticked}" checked' in page
    assert ">Behind glass</textarea>" in page
    assert at(first.see("choose")) == "start"


# --- Choosing ------------------------------------------------------------------------------------


def test_a_sixth_pick_says_so_in_words_and_loses_nothing(form, rowan):
    answer = form.choose(*FIVE, own="Behind glass")
    assert at(answer) == "narrow"
    page = form.see("narrow")
    assert "You have ticked 6. Which 5 matter most?" in said(page)
    assert "“Behind glass”" in said(page)
    assert len(kept(rowan).items) == 6
    assert at(form.send("narrow", keep=FIVE)) == "order"
    assert kept(rowan).also == ("own",)
    assert "Also matters to me “Behind glass”" in said(form.see("check"))


def test_still_too_many_and_none_at_all_are_told_and_keep_their_ticks(form):
    form.choose(*FIVE, "nausea", "memory")
    page = form.send("narrow", keep=[*FIVE, "nausea"])
    assert "You have ticked 6. Take the tick off 1 more." in said(page)
    assert 'value="nausea" checked' in page.text
    assert 'value="memory" checked' not in page.text
    assert "Keep at least one, and up to 5" in said(form.send("narrow"))


def test_nothing_can_be_sent_while_there_are_six(form):
    form.choose(*FIVE, "nausea")
    assert at(form.see("check")) == "narrow"
    assert at(form.see("order")) == "narrow"
    assert not Sheet.objects.exists()


@pytest.mark.parametrize(
    ("picks", "about"),
    [
        (["daytime_sleepiness", "sleeping_late", "tiredness"], "being sleepy"),
        (["restlessness", "tremor", "stiff_muscles"], "moving"),
    ],
)
def test_three_that_are_alike_are_pointed_out_and_never_forbidden(form, picks, about):
    rest = [code for code in ("weight_gain", "dry_mouth", "nausea", "memory") if code not in picks]
    form.choose(*picks, *rest[:3])
    page = said(form.see("narrow"))
    assert "3 of these are alike" in page
    assert about in page
    assert at(form.send("narrow", keep=[*picks, *rest[:2]])) == "order"


@pytest.mark.catalogue("H10")
def test_the_same_side_effect_both_ways_is_one_plain_question(form, rowan):
    answer = form.choose("weight_loss", "tremor", helpful=["weight_loss", "tremor"])
    assert at(answer) == "both-ways"
    assert "Weight loss" in said(form.see("both-ways"))
    answer = form.send("both-ways", way_weight_loss="helpful", way_tremor="avoid")
    assert at(answer) == "taking"
    assert (kept(rowan).items, kept(rowan).helpful) == (("tremor",), ("weight_loss",))


def test_one_question_left_open_is_asked_again_with_the_other_answer_there(form):
    form.choose("weight_loss", "tremor", helpful=["weight_loss", "tremor"])
    page = form.send("both-ways", way_tremor="avoid")
    assert "Choose one for “Weight loss”" in said(page)
    assert "checked" in page.text.partition('name="way_tremor"')[2][:120]


def test_an_empty_list_is_told_kindly_and_keeps_what_was_ticked_in_part_two(form, rowan):
    page = form.choose(helpful=["weight_loss"])
    assert "Tick at least one side effect, or write your own" in said(page)
    assert page.text.count("<title>Error:") == 1
    assert 'value="weight_loss" checked' in page.text
    assert kept(rowan).helpful == ("weight_loss",)


def test_own_words_alone_are_a_list_and_it_says_that_they_cannot_be_compared(form):
    assert at(form.choose(own="Not being able to play the drums")) == "taking"
    page = said(form.see("check"))
    assert "“Not being able to play the drums” Own words. Medicines cannot be compared" in page


def test_words_that_are_too_long_stay_in_the_box_and_the_ticks_are_saved(form, rowan):
    page = form.choose("tremor", own="x" * 250)
    assert "Make your own words 200 letters or fewer. There are 250." in said(page)
    assert "x" * 250 in page.text
    assert kept(rowan).items == ("tremor",)


def test_two_hundred_letters_fit(form, rowan):
    assert at(form.choose(own="é" * 200)) == "taking"
    assert at(form.send_off()) == "sent"
    assert kept(rowan).own_words == "é" * 200


@pytest.mark.parametrize(
    "typed",
    ["drums\x00 and\x07 noise", "drums\u202e and\u200b noise", "drums\r\n\r\nand   noise"],
)
def test_nothing_invisible_is_kept_in_own_words(form, rowan, typed):
    form.choose(own=typed)
    assert kept(rowan).own_words == "drums and noise"


def test_what_somebody_writes_is_shown_as_words_and_never_run(form):
    form.choose("tremor", own="<script>alert(1)</script>{{ 1 }}")
    for name in ("choose", "order", "check"):
        page = form.see(name).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 1 }}" in page


def test_a_tick_nobody_knows_is_left_out_and_the_others_stay(form, rowan):
    page = form.choose("tremor", "no_such_effect", "' OR 1=1", "\x00")
    assert "One tick is not a side effect we know" in said(page)
    assert kept(rowan).items == ("tremor",)


def test_the_same_tick_sent_twice_counts_once(form, rowan):
    form.choose("tremor", "tremor", "nausea")
    assert sorted(kept(rowan).items) == ["nausea", "tremor"]


def test_a_megabyte_is_refused_in_words(form):
    form.client.raise_request_exception = False
    answer = form.choose("tremor", own="x" * 1_000_000)
    assert answer.status_code in (400, 413)
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text
    assert at(form.choose("tremor")) == "taking"  # and the form still works


def test_a_letter_of_the_legal_size_is_never_lost(form):
    long = "word " * 20_000
    page = form.choose("tremor", own=long)
    assert "Make your own words 200 letters or fewer" in said(page)
    assert long.strip() in page.text


# --- Before there is a release -------------------------------------------------------------------


def test_without_a_release_the_pages_say_so(rowan, monkeypatch):
    from medications import queries

    form = Sitting(rowan)

    def none():
        raise queries.NoRelease

    monkeypatch.setattr("consultations.views.respond.choose.current_release", none)
    answer = form.see("choose")
    assert answer.status_code == 503
    assert "Not ready yet" in said(answer)
