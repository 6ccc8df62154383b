"""The clinic at a browser: who signs in, and how a form is filled in as its page would send it."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from medications.actions import releases
from medications.models import Release as ReleaseRow
from sdmtool.access import Role
from tests import stories
from tests.signing_in import signed_in

TWO = ("stay", "medicine:aripiprazole")


def at(consultation, name, *more):
    return reverse(f"consultations:{name}", args=[consultation.public_id, *more])


def the_opener(consultation):
    """The browser of whoever opened it: a prescriber in the stories."""
    return signed_in(consultation.opened_by)


def browser_of(consultation, user=None):
    """The browser of `user`, or of whoever opened it."""
    return signed_in(user) if user else the_opener(consultation)


def a_colleague(consultation, role=Role.PRESCRIBER, name=""):
    return stories.a_member(consultation.clinic, role, name)


def a_decision(consultation, **changes):
    """What the Decide page sends when everything on it is filled in."""
    consultation.refresh_from_db()
    review = timezone.localdate() + timedelta(days=28)
    return {
        "version": consultation.version,
        "options": list(TWO),
        "outcome": "medicine",
        "chosen": "medicine:aripiprazole",
        "details": "Tablets, 5 mg, in the morning.",
        "plan": "Start on Monday.",
        "watch_for": "Restlessness.",
        "review_on_day": review.day,
        "review_on_month": review.month,
        "review_on_year": review.year,
        "copy_given": "printed",
        "person_says": "",
        "professional_says": "",
        **changes,
    }


def a_newer_release():
    """The same profiles once more, as the next release, signed by two."""
    newest = ReleaseRow.objects.order_by("-number")[0]
    return releases.publish_release(
        name=f"demonstration {newest.number + 1}",
        review_by=date(2030, 1, 1),
        second_signer=newest.second_signer,
        is_demonstration=True,
        by=newest.published_by,
    )


def text_of(response):
    """The words of a page, runs of space folded."""
    return " ".join(response.content.decode().split())
