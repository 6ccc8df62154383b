"""The library of medicines and a card, as anybody may look at them."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests import stories


def test_the_library_and_its_cards_are_accessible_and_fit_every_width(
    page: Any, axe: Callable[[Any], None], shot: Callable[[Any, str], None]
) -> None:
    stories.the_release()
    page.goto("/medicines/")
    axe(page)
    shot(page, "library")
    page.get_by_role("link", name="Clozapine").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Clozapine"
    axe(page)
    shot(page, "card-clozapine")
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) == 0
    page.goto("/medicines/benperidol/")
    axe(page)
    shot(page, "card-nothing-rated")


def test_a_serious_mark_leads_to_what_to_do_by_keyboard(desk: Any) -> None:
    stories.the_release()
    desk.goto("/medicines/clozapine/")
    desk.get_by_role("link", name="Serious – act on it").first.focus()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile("#clozapine-serious$"))
    desk.get_by_text("The passages in our own words").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Nobody has checked these yet.")).to_be_visible()
