"""The clinic's tablet in a real browser: handed over, given back, and the next person at it."""

import re
from dataclasses import replace
from itertools import product

import pytest
from playwright.sync_api import expect

from consultations.views.respond import sitting
from sdmtool.headers import NoStoreMiddleware
from tests import stories
from tests.browser.test_back_button import step_back, until_another_is_there
from tests.signing_in import signed_in

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


# --- The next person at it ------------------------------------------------------------------------

WORDS = "drumming-behind-glass"
FIRST = "Quillon"
ENDS = ("finishes", "leaves quickly", "walks away")
MOVES = ("back", "forward", "reload", "a tab opened again")
LAST = "/i/check/"


def handed_over(page, live_server, participant):
    """As the button does it, from a browser that staff have signed in with just now."""
    client = signed_in(participant.consultation.opened_by)
    record = participant.consultation.public_id
    client.post(f"/consultations/{record}/invitations/{participant.pk}/hand-over/")
    cookie = {"name": "session", "value": client.cookies["session"].value, "httpOnly": True}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    page.goto("/i/welcome/")


def someone(by, name, **answers):
    found = stories.the_person(stories.a_consultation(by, name_to_use=name, person_name=name))
    stories.a_draft(found, replace(stories.JOS_LIST, **answers))
    return found


def first_person(page, live_server, person, end):
    """Looks at their pages, and then it ends."""
    handed_over(page, live_server, person)
    for path in ("/i/choose/", "/i/taking-it/", LAST):
        page.goto(path)
    assert WORDS in page.content()
    if end == "finishes":
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_role("button", name="Finish and close").click()
    elif end == "leaves quickly":
        page.get_by_role("button", name="Leave quickly").click()
    if end != "walks away":
        page.wait_for_url(re.compile("/i/give-back/"))


def next_person(page, live_server, person, move):
    """Every page there is to be seen by moving about in the browser; the page it ends on."""
    handed_over(page, live_server, person)
    seen = [page.content()]
    if move == "a tab opened again":
        tab = page.context.new_page()
        page.close()
        page = tab
        for path in (LAST, "/i/choose/", "/i/sent/", "/i/sent/my-list.pdf"):
            seen.append(page.request.get(path).text() if "pdf" in path else looked(page, path))
        return seen
    for _ in range(4):
        step_back(page)
        seen.append(page.content())
        if move == "reload":
            page.reload()
            seen.append(page.content())
    if move == "forward":
        for _ in range(3):
            page.evaluate("window.isOld = true; setTimeout(() => history.forward(), 0)")
            until_another_is_there(page)
            seen.append(page.content())
    return seen


def looked(page, path):
    page.goto(path)
    fields = "[...document.querySelectorAll('input, textarea')].map((one) => one.value).join()"
    return page.content() + page.evaluate(fields)


def paths_that_show(open_page, live_server):
    """Each way the first one ends with each move of the next: where the first one's words show."""
    shown = []
    for end, move in product(ENDS, MOVES):
        by = stories.a_prescriber()
        page = open_page(width=1024)
        first_person(page, live_server, someone(by, FIRST, own_words=WORDS, also=("own",)), end)
        seen = next_person(page, live_server, someone(by, "Kit"), move)
        shown += [f"{end}, {move}"] if any(WORDS in it or FIRST in it for it in seen) else []
        page.context.close()
    return shown


@pytest.mark.catalogue("C7")
def test_whatever_the_next_person_presses_nothing_of_the_first_shows(
    open_page, live_server, rowan, say
):
    shown = paths_that_show(open_page, live_server)
    say(
        f"C7: {len(ENDS) * len(MOVES)} paths on a shared tablet, {len(shown)} show the first person"
    )
    assert not shown


@pytest.mark.catalogue("C7")
def test_control_a_browser_that_may_keep_pages_shows_them_to_the_next(
    open_page, live_server, rowan, monkeypatch
):
    monkeypatch.setattr(NoStoreMiddleware, "__call__", lambda self, asked: self.get_response(asked))
    monkeypatch.setattr(sitting, "_cleared", lambda response: response)
    monkeypatch.setitem(globals(), "ENDS", ("walks away",))
    monkeypatch.setitem(globals(), "MOVES", ("back",))
    assert paths_that_show(open_page, live_server)
