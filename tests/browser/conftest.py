"""A real browser for the journeys: pages at both widths, axe, and a watch on what they do.

`page` runs a test at 375 px and at 1280 px; `phone` and `desk` at one of them; `open_page` makes
more, each in a context (cookies, storage) of its own. A Watch checks each when the test ends.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from sdmtool.models import User
from tests.browser import chromium
from tests.browser.watch import Watch
from tests.conftest import in_ci
from tests.signing_in import fresh_code

HEIGHTS = {375: 812, 1280: 900}
PATIENCE = 10_000  # milliseconds before a step that does not happen is a failure

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for the run; when it closes, its own log says what it connected to."""
    net_log = tmp_path_factory.mktemp("chromium") / "net.json"
    # Playwright's loop runs in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        try:
            started = chromium.start(playwright, net_log=net_log)
        except chromium.NoChromium as problem:
            if in_ci():
                pytest.fail(str(problem))
            pytest.skip(str(problem))
        yield started
        started.close()
    outside = chromium.outside_connections(net_log.read_text())
    assert not outside, f"Chromium connected to {outside}"


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Call it for a page in a fresh context: open_page(width=375, javascript=False, touch=True)."""
    watches = []
    contexts = []

    def opened(
        *,
        width: int = 1280,
        javascript: bool = True,
        touch: bool = False,
        may_answer: tuple[int, ...] = (),
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            java_script_enabled=javascript,
            has_touch=touch,
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(origin=live_server.url, may_answer=may_answer)
        watch.follow(context)
        contexts.append(context)
        watches.append(watch)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture(params=[375, 1280], ids=["375px", "1280px"])
def page(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """The test runs twice: on a phone's width and on a desk's."""
    return open_page(width=request.param, touch=request.param == 375)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page 375 px wide, with touch."""
    return open_page(width=375, touch=True)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """A page 1280 px wide."""
    return open_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Call it with a page: fails, readably, unless axe finds nothing wrong with it."""
    return assert_axe_finds_nothing


def assert_axe_finds_nothing(page: Page) -> None:
    """Every rule axe has, its advice beyond WCAG included."""
    found = Axe().run(page).response["violations"]
    lines = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    "
        + "\n    ".join(node["html"] for node in rule["nodes"][:5])
        for rule in found
    ]
    assert not lines, f"axe on {page.url}:\n" + "\n".join(lines)


@pytest.fixture
def sign_in() -> Callable[[Page, str, str], None]:
    """Call it with a page, an e-mail address and a password: signs in as staff do."""

    def signed_in(page: Page, email: str, password: str) -> None:
        code = fresh_code(User.objects.get(email=email))
        page.goto("/sign-in/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(re.compile(r"^(?!.*/sign-in/).*$"))

    return signed_in


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Call it with a page and a name: a picture of all of it in $SCREENSHOTS, if that is set."""
    folder = os.environ.get("SCREENSHOTS")

    def taken(page: Page, name: str) -> None:
        if folder:
            width = (page.viewport_size or {"width": 0})["width"]
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)

    return taken
