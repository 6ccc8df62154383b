"""Back after a way out, with the back/forward cache on, as browsers have it: nothing shows.

The browser keeps about six pages for Back, so pages are visited a few at a time.
"""

from contextlib import suppress
from dataclasses import replace

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error

from consultations.answers import OWN
from consultations.living import Again, LivedWith, Living
from consultations.models import Participant
from sdmtool.headers import NoStoreMiddleware
from tests import stories
from tests.access.actors import by_invitation
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "drumming-behind-glass"
NAME = "Quillon"
SENTINELS = (WORDS, NAME, "Weight gain")
AT_ONCE = 5
LIVING = Living(
    goals=WORDS,
    medicines=(LivedWith("olanzapine", harmed=WORDS, again=Again.NO),),
    bothers_now=WORDS,
    taking=WORDS,
)
LIST = replace(
    stories.ROWANS_LIST,
    places=(("weight_gain",), (OWN,), ("dry_mouth",)),
    own_words=WORDS,
    living=LIVING,
)
UNTIDY = replace(LIST, helpful=("weight_gain", "evening_sleepiness"))
TOO_MANY = replace(LIST, places=tuple((one,) for one in ("weight_gain", "dry_mouth", "tremor",
                   "nausea", "memory", OWN)))  # fmt: skip
OWN_PAGES = (
    "before-you-start", "what-matters", "medicines-before", "choose", "order", "taking-it", "check",
)  # fmt: skip
KEPT = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, await indexedDB.databases(), await caches.keys(),
  (await navigator.serviceWorker?.getRegistrations() ?? []).length, document.cookie])"""
NOTHING = '[{},{},[],[],0,""]'


@pytest.fixture
def person(live_server):
    stories.the_release()
    consultation = stories.a_consultation(
        person_name=f"{NAME} Demo", name_to_use=NAME, question=f"What {NAME} takes"
    )
    return stories.the_person(consultation)


def come_in(open_page, live_server, client):
    """A page whose browser holds what this client's does: no time is spent on signing in."""
    page = open_page()
    cookie = client.cookies["session"]
    kept = {"name": "session", "value": cookie.value, "url": live_server.url, "httpOnly": True}
    page.context.add_cookies([kept])
    return page


def shows(page):
    """What of the sentinels is on the page: in its text, in its fields, in its title."""
    fields = "[...document.querySelectorAll('input, textarea')].map((one) => one.value).join()"
    seen = f"{page.content()} {page.title()} {page.evaluate(fields)}"
    return [word for word in SENTINELS if word in seen]


def look_at(page, paths):
    """Goes to each; every one of them shows a sentinel, or the test would prove nothing."""
    for path in paths:
        answer = page.goto(path, wait_until="load")
        assert answer.status == 200, (path, answer.status)
        assert shows(page), f"{path} shows nothing that could be seen again"


def back_through(page):
    """Where a sentinel shows, on the way back to where this tab began."""
    shown = []
    while page.url != "about:blank":
        step_back(page)
        shown += [page.url] if shows(page) else []
    return shown


def step_back(page):
    page.evaluate("window.isOld = true; setTimeout(() => history.back(), 0)")
    until_another_is_there(page)


def until_another_is_there(page):
    """A page brought back from memory fires no load, and ours allow no script that waits."""
    for _ in range(400):
        with suppress(Error):  # asked just while one page went and the other came
            if page.evaluate("!window.isOld && document.readyState === 'complete'"):
                return
        page.wait_for_timeout(15)
    raise AssertionError(f"Back leads nowhere from {page.url}")


def groups(paths):
    return [paths[at : at + AT_ONCE] for at in range(0, len(paths), AT_ONCE)]


def try_back(open_page, live_server, new_client, paths, leave):
    """For each group: look at its pages, leave, go back through all of them. What was shown."""
    shown = []
    for group in groups(paths):
        page = come_in(open_page, live_server, new_client())
        look_at(page, group)
        assert page.evaluate(KEPT) == NOTHING
        leave(page)
        assert page.evaluate(KEPT) == NOTHING
        shown += back_through(page)
        page.context.close()
    return shown


def press(button):
    def pressed(page):
        before = page.url
        page.get_by_role("button", name=button).first.click()
        page.wait_for_url(lambda url: url != before)
        page.wait_for_load_state()

    return pressed


