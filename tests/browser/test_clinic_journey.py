"""The visit as a psychiatrist walks through it: worklist, My list, Compare, Decide, sign, print.

Every page is looked at by axe at both widths; the harness fails on a CSP violation or a page error.
"""

import re

import pytest
from playwright.sync_api import expect

from consultations.models import Decision
from tests import stories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit():
    """Rowan's list is in; Dr Ada Example will meet Rowan today."""
    stories.the_release()
    return stories.listed()


def screen(page, name):
    return page.get_by_role("navigation", name="The three screens").get_by_text(name)


def begin(page, sign_in, visit):
    sign_in(page, visit.opened_by.email, stories.PASSWORD)
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.get_by_role("link", name="Rowan Sample", exact=True).click()


def my_list(page):
    page.get_by_role("link", name="Rowan Sample", exact=True).click()
    expect(page.get_by_role("heading", name="Rowan’s list")).to_be_visible()


def compare(page):
    page.get_by_role("button", name="Go on to compare").click()
    expect(page.get_by_role("heading", name="How the medicines fit Rowan’s list")).to_be_visible()


def open_a_card(page):
    card = page.get_by_role("button", name="Aripiprazole", exact=True)
    card.click()
    expect(page.get_by_text("Main side effects")).to_be_visible()
    expect(card).to_have_attribute("aria-expanded", "true")


def close_the_card(page):
    page.get_by_role("button", name="Close the card of Aripiprazole").click()
    expect(page.get_by_text("Main side effects")).to_be_hidden()
    expect(page.get_by_role("button", name="Aripiprazole", exact=True)).to_be_focused()


def shorten(page, *names):
    for name in names:
        page.get_by_role("checkbox", name=f"Discuss {name}", exact=True).check()
    page.get_by_role("button", name="Put the ticked ones on the short list").click()
    expect(page.get_by_role("heading", name="What was decided")).to_be_visible()


def keep_what_rowan_says(page):
    page.get_by_label("What Rowan says now").fill("I will try it, after the exam.")
    page.get_by_role("button", name="Keep these words Rowan’s view").click()
    expect(page.get_by_text("Nobody can change these words now")).to_be_visible()


def decide(page):
    page.get_by_label("What Dr Ada Example says now").fill("It fits the list.")
    page.get_by_role("radio", name="A medicine").check()
    page.get_by_label("Which one", exact=True).select_option(label="Aripiprazole")
    page.get_by_label("What happens next, and who does it").fill("Start on Monday.")


def sign_too_early(page):
    page.get_by_role("button", name="Sign as Dr Ada Example").click()
    expect(page.get_by_text("before you go on")).to_be_visible()
    expect(page).to_have_title(re.compile("^Error:"))


def sign(page):
    page.get_by_label("No review, because").fill("Rowan moves to another town.")
    page.get_by_role("radio", name="Printed and given").check()
    page.get_by_role("button", name="Sign as Dr Ada Example").click()
    expect(page.get_by_text("Signed by Dr Ada Example")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)


def the_sheet_is_a_pdf(page):
    address = page.get_by_role("link", name="Print Rowan’s sheet").get_attribute("href")
    sheet = page.request.get(address)
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.body().startswith(b"%PDF")


def test_the_whole_visit_from_the_worklist_to_the_sheet(page, sign_in, visit, axe, shot):
    def look(name):
        axe(page)
        shot(page, name)

    sign_in(page, visit.opened_by.email, stories.PASSWORD)
    look("worklist")
    my_list(page)
    look("my-list")
    compare(page)
    look("compare")
    open_a_card(page)
    look("compare-card")
    close_the_card(page)
    shorten(page, "Aripiprazole", "Stay as now")
    expect(page.get_by_role("checkbox", name="Stay as now")).to_be_checked()
    look("decide-first")
    keep_what_rowan_says(page)
    decide(page)
    sign_too_early(page)
    look("decide-error")
    sign(page)
    look("decided")
    the_sheet_is_a_pdf(page)
    assert Decision.objects.get().chosen == "medicine:aripiprazole"


