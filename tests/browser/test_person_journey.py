"""The person's form in a real browser, from the code to the receipt: with the keyboard alone,
without JavaScript, with it, and by touch. Every page on the way is looked at by axe, at both
widths.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from consultations.codes import new_code
from consultations.models import Sheet
from tests import stories

STAYING_AWAKE = "Difficulty staying awake during the day"
TICKS = [STAYING_AWAKE, "Tiredness", "Sleeping late in the mornings", "Weight gain", "Dry mouth"]
DRUMS = "Not being able to play the drums"


@pytest.fixture
def rowan(live_server):
    stories.the_release()
    consultation = stories.a_consultation(
        stories.a_prescriber(), situation="detained", not_up_for_choice="Having a medicine at all"
    )
    return stories.the_person(consultation)


@pytest.fixture
def code(rowan):
    return stories.invited(rowan).code


class Mouse:
    """Clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=False).first.click()

    def tick(self, name: str, within: str = "") -> None:
        self.scope(within).get_by_label(name, exact=True).first.click()

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label).fill(words)

    def scope(self, within: str):
        return self.page.locator(within or "main")


class Finger(Mouse):
    """Taps."""

    def press(self, role: str, name: str) -> None:
        self.page.get_by_role(role, name=name, exact=False).first.tap()

    def tick(self, name: str, within: str = "") -> None:
        self.scope(within).get_by_label(name, exact=True).first.tap()


class Keys(Mouse):
    """Tab until it is there, then Space or Enter. Never the mouse."""

    def press(self, role: str, name: str) -> None:
        self._go_to(self.page.get_by_role(role, name=name, exact=False).first)
        self.page.keyboard.press("Enter")

    def tick(self, name: str, within: str = "") -> None:
        self._go_to(self.scope(within).get_by_label(name, exact=True).first)
        self.page.keyboard.press("Space")

    def write(self, label: str, words: str) -> None:
        self._go_to(self.page.get_by_label(label))
        self.page.keyboard.type(words)

    def _go_to(self, wanted) -> None:
        wanted.wait_for()
        for _ in range(150):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {wanted}")


def fill_in(hands: Mouse, code: str, seen=lambda page, name: None) -> None:
    """The whole way, with a look at every page."""
    page = hands.page
    page.goto("/i/")
    seen(page, "start")
    hands.write("Your code", code.lower())
    hands.press("button", "Go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you start")
    seen(page, "before")
    hands.tick("Me, on my own")
    hands.press("button", "Start")
    say_what_matters(hands, seen)
    choose(hands, seen)
    settle(hands, seen)
    put_in_order(hands, seen)
    say_how_to_take_it(hands, seen)
    seen(page, "check")
    hands.press("button", "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are sent")
    seen(page, "sent")


def say_what_matters(hands: Mouse, seen) -> None:
    page = hands.page
    expect(page.get_by_role("heading", level=1)).to_have_text("What matters to you")
    seen(page, "matters")
    hands.write("What would a good life look like", "Playing again.")
    hands.tick("I decide")
    hands.press("button", "Save and go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Medicines you have had")
    seen(page, "lived")
    hands.write("Its name, if it is not", "Something from abroad")
    hands.write("What was bad about it?", "It made me slow")
    hands.press("button", "Save it and add another")
    expect(page.get_by_role("heading", name="Something from abroad")).to_be_visible()
    seen(page, "lived-one")
    hands.press("button", "Save and go on")


