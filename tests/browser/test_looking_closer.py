"""One worry on a shared screen, and another order tried out with the keyboard, at both widths."""

import pytest
from playwright.sync_api import expect

from tests import stories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def compared():
    stories.the_release()
    return stories.compared()


def at_compare(page, sign_in, consultation):
    sign_in(page, consultation.opened_by.email, stories.PASSWORD)
    page.goto(f"/consultations/{consultation.public_id}/compare/")


def test_one_worry_is_shown_large_and_leads_to_the_next_and_back(
    page, sign_in, compared, axe, shot
):
    at_compare(page, sign_in, compared)
    page.get_by_role("link", name="Weight gain").locator("visible=true").click()
    expect(page.get_by_role("heading", name="Weight gain", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Dummy pill")).to_be_visible()
    axe(page)
    shot(page, "worry")
    page.get_by_role("navigation", name="The worries").get_by_role("link").nth(1).click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Weight gain")
    page.get_by_role("link", name="Back to the whole list").click()
    expect(page.get_by_role("heading", name="How the medicines fit Rowan’s list")).to_be_visible()


def test_another_order_is_tried_with_the_keyboard_alone_and_the_focus_follows(
    page, sign_in, compared, axe, shot
):
    at_compare(page, sign_in, compared)
    page.get_by_role("link", name="What if the order were another?").press("Enter")
    axe(page)
    button = page.locator("#up_4")
    button.press("Enter")
    expect(
        page.get_by_text("medicines change places").or_(page.get_by_text("change places"))
    ).to_be_visible()
    expect(page.locator("#up_3")).to_be_focused()
    page.locator("#up_3").press("Enter")
    axe(page)
    shot(page, "what-if")
    page.get_by_role("button", name="Put it back as it was sent").press("Enter")
    expect(page.get_by_text("This is the list as it was sent.")).to_be_visible()


def test_without_javascript_a_press_does_the_same(open_page, sign_in, compared):
    page = open_page(javascript=False)
    at_compare(page, sign_in, compared)
    page.get_by_role("link", name="What if the order were another?").click()
    page.locator("#up_4").click()
    expect(page.get_by_role("button", name="Put it back as it was sent")).to_be_visible()
