"""Steps of every test about drafts: a curator, a draft, one cell of it, saving it."""

from django.urls import reverse

from medications import stored
from medications.actions import drafts
from medications.models import Medicine
from sdmtool.access import Role
from tests import stories

CELL = "weight_gain"
SENT = {
    "rating": "2",
    "confidence": "moderate",
    "sources": ["huhn2019_armdata"],
    "why": "The newer trials say so.",
}


def a_curator():
    return stories.a_member(stories.a_clinic(), Role.CURATOR)


def a_draft(by, slug="aripiprazole"):
    return drafts.start_draft(medicine=Medicine.objects.get(slug=slug), by=by)


def address(draft, effect=CELL):
    return reverse("medications:cell", args=[draft.pk, effect])


def save(browser, draft, effect=CELL, version=None, answer="", **changes):
    """What the form of one cell sends; `answer="row"` as the grid asks for it."""
    stands = drafts.version_of(draft) if version is None else version
    where = address(draft, effect) + (f"?answer={answer}" if answer else "")
    return browser.post(where, {**SENT, "version": stands, **changes})


def cell(draft, effect=CELL):
    return next(entry for entry in all_cells(draft) if entry.effect == effect)


def all_cells(draft):
    return stored.rating_entries(draft)