def say_how_to_take_it(hands: Mouse, seen) -> None:
    page = hands.page
    expect(page.get_by_role("heading", level=1)).to_have_text("How would you take it?")
    seen(page, "taking")
    hands.tick("A liquid")
    hands.press("button", "Save and go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.get_by_text("Playing again.")).to_be_visible()


def choose(hands: Mouse, seen) -> None:
    page = hands.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("most want to avoid")
    seen(page, "choose")
    for label in TICKS:
        hands.tick(label, "fieldset:not(.helpful)")
    hands.write("Is there something you want to avoid", DRUMS)
    hands.tick("Weight gain", ".helpful")
    seen(page, "choose-ticked")
    hands.press("button", "Save and go on")


def settle(hands: Mouse, seen) -> None:
    page = hands.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Which way?")
    seen(page, "both-ways")
    hands.tick("I want to avoid it")
    hands.press("button", "Save and go on")
    expect(page.get_by_role("heading", level=1)).to_contain_text("You have ticked 6")
    expect(page.get_by_text("3 of these are alike")).to_be_visible()
    seen(page, "narrow")
    hands.tick("Tiredness")
    hands.press("button", "Save and go on")


def put_in_order(hands: Mouse, seen) -> None:
    page = hands.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Put them in order")
    seen(page, "order")
    hands.press("button", "move Weight gain up")
    expect(page.get_by_text("Weight gain is now number 2.")).to_be_visible()
    expect(page.get_by_role("button", name="move Weight gain up")).to_be_focused()
    hands.press("button", "move Weight gain up")
    expect(page.get_by_text("Weight gain is now number 1.")).to_be_visible()
    expect(page.get_by_role("button", name="move Weight gain down")).to_be_focused()
    hands.press("button", "make Sleeping late in the mornings and Dry mouth equal")
    expect(page.get_by_text("is now number 3, the same as Dry mouth.")).to_be_visible()
    seen(page, "order-moved")
    hands.press("button", "Save and go on")


def what_arrived() -> list[tuple[str, int | None]]:
    wishes = Sheet.objects.get().wishes.order_by("position")
    return [(wish.effect or wish.own_words, wish.place) for wish in wishes]


SENT = [
    ("weight_gain", 1),
    ("daytime_sleepiness", 2),
    ("sleeping_late", 3),
    ("dry_mouth", 3),
    (DRUMS, 5),
    ("tiredness", None),
]


def test_with_javascript_every_page_is_sound_at_both_widths(page, code, axe, shot):
    def seen(at, name):
        axe(at)
        shot(at, f"person-{name}")

    fill_in(Mouse(page), code, seen)
    assert what_arrived() == SENT


def test_without_javascript_everything_works(open_page, code, shot):
    page = open_page(width=375, javascript=False)
    fill_in(Mouse(page), code, lambda at, name: shot(at, f"nojs-{name}"))
    assert what_arrived() == SENT


def test_with_the_keyboard_alone(open_page, code):
    fill_in(Keys(open_page(width=1280)), code)
    assert what_arrived() == SENT


def test_by_touch_on_a_phone(phone, code):
    fill_in(Finger(phone), code)
    assert what_arrived() == SENT


@pytest.mark.catalogue("B7")
def test_a_link_leaves_no_secret_in_the_address_or_the_history(phone, rowan):
    secret = stories.invited(rowan).link_secret
    asked = []
    phone.on("request", lambda request: asked.append((request.url, request.headers.get("referer"))))
    phone.goto(f"/i/#{secret}")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Before you start")
    assert phone.url.endswith("/i/before-you-start/")
    told = " ".join(f"{url} {referer}" for url, referer in asked if "#" not in url)
    assert secret not in told
    phone.go_back()
    assert secret not in phone.url
    assert not any(secret in str(entry) for entry in asked[1:])


@pytest.mark.catalogue("C9")
def test_the_browser_keeps_no_answer(phone, rowan, code):
    come_back_to(phone, "order", rowan, code)
    phone.get_by_role("button", name="move Dry mouth up").click()
    expect(phone.get_by_text("Dry mouth is now number")).to_be_visible()
    kept = phone.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage},"
        " await indexedDB.databases(), await caches.keys(), document.cookie])"
    )
    assert kept == '[{},{},[],[],""]'


@pytest.mark.catalogue("C4", "C7")
@pytest.mark.parametrize("way_out", ["Leave quickly", "Finish and close"])
def test_after_leaving_back_shows_nothing(phone, rowan, code, way_out, shot):
    come_back_to(phone, "taking-it", rowan, code)
    phone.get_by_role("button", name="Save and go on").click()
    phone.get_by_role("button", name="Send", exact=True).click()
    phone.get_by_role("button", name=way_out).click()
    phone.wait_for_url(re.compile("/i/left/"))
    shot(phone, "person-left")
    assert "medicine" not in phone.content()
    for _ in range(4):
        phone.go_back()
        phone.wait_for_load_state()
        assert "Weight gain" not in phone.content()
        assert "sent" not in phone.title()