def test_without_scripts_the_same_pages_lead_the_same_way(open_page, sign_in, visit):
    page = open_page(javascript=False)
    begin(page, sign_in, visit)
    page.get_by_role("button", name="Go on to compare").click()
    page.get_by_role("link", name="Aripiprazole", exact=True).click()
    expect(page.get_by_role("heading", name="Aripiprazole")).to_be_visible()
    page.get_by_role("link", name="Back to Compare").click()
    for name in ("Wait", "Stay as now"):
        page.get_by_role("checkbox", name=f"Discuss {name}", exact=True).check()
    page.get_by_role("button", name="Put the ticked ones on the short list").click()
    page.get_by_role("radio", name="Another option").check()
    page.get_by_label("Which one", exact=True).select_option(label="Wait")
    page.get_by_label("No review, because").fill("Rowan rings us.")
    page.get_by_role("radio", name="Will be given later").check()
    page.get_by_role("button", name="Sign as Dr Ada Example").click()
    expect(page.get_by_text("Signed by Dr Ada Example")).to_be_visible()


def test_with_the_keyboard_alone_a_card_opens_and_closes_and_a_tick_is_set(desk, sign_in, visit):
    begin(desk, sign_in, visit)
    desk.get_by_role("button", name="Go on to compare").click()
    card = desk.get_by_role("button", name="Cariprazine", exact=True)
    card.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Main side effects")).to_be_visible()
    desk.keyboard.press("Space")
    expect(desk.get_by_text("Main side effects")).to_be_hidden()
    tick = desk.get_by_role("checkbox", name="Discuss Cariprazine", exact=True)
    tick.focus()
    desk.keyboard.press("Space")
    expect(tick).to_be_checked()


def open_a_consultation(page):
    for label, words in (
        ("Reference", "943 476 5918"),
        ("Name to use", "Sol"),
        ("Year of birth", "1978"),
        ("Carers or supporters to invite", "Jo Sample, brother"),
        ("The decision, in one sentence", "Which medicine to try first?"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_label("Name", exact=True).fill("Sol Imaginary")
    page.get_by_role("radio", name="Comes freely").check()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("link", name="Check the NHS number")).to_be_visible()


def open_it_after_all(page):
    page.get_by_label("Reference").fill("943 476 5919")
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_role("heading", name="Who takes part")).to_be_visible()


def invite(page):
    page.get_by_role("button", name="Make a link and code for Sol Imaginary").click()
    expect(page.get_by_text("Shown once.")).to_be_visible()


def fill_in_the_paper(page):
    page.get_by_role("link", name="Done: I have passed it on").click()
    page.get_by_role("link", name="Type the paper sheet of Sol Imaginary").click()
    page.get_by_label("Number for Weight gain").fill("1")
    page.get_by_role("checkbox", name="would help Sleepy in the evening or at night").check()


def send_the_paper(page):
    page.get_by_role("button", name="Send it as Sol Imaginary’s sheet").click()
    expect(page.get_by_text("typed from paper by Dr Ada Example")).to_be_visible()


def put_it_off_without_a_day(page):
    page.get_by_label("Why not today").fill("Too tired.")
    page.get_by_role("button", name="Put it off").click()
    expect(page.get_by_role("link", name="Put in the day on which")).to_be_visible()


def test_opening_inviting_typing_paper_and_putting_off(page, sign_in, axe, shot):
    def look(name):
        axe(page)
        shot(page, name)

    stories.the_release()
    sign_in(page, stories.a_prescriber().email, stories.PASSWORD)
    page.get_by_role("link", name="Open a consultation").click()
    look("open")
    open_a_consultation(page)
    look("open-error")
    open_it_after_all(page)
    look("invitations")
    invite(page)
    look("issued")
    fill_in_the_paper(page)
    look("paper-sheet")
    send_the_paper(page)
    page.get_by_role("link", name="Not able to take part today").click()
    look("another-day")
    put_it_off_without_a_day(page)
    look("another-day-error")


def test_nothing_is_wider_than_the_window_from_a_narrow_phone_up(desk, sign_in, visit):
    begin(desk, sign_in, visit)
    compare(desk)
    for width in (320, 375, 768, 1024, 1280, 1600):
        desk.set_viewport_size({"width": width, "height": 800})
        too_wide = desk.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{too_wide} px too wide at {width} px"