def expire(page, then):
    """The session ends on the server, and the next press tells."""
    Session.objects.all().delete()
    page.goto(then)


def leave_quietly_at_home(page):
    expire(page, "/i/choose/")


# --- The person's pages ---------------------------------------------------------------------------

EXITS = {
    "Leave quickly": press("Leave quickly"),
    "stop for now": lambda page: (page.goto("/i/before-you-start/"), press("I do not want")(page)),
    "20 quiet minutes": leave_quietly_at_home,
}


def in_state(person, answers):
    stories.a_draft(person, answers)

    def client():
        return by_invitation(stories.invited(person))

    return client


def own_ways(person):
    """Each page of theirs with a way to have it open: who comes in, and where the page is."""
    by = person.consultation.opened_by
    untidy, too_many = (
        stories.the_person(stories.a_consultation(by, name_to_use=NAME)) for _ in range(2)
    )
    return [
        (in_state(person, LIST), [f"/i/{name}/" for name in OWN_PAGES]),
        (in_state(untidy, UNTIDY), ["/i/choose/both-ways/"]),
        (in_state(too_many, TOO_MANY), ["/i/choose/narrow/"]),
    ]


@pytest.mark.catalogue("C4", "C9")
def test_after_every_way_out_of_their_own_form_back_shows_nothing(
    open_page, live_server, person, say
):
    shown, pairs = [], 0
    ways = own_ways(person)
    for leave in EXITS.values():
        for client, paths in ways:
            shown += try_back(open_page, live_server, client, paths, leave)
            pairs += len(paths)
    say(f"C4: {pairs} pairs of a person's page and a way out, {len(shown)} show; C9: 0 bytes")
    assert pairs == 27
    assert not shown


# --- The clinic's pages ---------------------------------------------------------------------------


def clinic_paths(consultation):
    one = f"/consultations/{consultation.public_id}/"
    rest = (
        "invitations/", "my-list/", "compare/", "compare/second-screen/", "compare/worries/1/",
        "compare/what-if/", "cards/aripiprazole/", "decide/", "situation/", "another-day/",
    )  # fmt: skip
    guest = Participant.objects.get(consultation=consultation, kind="person").pk
    return ["/consultations/", f"{one}invitations/{guest}/paper-sheet/", *(one + to for to in rest)]


@pytest.fixture
def compared(live_server):
    stories.the_release()
    return stories.compared(
        answers=LIST, person_name=f"{NAME} Demo", name_to_use=NAME, question=f"What {NAME} takes"
    )


def hand_it_over(consultation):
    def over(page):
        page.goto(f"/consultations/{consultation.public_id}/invitations/")
        press("Hand over the tablet to Jo Sample")(page)
        press("That is not me")(page)

    return over


@pytest.mark.catalogue("C4", "C9")
def test_after_staff_have_left_back_shows_nothing(open_page, live_server, compared, say):
    shown, pairs, paths = [], 0, clinic_paths(compared)
    for leave in (
        press("Sign out"),
        hand_it_over(compared),
        lambda page: expire(page, "/consultations/"),
    ):
        shown += try_back(
            open_page, live_server, lambda: signed_in(compared.opened_by), paths, leave
        )
        pairs += len(paths)
    say(f"C4: {pairs} pairs of a clinic's page and a way out, {len(shown)} show; C9: 0 bytes")
    assert pairs == 36
    assert not shown


@pytest.mark.catalogue("C4")
def test_control_pages_that_may_be_stored_are_shown_again(
    open_page, live_server, person, monkeypatch, say
):
    monkeypatch.setattr(NoStoreMiddleware, "__call__", lambda self, asked: self.get_response(asked))
    client = in_state(person, LIST)
    paths = [f"/i/{name}/" for name in OWN_PAGES[:3]]
    shown = try_back(open_page, live_server, client, paths, leave_quietly_at_home)
    say(f"C4, control: without no-store Back shows {len(shown)} of {len(paths)}")
    assert shown


@pytest.mark.catalogue("C9")
def test_control_something_kept_would_be_seen(open_page, live_server, person):
    page = come_in(open_page, live_server, in_state(person, LIST)())
    page.goto("/i/choose/")
    page.evaluate("localStorage.setItem('draft', 'x')")
    assert page.evaluate(KEPT) != NOTHING