def test_a_shared_tablet_gives_the_next_person_their_own_form(phone, rowan, code):
    come_back_to(phone, "check", rowan, code)
    kit = stories.a_consultation(stories.a_prescriber(), name_to_use="Kit", person_name="Kit Demo")
    phone.get_by_role("button", name="Leave quickly").click()
    phone.goto("/i/")
    phone.get_by_label("Your code").fill(stories.invited(stories.the_person(kit)).code)
    phone.get_by_role("button", name="Go on").click()
    start_and_skip(phone)
    assert phone.locator("main :checked").count() == 0
    assert "Rowan" not in phone.content()


def test_a_carer_is_spoken_to_as_a_carer(page, rowan, axe, shot):
    jo = stories.the_carer(rowan.consultation)
    page.goto(f"/i/#{stories.invited(jo).link_secret}")
    expect(page.get_by_text("May Rowan see your sheet?")).to_be_visible()
    assert "section of the Mental Health Act" not in page.content()
    axe(page)
    shot(page, "carer-before")
    start_and_skip(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Which side effects would worry you most for Rowan?"
    )
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick at least one side effect")
    axe(page)
    shot(page, "carer-choose-empty")


def test_what_goes_wrong_is_said_in_words(page, code, axe, shot):
    page.goto("/i/")
    page.get_by_label("Your code").fill(f"Z{code}")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a slip in this code")
    expect(page.get_by_label("Your code")).to_have_value(f"Z{code}")
    axe(page)
    shot(page, "person-start-slip")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Go on").click()
    start_and_skip(page)
    page.get_by_label("Is there something you want to avoid").fill("drums " * 50)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("Make your own words 200 letters or fewer")
    axe(page)
    shot(page, "person-choose-long")


def test_nothing_runs_off_the_side_of_a_small_phone_or_in_large_text(open_page, rowan, code):
    page = open_page(width=320, touch=True)
    come_back_to(page, "choose", rowan, code)
    for name in ("what-matters", "medicines-before", "choose", "order", "taking-it", "check"):
        page.goto(f"/i/{name}/")
        for size in ("100%", "200%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (name, size)


def test_the_pages_beside_the_way_are_sound_too(page, rowan, axe, shot):
    for name in ("left", "stopped"):
        page.goto(f"/i/{name}/")
        axe(page)
    for _ in range(11):
        page.goto("/i/")
        page.get_by_label("Your code").fill(new_code().shown)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wait a little")
    axe(page)
    shot(page, "person-wait")


def test_the_page_asks_whether_somebody_is_still_there(phone, code, axe, shot):
    phone.clock.install()
    fill_in_until_choose(phone, code)
    phone.clock.fast_forward("15:01")
    expect(phone.get_by_text("Are you still there?")).to_be_visible()
    axe(phone)
    shot(phone, "person-still-there")
    phone.get_by_role("button", name="Yes, go on").click()
    expect(phone.get_by_text("Are you still there?")).to_be_hidden()
    phone.get_by_label("Dry mouth").first.check()
    phone.clock.fast_forward("20:06")
    phone.wait_for_url(re.compile("/i/(order|taking-it|check|\\?closed)"))


def come_back_to(page: Page, name: str, participant, code: str) -> None:
    """A draft that was begun before, opened again with the code."""
    stories.a_draft(participant)
    page.goto("/i/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(re.compile("before-you-start"))
    page.goto(f"/i/{name}/")


def start_and_skip(page: Page) -> None:
    """Past what matters and the medicines before, which can be left empty."""
    page.get_by_role("button", name="Start").click()
    for _ in range(2):
        address = page.url
        page.get_by_role("button", name="Save and go on").click()
        page.wait_for_url(lambda url, before=address: url != before)


def fill_in_until_choose(page: Page, code: str) -> None:
    page.goto("/i/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Go on").click()
    start_and_skip(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("most want to avoid")
