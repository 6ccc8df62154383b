"""A curator's draft: the grid with the keyboard alone, two people on it, and without JavaScript."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from medications.actions import drafts
from medications.models import CellChange
from medications.ratings import Rating
from tests import stories
from tests.medications import curating

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cura():
    stories.the_release()
    return curating.a_curator()


@pytest.fixture
def draft(cura):
    return curating.a_draft(cura)


def at_draft(page, sign_in, who, draft):
    sign_in(page, who.email, stories.PASSWORD)
    page.goto(f"/medicines/curation/drafts/{draft.pk}/")


def line(page, effect):
    return page.locator(f"tr#{effect}")


def state(page):
    return page.locator("[data-state]")


def test_three_ratings_are_corrected_with_the_keyboard_alone_and_the_page_never_loads_again(
    desk, sign_in, draft, cura, axe, shot
):
    at_draft(desk, sign_in, cura, draft)
    desk.evaluate("window.sameAsBefore = true")
    shot(desk, "draft")
    axe(desk)
    line(desk, "daytime_sleepiness").get_by_role("link").focus()
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("[data-cell-link]").nth(1)).to_be_focused()
    line(desk, "weight_gain").get_by_role("link").focus()
    desk.keyboard.press("2")
    expect(state(desk)).to_have_text("Saved. Change 1 of this draft.")
    expect(line(desk, "weight_gain")).to_contain_text("commoner or moderately severe")
    expect(line(desk, "weight_gain").get_by_role("link")).to_be_focused()
    axe(desk)
    shot(desk, "draft-open")
    desk.keyboard.press("3")
    expect(state(desk)).to_have_text("Saved. Change 2 of this draft.")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("radio", name="+++")).to_be_focused()
    desk.keyboard.press("u")
    expect(state(desk)).to_have_text("Saved. Change 3 of this draft.")
    desk.get_by_label("Why this changes").fill("Two papers say nothing of it.")
    desk.keyboard.press("Escape")
    expect(line(desk, "weight_gain").get_by_role("link")).to_be_focused()
    expect(desk.locator("[data-body]")).to_be_empty()
    assert [change.why for change in CellChange.objects.all()] == [
        "", "", "", "Two papers say nothing of it.",
    ]  # fmt: skip
    assert curating.cell(draft).rating is Rating.NOT_KNOWN
    assert desk.evaluate("window.sameAsBefore")


def test_what_a_rating_still_needs_is_said_and_nothing_is_saved_until_it_is_there(
    open_page, sign_in, draft, cura, axe, shot
):
    desk = open_page(may_answer=(422,))
    effect = next(e.effect for e in curating.all_cells(draft) if not e.rating.is_known)
    at_draft(desk, sign_in, cura, draft)
    line(desk, effect).get_by_role("link").focus()
    desk.keyboard.press("1")
    expect(state(desk)).to_contain_text("Not saved yet. Say how far this rating can be trusted")
    expect(desk.get_by_label("How far it can be trusted")).to_be_focused()
    axe(desk)
    shot(desk, "draft-unsaved")
    line(desk, "weight_gain").get_by_role("link").focus()
    desk.keyboard.press("3")
    expect(desk.get_by_label("How far it can be trusted")).to_be_focused()
    assert not CellChange.objects.exists()
    desk.get_by_label("How far it can be trusted").select_option("low")
    expect(state(desk)).to_have_text("Not saved yet. Name at least one source.")
    desk.locator("input[name=sources]").first.check()
    expect(state(desk)).to_have_text("Saved. Change 1 of this draft.")
    assert curating.cell(draft, effect).rating is Rating.ONE


def test_esc_leaves_what_cannot_be_saved_as_it_was(open_page, sign_in, draft, cura):
    desk = open_page(may_answer=(422,))
    at_draft(desk, sign_in, cura, draft)
    line(desk, "weight_gain").get_by_role("link").focus()
    desk.keyboard.press("0")
    expect(state(desk)).to_contain_text("Say what none means here")
    desk.keyboard.press("Escape")
    expect(state(desk)).to_have_text("Left as it was.")
    assert not CellChange.objects.exists()


def test_esc_saves_what_was_mended_after_a_refusal(open_page, sign_in, draft, cura):
    desk = open_page(may_answer=(422,))
    at_draft(desk, sign_in, cura, draft)
    line(desk, "weight_gain").get_by_role("link").focus()
    desk.keyboard.press("0")
    expect(desk.get_by_label("What none means here")).to_be_focused()
    desk.keyboard.type("no excess or rated none")
    desk.keyboard.press("Escape")
    expect(state(desk)).to_have_text("Saved. Change 1 of this draft.")
    assert curating.cell(draft).rating is Rating.NONE


@pytest.mark.catalogue("F7")
def test_two_browsers_on_one_draft_are_shown_both_texts_and_choose(
    open_page, sign_in, draft, cura, axe, shot
):
    mine, theirs = open_page(may_answer=(409,)), open_page()
    at_draft(mine, sign_in, cura, draft)
    at_draft(theirs, sign_in, curating.a_curator(), draft)
    mine_link = line(mine, "weight_gain").get_by_role("link")
    mine_link.focus()
    mine.keyboard.press("Enter")
    expect(mine.get_by_role("radio", name="uncommon or mild")).to_be_focused()
    line(theirs, "weight_gain").get_by_role("link").focus()
    theirs.keyboard.press("2")
    expect(state(theirs)).to_have_text("Saved. Change 1 of this draft.")
    mine.keyboard.press("3")
    expect(state(mine)).to_contain_text("Both texts are here")
    expect(mine.get_by_role("columnheader", name="What you sent")).to_be_visible()
    expect(line(mine, "weight_gain")).to_contain_text("commoner or moderately severe")
    axe(mine)
    expect(mine.locator("#both")).to_be_focused()
    expect(mine.locator("#both")).to_be_in_viewport()
    shot(mine, "draft-both")
    assert curating.cell(draft).rating is Rating.TWO
    mine.get_by_role("button", name="Put what I sent in its place").press("Enter")
    expect(state(mine)).to_have_text("Saved. Change 2 of this draft.")
    assert curating.cell(draft).rating is Rating.THREE


@pytest.mark.catalogue("F7")
def test_a_rating_pressed_on_a_row_that_is_out_of_date_is_not_saved_unseen(
    desk, sign_in, draft, cura
):
    at_draft(desk, sign_in, cura, draft)
    entry = replace(curating.cell(draft), numbers=(), rating=Rating.TWO)
    drafts.rate_cell(profile_id=draft.pk, entry=entry, version=0, why="", by=cura)
    line(desk, "weight_gain").get_by_role("link").focus()
    desk.keyboard.press("3")
    expect(state(desk)).to_contain_text("Somebody else has written in this draft")
    expect(line(desk, "weight_gain")).to_contain_text("commoner or moderately severe")
    assert curating.cell(draft).rating is Rating.TWO
    desk.keyboard.press("3")
    expect(state(desk)).to_have_text("Saved. Change 2 of this draft.")


def test_without_javascript_and_on_a_phone_each_side_effect_has_its_own_page(
    open_page, sign_in, draft, cura, axe, shot
):
    for page in (open_page(javascript=False), open_page(width=375, touch=True)):
        at_draft(page, sign_in, cura, draft)
        expect(page.locator("[data-panel]")).to_be_hidden()
        shot(page, "draft-plain")
        line(page, "weight_gain").get_by_role("link").click()
        shot(page, "cell-plain")
        page.get_by_label("Why this changes").fill("Read again.")
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/#weight_gain")
    assert CellChange.objects.count() == 2
    axe(page)
