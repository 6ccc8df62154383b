"""The clinic's tablet in a real browser: handed over, given back, and the next person at it."""

import re

import pytest
from playwright.sync_api import expect

from tests import stories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rowan():
    stories.the_release()
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def tablet(open_page, sign_in, rowan):
    """1024 px wide, by touch, signed in, with the page of who takes part on it."""
    page = open_page(width=1024, touch=True)
    sign_in(page, rowan.consultation.opened_by.email, stories.PASSWORD)
    page.goto(f"/consultations/{rowan.consultation.public_id}/invitations/")
    return page


def test_staff_hand_the_tablet_over_and_get_it_back(tablet, axe, shot):
    axe(tablet)
    shot(tablet, "invitations")
    tablet.get_by_role("button", name="Hand over the tablet to Rowan").tap()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("This is for Rowan")
    axe(tablet)
    shot(tablet, "welcome")
    tablet.get_by_role("link", name="Start").tap()
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Before you start")
    tablet.get_by_role("button", name="Leave quickly").tap()
    tablet.wait_for_url(re.compile("/i/give-back/"))
    axe(tablet)
    shot(tablet, "give-back")
    tablet.go_back()
    assert "Before you start" not in tablet.content()
    tablet.get_by_role("link", name="For staff").or_(tablet.locator("#id_code")).first.wait_for()


def test_the_page_with_the_code_offers_the_letter(page, sign_in, rowan, axe, shot):
    sign_in(page, rowan.consultation.opened_by.email, stories.PASSWORD)
    page.goto(f"/consultations/{rowan.consultation.public_id}/invitations/")
    shot(page, "invitations")
    page.get_by_role("button", name="Make a link and code for Rowan").click()
    expect(page.get_by_role("button", name="Letter (PDF)")).to_be_visible()
    axe(page)
    shot(page, "issued")
