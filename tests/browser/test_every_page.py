"""Every page of the service in a real browser: nothing breaks the policy, axe finds nothing, and
nothing has to be scrolled sideways on a phone.
"""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from sdmtool.access import GRANTS, Action, Role
from tests import stories
from tests.access.actors import by_invitation
from tests.access.census import addresses, census
from tests.access.targets import targets
from tests.browser.conftest import assert_axe_finds_nothing
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
NOT_PAGES = ("health", "security-txt")
WHICH = ("own, signed", "own, compared", "none", "anybody's", "own, open")


@pytest.fixture
def world():
    """One clinic, with a record in the states that have pages of their own."""
    by = stories.a_prescriber()
    person = stories.the_person(stories.a_consultation(by))
    stories.a_draft(person)
    return {
        "own, open": person.consultation,
        "own, compared": stories.compared(by),
        "own, signed": stories.signed(by),
        "other clinic": stories.listed(stories.a_prescriber(stories.a_clinic("Sample Lane"))),
    }


def pages(world):
    """Whose browser, and where it goes: each address once for each kind of record it can name."""
    for address in addresses():
        row = census()[address.name]
        if "GET" in row["methods"] and address.name not in NOT_PAGES:
            for target in targets(address, world):
                if target.ownership in WHICH:
                    path = reverse(address.name, kwargs=target.values)
                    yield row["access"], path, f"{address.name} ({target.ownership})"


def cookies_for(access, world):
    """What the browser of somebody holds who may go there."""
    if access == "by invitation":
        return by_invitation(stories.invited(stories.the_person(world["own, open"]))).cookies
    if access == "public":
        return {}
    clinic = world["own, open"].clinic
    roles = [role for role in Role if access in GRANTS[role]] or [Role.PRESCRIBER]
    if access == Action.SIGNED_IN or Role.PRESCRIBER in roles:
        return signed_in(world["own, open"].opened_by).cookies
    return signed_in(stories.a_member(clinic, roles[0])).cookies


@pytest.mark.catalogue("D1")
@pytest.mark.parametrize("width", [375, 1280])
def test_every_page_keeps_to_the_policy_and_is_for_everybody(
    world, width, open_page, live_server, say
):
    browsers, faults, seen = {}, [], 0
    for access, path, name in pages(world):
        if access not in browsers:
            browsers[access] = open_page(width=width, touch=width == 375)
            browsers[access].context.add_cookies(
                [
                    {"name": one.key, "value": one.value, "url": live_server.url}
                    for one in cookies_for(access, world).values()
                ]
            )
        fault = looked_at(browsers[access], path)
        seen += fault is not None
        if fault:
            faults.append(f"{name}: {fault}")
    say(f"D1: {seen} pages at {width} px, {len(faults)} with something wrong")
    assert not faults, "\n".join(faults)
    assert seen > 40


def looked_at(page: Page, path: str) -> str | None:
    """What is wrong with a page, "" for nothing; None for what is no page, such as a PDF."""
    kind = page.context.request.fetch(path, method="HEAD").headers.get("content-type", "")
    if not kind.startswith("text/html"):
        return None
    answer = page.goto(path)
    page.wait_for_load_state("networkidle")
    if answer is None or answer.status >= 400:
        return f"answered {answer and answer.status}"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        return "has to be scrolled sideways"
    try:
        assert_axe_finds_nothing(page)
    except AssertionError as problem:
        return str(problem)
    return ""


@pytest.mark.catalogue("D1")
def test_control_a_script_somebody_slipped_in_is_blocked_and_told_of(browser, live_server):
    with browser.new_context(base_url=live_server.url) as context:
        page = context.new_page()
        told = []
        page.on("console", lambda message: told.append(message.text))
        page.goto("/sign-in/")
        page.evaluate(
            """() => { const slipped = document.createElement("script");
            slipped.textContent = "document.title = 'slipped in'";
            document.body.append(slipped); }"""
        )
        assert page.title() != "slipped in"
        assert any("Content Security Policy" in words for words in told)
