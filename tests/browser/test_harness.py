"""The watch on the journeys would notice: each fault is shown to it once, on a page made here."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import assert_axe_finds_nothing
from tests.browser.watch import Watch

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src *"
WHOLE = (
    "<!doctype html><html lang='en-GB'><title>A page</title><main><h1>A page</h1>{}</main></html>"
)

Show = Callable[[str], Watch]


@pytest.fixture
def show(browser: Browser, live_server: LiveServer) -> Show:
    """Call it with a page's body: what a watch has to say about that page."""

    def shown(body: str, *, status: int = 200, script: str = "") -> Watch:
        with browser.new_context(base_url=live_server.url) as context:
            watch = Watch(origin=live_server.url)
            watch.follow(context)
            page = context.new_page()
            page.route("**/made-here.js", lambda route: route.fulfill(body=script))
            page.route("**/missing.js", lambda route: route.fulfill(status=404))
            page.route("**/elsewhere.example/**", lambda route: route.abort())
            page.route(
                "**/made-here/",
                lambda route: route.fulfill(
                    status=status,
                    content_type="text/html",
                    headers={"Content-Security-Policy": POLICY},
                    body=WHOLE.format(body),
                ),
            )
            page.goto("/made-here/")
            page.wait_for_load_state("networkidle")
        return watch

    return shown


def test_a_sound_page_has_no_faults(show: Show) -> None:
    assert show("<script src='/made-here.js'></script>").faults == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("<script>document.title = 'x'</script>", "script-src"),
        ("<p style='color: red'>Red</p>", "style-src"),
        ("<button onclick='go()'>Go</button><a href='javascript:go()'>Go</a>", "script-src"),
        ("<img alt='' src='http://elsewhere.example/x.png'>", "img-src"),
        ("<script src='/missing.js'></script>", "answered 404"),
    ],
    ids=["inline script", "inline style", "inline handler", "outside picture", "missing script"],
)
def test_a_page_that_breaks_a_rule_is_noticed(show: Show, body: str, complaint: str) -> None:
    assert complaint in "\n".join(show(body).faults)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("throw new Error('torn')", "torn"),
        ("console.error('worn')", "worn"),
        ("fetch('http://elsewhere.example/').catch(() => 0)", "asked another address"),
    ],
)
def test_a_script_that_goes_wrong_is_noticed(show: Show, script: str, complaint: str) -> None:
    watch = show("<script src='/made-here.js'></script>", script=script)
    assert complaint in "\n".join(watch.faults)


def test_a_page_that_answers_500_is_noticed_and_a_404_is_not(show: Show) -> None:
    assert "answered 500" in show("", status=500).faults[0]
    assert show("", status=404).faults == []


def test_axe_notices_a_picture_without_words_and_pale_text(desk: Page) -> None:
    desk.set_content(WHOLE.format("<p>Plain words</p>"))
    assert_axe_finds_nothing(desk)
    desk.set_content(WHOLE.format("<img src='data:,'><p style='color:#ccc'>Pale</p>"))
    with pytest.raises(AssertionError, match=r"(?s)color-contrast.*image-alt"):
        assert_axe_finds_nothing(desk)


def test_both_widths_are_what_they_say(page: Page) -> None:
    page.route("**/made-here/", lambda route: route.fulfill(body="A page"))
    page.goto("/made-here/")
    width = page.evaluate("innerWidth")
    assert width in {375, 1280}
    assert page.evaluate("navigator.maxTouchPoints > 0") is (width == 375)


def test_a_page_without_javascript_runs_none(open_page: Callable[..., Page]) -> None:
    titles = []
    for javascript in (True, False):
        page = open_page(javascript=javascript)
        page.route("**/made-here.js", lambda route: route.fulfill(body="document.title = 'Ran'"))
        page.route(
            "**/made-here/",
            lambda route: route.fulfill(
                content_type="text/html", body=WHOLE.format("<script src='/made-here.js'></script>")
            ),
        )
        page.goto("/made-here/")
        titles.append(page.title())
    assert titles == ["Ran", "A page"]
