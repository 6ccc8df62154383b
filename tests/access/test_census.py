"""Every address is listed, declares who may use it, and keeps to it."""

import pytest
from django.http import HttpResponse
from django.urls import path

from sdmtool.access import Action, public
from tests.access.census import Address, addresses, census, faults


@pytest.mark.catalogue("A1")
def test_every_address_is_in_the_census_and_declares_what_it_needs():
    found = list(addresses())
    print(f"\nA1: {len(found)} addresses, {len(census())} rows")
    assert faults(found, census()) == []


@pytest.mark.catalogue("A1")
@pytest.mark.parametrize("declared", [None, "public"])
def test_a_new_address_that_nobody_listed_is_red(declared):
    """The control."""

    def newcomer(request):
        return HttpResponse()

    view = public(newcomer) if declared else newcomer
    entry = path("new/", view, name="new")
    found = [*addresses(), Address("new", "new/", entry.callback)]
    assert any("new" in fault for fault in faults(found, census()))


def test_every_declared_action_exists():
    allowed = {"public", "by invitation", *Action}
    assert {row["access"] for row in census().values()} <= allowed
