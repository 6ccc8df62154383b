"""One page that shows every component, for whoever builds or judges a page. Demonstration only.

It stands with the wiring (urls imports it, nothing else does), so it may know the ratings.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medications.ratings import Rating
from sdmtool.access import public
from sdmtool.nhsuk.forms import DateField, NHSForm
from sdmtool.nhsuk.widgets import Checkboxes, Radios

KEY = (Rating.NONE, Rating.ONE, Rating.TWO, Rating.THREE, Rating.NOT_KNOWN)
SIGNS = (
    ("✓", "sent 19 Nov", ""),
    ("…", "begun, not sent", ""),
    ("–", "not sent", ""),
    ("▤", "paper, to type in", ""),
    ("?", "sent 13 Oct", ""),
    ("!", "not read yet", "state--unread"),
    ("◆", "review today", "state--due"),
    ("◇", "offer again today", "state--due"),
)
CONCERNS = (
    ("1", False, "Weight gain"),
    ("2", False, "Difficulty staying awake during the day"),
    ("3=", True, "Less sex drive"),
    ("3=", True, "Restlessness"),
    ("5", False, "Dry mouth"),
)
ROWS = (
    ("1", "", "Medicine A", "100U21", "Weight gain is uncommon or mild. Dry mouth is not known."),
    ("2=", "joint", "Medicine B", "203131", "Less sex drive is common or more severe."),
    (
        "2=",
        "joint",
        "Medicine C",
        "U22301",
        "Weight gain is not known, so it is counted as common.",
    ),
)


class SampleForm(NHSForm):
    """One of each kind of field."""

    name_to_use = forms.CharField(label="Name to use", max_length=20, help_text="As on the letter.")
    year = forms.IntegerField(
        label="Year of birth",
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-4", "inputmode": "numeric"}),
    )
    situation = forms.ChoiceField(
        label="Situation",
        choices=[("", "Choose one"), ("informal", "Comes freely"), ("detained", "Under a section")],
    )
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    review = DateField(label="Review", help_text="For example, 7 April 2027")
    role = forms.ChoiceField(
        label="Who decides this time?",
        choices=[("me", "I decide"), ("together", "We decide together"), ("you", "You decide")],
        widget=Radios(hints={"you": "The professional decides, this once."}),
    )
    takes = forms.MultipleChoiceField(
        label="How do you like to take it?",
        choices=[
            ("By mouth", [("tablet", "Tablet"), ("liquid", "Liquid")]),
            ("Otherwise", [("injection", "Injection every few weeks")]),
        ],
        widget=Checkboxes(hints={"injection": "At the clinic."}),
    )
    copy = forms.BooleanField(label="A copy was given", help_text="On paper or by link.")


WRONG: dict[str, Any] = {
    "name_to_use": "Rowan who has a very long name indeed",
    "review_day": "31",
    "review_month": "Smarch",
    "review_year": "2027",
    "words": "Kept as it was typed.",
}


@require_safe
@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state. `?errors` shows the form as it comes back."""
    context = {
        "key": KEY,
        "signs": SIGNS,
        "concerns": CONCERNS,
        "rows": [_row(*row) for row in ROWS],
        "form": SampleForm(WRONG if "errors" in request.GET else None),
        "clinic_name": "Placeholder Street Clinic",
    }
    return render(request, "components/gallery.html", context)


def _row(place: str, joint: str, medicine: str, codes: str, why: str) -> dict[str, Any]:
    labels = [f"{at} {label}" for at, _, label in CONCERNS]
    ratings = [Rating(code) for code in codes]
    return {
        "place": place,
        "joint": joint,
        "medicine": medicine,
        "cells": list(zip(labels, ratings[:5], strict=True)),
        "welcome": ratings[5],
        "why": why,
    }
